import { ApiError, notFound } from './github-api/api-error.ts'
import { type Contract, contract } from './github-api/contract.ts'
import { GitStore } from './github-api/git-store.ts'
import { finished, paginate, refuse } from './github-api/protocol.ts'
import { type Match, router } from './github-api/router.ts'
import { routes } from './github-api/routes.ts'
import { type ApiResponse, now, type Pull, type Records, type World } from './github-api/world.ts'
import { type Incoming, json, type Loopback, type Reply, serve } from './loopback/server.ts'

export interface GitHubApiOptions {
  /** `owner/name`; every other repository is 404. */
  readonly repository: string
  /** Path of the bare repository behind it. */
  readonly git: string
  /** The only token that is accepted (default: any). */
  readonly token?: string
}

/** A request or an answer that GitHub's OpenAPI description does not allow. */
export interface Violation {
  readonly operation: string
  readonly problems: readonly string[]
}

export interface GitHubApi extends Loopback, Records {
  readonly env: { readonly GITHUB_API_URL: string; readonly GITHUB_GRAPHQL_URL: string }
  /** Empty when caller and stand-in both kept to the description. */
  readonly violations: readonly Violation[]
  /** Opens a pull request; its commits are those of the branches in the bare repository. */
  addPull(pull: Pick<Pull, 'title' | 'head'> & Partial<Pull>): Pull
}

/** GitHub's REST API on loopback for one private repository, whose refs and commits are those of a real git repository. */
export async function startGitHubApi(options: GitHubApiOptions): Promise<GitHubApi> {
  const [owner = '', name = ''] = options.repository.split('/')
  const records: Records = { pulls: [], comments: [], checkRuns: [], statuses: [], sarifs: [] }
  const violations: Violation[] = []
  const find = router(routes)
  const rules = contract()
  const git = new GitStore(options.git)
  let ids = 0
  let used = 0
  const world = (): World => ({
    owner,
    name,
    repositoryUrl: `${loopback.url}/repos/${options.repository}`,
    htmlUrl: `https://github.com/${options.repository}`,
    git,
    records,
    nextId: () => ++ids,
  })

  const loopback = await serve(async incoming => {
    used++
    const refused = refuse(incoming, options.token)
    if (refused) return finished(json(refused.status, refused.body), incoming, used)
    const match = find(incoming.method, incoming.path)
    if (!match) {
      const operation = `${incoming.method} ${incoming.path}`
      violations.push({ operation, problems: ['the stand-in does not serve this operation'] })
      return finished(json(404, notFound().body), incoming, used)
    }
    const { reply, problems } = await call(match, incoming, world(), rules)
    if (problems.length > 0) violations.push({ operation: match.operation, problems })
    return finished(reply, incoming, used)
  })

  return {
    ...loopback,
    ...records,
    env: { GITHUB_API_URL: loopback.url, GITHUB_GRAPHQL_URL: `${loopback.url}/graphql` },
    violations,
    addPull(fields) {
      const number = records.pulls.length + 1
      const defaults = {
        number,
        body: null,
        base: git.defaultBranch,
        state: 'open',
        createdAt: now(),
      } as const
      const pull: Pull = { ...defaults, ...fields }
      records.pulls.push(pull)
      return pull
    },
  }
}

async function call(
  { operation, params, handle }: Match,
  incoming: Incoming,
  world: World,
  rules: Contract,
): Promise<{ reply: Reply; problems: string[] }> {
  const text = await incoming.text()
  const body = text ? JSON.parse(text) : undefined
  const asked = rules.request(operation, body)
  const answer = asked.rejected
    ? errorOf(new ApiError(422, `Invalid request.\n\n${asked.problems.join('\n')}`))
    : attempt(() => {
        if (params.owner && !sameRepository(world, params)) throw notFound()
        const { query, headers } = incoming
        return handle({ params, query, body: body ?? {}, accept: headers.accept ?? '', world })
      })
  const { reply, value } = replyTo(answer, incoming, world)
  const unchecked = asked.rejected || Buffer.isBuffer(value)
  const wrong = unchecked ? [] : rules.response(operation, answer.status, value)
  return { reply, problems: [...asked.problems, ...wrong] }
}

function replyTo(
  { status, body, headers = {} }: ApiResponse,
  incoming: Incoming,
  world: World,
): { reply: Reply; value: unknown } {
  if (body === undefined) return { reply: { status, headers }, value: undefined }
  if (Buffer.isBuffer(body)) return { reply: { status, headers, body }, value: body }
  if (!Array.isArray(body)) return { reply: json(status, body, headers), value: body }
  const { page, link } = paginate(body, incoming, new URL(incoming.path, world.repositoryUrl).href)
  return { reply: json(status, page, { ...headers, ...link }), value: page }
}

function sameRepository({ owner, name }: World, params: Readonly<Record<string, string>>): boolean {
  return `${owner}/${name}`.toLowerCase() === `${params.owner}/${params.repo}`.toLowerCase()
}

function attempt(handler: () => ApiResponse): ApiResponse {
  try {
    return handler()
  } catch (error) {
    if (error instanceof ApiError) return errorOf(error)
    throw error
  }
}

function errorOf({ status, body }: ApiError): ApiResponse {
  return { status, body }
}
