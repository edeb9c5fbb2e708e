import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Cuts the operations of operations.txt, with all that they refer to, out of GitHub's OpenAPI description:
 *
 *     node slice.ts <api.github.com.json of @octokit/openapi, installed outside of this repository>
 */
interface Description {
  readonly openapi: string
  readonly info: { readonly version: string }
  readonly paths: Record<string, Record<string, unknown>>
  readonly components: Record<string, Record<string, unknown>>
}

/** Prose and samples: most of the bytes, and of no use to a validator. */
const PROSE = new Set([
  'description',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'x-github',
  'title',
  'tags',
])

function slice(whole: Description, operations: readonly string[]): object {
  const paths: Description['paths'] = {}
  const components: Description['components'] = {}
  const include = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { $ref } = node as { $ref?: unknown }
    if (typeof $ref === 'string') includeComponent($ref)
    for (const child of Object.values(node)) include(child)
  }
  const includeComponent = (ref: string): void => {
    const [, , kind = '', name = ''] = ref.split('/')
    components[kind] ??= {}
    if (name in components[kind]) return
    components[kind][name] = withoutProse(whole.components[kind]?.[name])
    include(components[kind][name])
  }
  for (const operation of operations) {
    const [method = '', path = ''] = operation.split(' ')
    const described = whole.paths[path]?.[method.toLowerCase()]
    if (!described) throw new Error(`${operation} is not in the description.`)
    paths[path] ??= {}
    paths[path][method.toLowerCase()] = essentials(described as Record<string, unknown>)
    include(paths[path])
  }
  return { openapi: whole.openapi, info: { version: whole.info.version }, paths, components }
}

function essentials({ operationId, requestBody, responses }: Record<string, unknown>): object {
  return withoutProse({ operationId, requestBody, responses }) as object
}

/** A key of PROSE with a schema as its value is the name of a property and stays. */
function withoutProse(node: unknown, ofProperties = false): unknown {
  if (Array.isArray(node)) return node.map(child => withoutProse(child))
  if (typeof node !== 'object' || node === null) return node
  const kept = Object.entries(node).filter(([key]) => ofProperties || !PROSE.has(key))
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutProse(value, key === 'properties')]))
}

/** Compact, yet a newer description shows in a diff as the operations and schemas that it changed. */
function onePartPerLine(description: object): string {
  return `${JSON.stringify(description).replace(/,(?="(?:\/repos|[\w-]+":\{"(?:type|allOf|anyOf|oneOf|\$ref)"))/g, ',\n')}\n`
}

const [source] = process.argv.slice(2)
if (!source) throw new Error('Usage: node slice.ts <api.github.com.json>')
const operations = readFileSync(join(import.meta.dirname, 'operations.txt'), 'utf8')
  .split('\n')
  .filter(line => line && !line.startsWith('#'))
const cut = onePartPerLine(slice(JSON.parse(readFileSync(source, 'utf8')), operations))
writeFileSync(join(import.meta.dirname, 'fixtures', 'github-api.json'), cut)
console.log(`${operations.length} operations, ${cut.length} bytes`)
