import { readFileSync } from 'node:fs'
import type { ValidateFunction } from 'ajv'
import { type Compile, type Schema, schemaCompiler } from './schema.ts'

export interface Contract {
  /** Whether an operation's body is no JSON. */
  takesBytes(operation: string): boolean
  /** What is wrong with a request's body; `rejected` tells what GitHub answers with 422, not what it ignores. */
  request(operation: string, body: unknown): { problems: string[]; rejected: boolean }
  /** What is wrong with our answer: an undocumented status, or a body that differs from the description. */
  response(operation: string, status: number, body: unknown): string[]
}

interface Described {
  readonly requestBody?: Content
  readonly responses: Readonly<Record<string, Content & { readonly $ref?: string }>>
}
interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components: {
    readonly schemas: Schema
    readonly responses: Readonly<Record<string, Content>>
  }
}

const SLICE = new URL('../../openapi/fixtures/github-api.json', import.meta.url)
const SHOWN_PROBLEMS = 6

/** Statuses that GitHub answers everywhere, whether or not an operation's description lists them. */
const EVERYWHERE = [401, 403, 404]
/** Refusals that the description leaves out: `No ref found for: …`, `state cannot be changed …`, `Bad Content-Length` and their like. */
const LEFT_OUT: Readonly<Record<string, readonly number[]>> = {
  'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches': [422],
  'PATCH /repos/{owner}/{repo}/releases/{release_id}': [422],
  'DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}': [422],
  'POST /repos/{owner}/{repo}/releases/{release_id}/assets': [400],
  'POST /repos/{owner}/{repo}/releases/generate-notes': [422],
}

/** Checks requests and answers against the slice of GitHub's OpenAPI description in `openapi/`. */
export function contract(): Contract {
  const description: Description = JSON.parse(readFileSync(SLICE, 'utf8'))
  const problemsOf = validator(schemaCompiler(withStarter(description.components.schemas)))
  const described = (operation: string): Described | undefined => {
    const [method = '', path = ''] = operation.split(' ')
    return description.paths[path]?.[method.toLowerCase()]
  }
  return {
    takesBytes: operation =>
      described(operation)?.requestBody?.content?.['application/octet-stream'] !== undefined,
    request(operation, body) {
      const schema = described(operation)?.requestBody?.content?.['application/json']?.schema
      if (!schema) return { problems: [], rejected: false }
      const invalid = problemsOf(`${operation} request`, schema, body ?? {})
      const known = Object.keys((schema.properties as object | undefined) ?? {})
      const unknown = known.length > 0 ? Object.keys(body ?? {}).filter(name => !known.includes(name)) : []
      return {
        problems: [...invalid, ...unknown.map(name => `unknown property "${name}" in the request`)],
        rejected: invalid.length > 0,
      }
    },
    response(operation, status, body) {
      const operationDescription = described(operation)
      if (!operationDescription) return [`${operation} is not in the slice`]
      const answer = operationDescription.responses[status]
      if (!answer) {
        const isError = [...EVERYWHERE, ...(LEFT_OUT[operation] ?? [])].includes(status)
        return isError
          ? problemsOf(`error ${status}`, { $ref: '#/components/schemas/basic-error' }, body)
          : [`status ${status} is not documented`]
      }
      const { content } = answer.$ref
        ? (description.components.responses[answer.$ref.split('/').at(-1) ?? ''] ?? {})
        : answer
      const schema = content?.['application/json']?.schema
      return schema ? problemsOf(`${operation} ${status}`, schema, body) : []
    },
  }
}

/** The operation's own words say that an asset's state may be `starter`; the schema of assets forgets it. */
function withStarter(schemas: Schema): Schema {
  const asset = schemas['release-asset'] as { properties: { state: { enum: string[] } } }
  const state = { ...asset.properties.state, enum: [...asset.properties.state.enum, 'starter'] }
  return { ...schemas, 'release-asset': { ...asset, properties: { ...asset.properties, state } } }
}

function validator(compile: Compile): (name: string, schema: Schema, value: unknown) => string[] {
  const compiled = new Map<string, ValidateFunction>()
  return (name, schema, value) => {
    const validate = compiled.get(name) ?? compile(schema)
    compiled.set(name, validate)
    if (validate(value)) return []
    return (validate.errors ?? [])
      .slice(0, SHOWN_PROBLEMS)
      .map(
        ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
      )
  }
}
