import {
  type DocumentNode,
  execute,
  type GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql'
import { json, type Reply } from '../../loopback/server.ts'
import type { World } from '../world.ts'
import { root } from './objects.ts'
import { GraphQLRefusal } from './refusal.ts'
import { githubSchema } from './schema.ts'

export interface GraphQLRequest {
  /** `POST /graphql createCommitOnBranch` */
  readonly operation: string
  /** The answer, and where the caller or the stand-in left GitHub's schema. */
  run(world: World): { readonly reply: Reply; readonly problems: string[] }
}

/** Reads the body of a request to `/graphql`. */
export function graphqlEndpoint(): (body: string) => GraphQLRequest {
  const schema = githubSchema()
  return body => {
    const { query, variables = {} } = JSON.parse(body) as {
      query: string
      variables?: Record<string, unknown>
    }
    const { document, fault } = read(query)
    const operation = `POST /graphql ${fieldsOf(document)}`.trimEnd()
    return {
      operation,
      run(world) {
        const invalid = fault ? [fault] : validate(schema, document)
        if (invalid.length > 0) return refused(invalid)
        const result = execute({
          schema,
          document,
          variableValues: variables,
          rootValue: root(world),
        })
        if (result instanceof Promise) throw new Error('a resolver of the stand-in is asynchronous')
        const { data, errors = [] } = result
        const ours = errors.filter(({ originalError }) => !(originalError instanceof GraphQLRefusal))
        // Without data the variables were wrong, which the caller has to answer for.
        if (data === undefined) return refused(errors)
        const body = { data, ...(errors.length > 0 ? { errors: errors.map(asGitHub) } : {}) }
        return { reply: json(200, body), problems: ours.map(({ message }) => message) }
      },
    }
  }
}

const NOTHING: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] }

function read(query: string): { document: DocumentNode; fault?: GraphQLError } {
  try {
    return { document: parse(query) }
  } catch (error) {
    return { document: NOTHING, fault: error as GraphQLError }
  }
}

function fieldsOf({ definitions }: DocumentNode): string {
  const operations = definitions.filter(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  )
  const fields = operations.flatMap(({ selectionSet }) => selectionSet.selections)
  return fields.map(field => (field.kind === Kind.FIELD ? field.name.value : '')).join('+')
}

/** GitHub answers 200 also to a document that does not fit its schema. */
function refused(errors: readonly GraphQLError[]): { reply: Reply; problems: string[] } {
  return {
    reply: json(200, { errors: errors.map(asGitHub) }),
    problems: errors.map(({ message }) => message),
  }
}

function asGitHub({ message, path, locations, originalError }: GraphQLError): object {
  const type = originalError instanceof GraphQLRefusal ? { type: originalError.type } : {}
  return { ...type, ...(path ? { path } : {}), locations, message }
}
