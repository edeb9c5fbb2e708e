import { readFileSync } from 'node:fs'
import { buildSchema, GraphQLError, GraphQLScalarType, type GraphQLSchema, Kind } from 'graphql'

const SLICE = new URL('../../../graphql/fixtures/github.graphql', import.meta.url)

/** The slice of GitHub's schema in `graphql/`, with scalars that look at their values. */
export function githubSchema(): GraphQLSchema {
  const schema = buildSchema(readFileSync(SLICE, 'utf8'))
  restrict(schema, 'GitObjectID', /^[0-9a-f]{40}$/)
  restrict(schema, 'Base64String', /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/)
  restrict(schema, 'URI', /^https?:\/\//)
  return schema
}

function restrict(schema: GraphQLSchema, name: string, pattern: RegExp): void {
  const scalar = schema.getType(name)
  if (!(scalar instanceof GraphQLScalarType)) throw new Error(`${name} is no scalar of the slice.`)
  const checked = (value: unknown) => {
    if (typeof value === 'string' && pattern.test(value)) return value
    throw new GraphQLError(`${JSON.stringify(value)} is no ${name}`)
  }
  scalar.parseValue = checked
  scalar.serialize = checked
  scalar.parseLiteral = node => checked(node.kind === Kind.STRING ? node.value : undefined)
}
