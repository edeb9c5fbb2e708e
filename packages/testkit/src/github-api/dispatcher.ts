import { type Incoming, json, type Reply } from '../loopback/server.ts'
import { notFound } from './api-error.ts'
import { contract } from './contract.ts'
import { graphqlEndpoint } from './graphql/endpoint.ts'
import type { Break } from './interception.ts'
import { breakUpload } from './releases/upload-asset.ts'
import { apiRequest, restAnswer } from './rest.ts'
import { type Match, router } from './router.ts'
import { uploadRoutes } from './routes/release-assets.ts'
import { routes } from './routes.ts'
import type { World } from './world.ts'

/** A request or an answer that GitHub's OpenAPI description or GraphQL schema does not allow. */
export interface Violation {
  readonly operation: string
  readonly problems: readonly string[]
}

/** What a request asks for. */
export interface Asked {
  readonly operation: string
  /** Does it; nothing is done before. */
  answer(): Promise<Reply> | Reply
  /** Does what a break does to the request itself before it is answered. */
  interrupt(broken: Break): Promise<void>
}

/** Finds what a request asks for; what is wrong with it or with our answer goes into `violations`. */
export function dispatcher(violations: Violation[]): (incoming: Incoming, world: World) => Promise<Asked> {
  const find = router(routes)
  const rules = contract()
  const graphql = graphqlEndpoint()
  const checked = (operation: string, { reply, problems }: { reply: Reply; problems: string[] }) => {
    if (problems.length > 0) violations.push({ operation, problems })
    return reply
  }
  return async (incoming, world) => {
    const { method, path } = incoming
    if (method === 'POST' && path === '/graphql') {
      const { operation, run } = graphql(await incoming.text())
      return { operation, answer: () => checked(operation, run(world)), interrupt: nothing }
    }
    const match = findOperation(find, method, path)
    if (match) {
      const { operation } = match
      return {
        operation,
        answer: async () => checked(operation, await restAnswer(match, incoming, world, rules)),
        interrupt: async broken => {
          if (operation in uploadRoutes) await breakUpload(apiRequest(match, incoming, world), broken)
        },
      }
    }
    const operation = `${method} ${path}`
    const problems = ['the stand-in does not serve this operation']
    const unserved = { reply: json(404, notFound().body), problems }
    return { operation, answer: () => checked(operation, unserved), interrupt: nothing }
  }
}

async function nothing(): Promise<void> {}

/** Uploads have a host of their own on GitHub; here they are below a path. */
function findOperation(find: ReturnType<typeof router>, method: string, path: string): Match | undefined {
  const upload = /^\/uploads(\/.*)$/.exec(path)?.[1]
  const match = find(method, upload ?? path)
  return match && match.operation in uploadRoutes === (upload !== undefined) ? match : undefined
}
