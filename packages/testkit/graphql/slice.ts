import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type DefinitionNode,
  type DocumentNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  type TypeNode,
  visit,
} from 'graphql'

/**
 * Cuts the fields of fields.txt, with the types of their arguments, out of GitHub's GraphQL schema:
 *
 *     node slice.ts <schema.graphql of @octokit/graphql-schema, installed outside of this repository>
 */
type Fielded = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode

function slice(whole: DocumentNode, fields: readonly string[]): DocumentNode {
  const byName = new Map(whole.definitions.map(node => [nameOf(node), node]))
  const kept = new Map<string, DefinitionNode>()
  const wanted = Map.groupBy(fields, field => field.split('.')[0] ?? '')
  /** A type that a field or an argument has: input types, enums and scalars come whole, the others have to be listed. */
  const include = (type: TypeNode): void => {
    const name = namedType(type)
    const definition = byName.get(name)
    if (!definition || kept.has(name) || wanted.has(name)) return
    if (isFielded(definition)) throw new Error(`No field of ${name} is listed, but one of that type is.`)
    kept.set(name, definition)
    if (definition.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) return
    for (const field of definition.fields ?? []) include(field.type)
  }
  for (const [name, own] of wanted) {
    const definition = byName.get(name)
    if (!definition || !isFielded(definition)) throw new Error(`${name} is no type with fields.`)
    const listed = own.map(field => fieldOf(definition, field))
    const interfaces = definition.interfaces?.filter(each => wanted.has(each.name.value)) ?? []
    kept.set(name, { ...definition, fields: listed, interfaces })
    for (const field of listed) {
      include(field.type)
      for (const argument of field.arguments ?? []) include(argument.type)
    }
  }
  return withoutProse({ kind: Kind.DOCUMENT, definitions: [...kept.values()] })
}

/** `[FileAddition!]!` → `FileAddition` */
function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type)
}

function isFielded(node: DefinitionNode): node is Fielded {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION
}

function nameOf(node: DefinitionNode): string {
  return 'name' in node && node.name ? node.name.value : ''
}

function fieldOf(type: Fielded, field: string) {
  const found = type.fields?.find(({ name }) => `${type.name.value}.${name.value}` === field)
  if (!found) throw new Error(`${field} is not in the schema.`)
  return found
}

/** Descriptions and directives: most of the bytes, and of no use to a validator. */
function withoutProse(document: DocumentNode): DocumentNode {
  return visit(document, {
    enter: node => {
      if (node.kind === Kind.DIRECTIVE) return null
      return 'description' in node ? { ...node, description: undefined } : undefined
    },
  })
}

const [source] = process.argv.slice(2)
if (!source) throw new Error('Usage: node slice.ts <schema.graphql>')
const fields = readFileSync(join(import.meta.dirname, 'fields.txt'), 'utf8')
  .split('\n')
  .filter(line => line && !line.startsWith('#'))
const cut = `${print(slice(parse(readFileSync(source, 'utf8')), fields))}\n`
writeFileSync(join(import.meta.dirname, 'fixtures', 'github.graphql'), cut)
console.log(`${fields.length} fields, ${cut.length} bytes`)
