import { setTimeout as sleep } from 'node:timers/promises'
import { notFound } from './github-api/api-error.ts'
import { contract } from './github-api/contract.ts'
import { GitStore } from './github-api/git-store.ts'
import { graphqlEndpoint } from './github-api/graphql/endpoint.ts'
import { type BreakRule, hookOf, interception, type RequestHook, replyOf } from './github-api/interception.ts'
import { type MergeMethod, mergePull } from './github-api/merge-pull.ts'
import { finished, refuse } from './github-api/protocol.ts'
import { type AssetFiles, assetFiles } from './github-api/releases/asset-files.ts'
import { restAnswer } from './github-api/rest.ts'
import { type Match, router } from './github-api/router.ts'
import { nextNumber } from './github-api/routes/pulls.ts'
import { uploadRoutes } from './github-api/routes/release-assets.ts'
import { routes } from './github-api/routes.ts'
import { DEFAULT_SETTINGS, type RepositorySettings } from './github-api/settings.ts'
import { now, type Pull, type Records, type World } from './github-api/world.ts'
import { type Incoming, json, type Loopback, type Reply, serve } from './loopback/server.ts'

export interface GitHubApiOptions {
  /** `owner/name`; every other repository is 404. */
  readonly repository: string
  /** Path of the bare repository behind it. */
  readonly git: string
  /** The only token that is accepted (default: any). */
  readonly token?: string
  /** What differs from a repository without protection whose token may do everything. */
  readonly settings?: Partial<RepositorySettings>
}

/** A request or an answer that GitHub's OpenAPI description or GraphQL schema does not allow. */
export interface Violation {
  readonly operation: string
  readonly problems: readonly string[]
}

export interface GitHubApi extends Loopback, Records {
  readonly env: { readonly GITHUB_API_URL: string; readonly GITHUB_GRAPHQL_URL: string }
  /** Empty when caller and stand-in both kept to the description. */
  readonly violations: readonly Violation[]
  /** To be changed at any time. */
  readonly settings: RepositorySettings
  /** Opens a pull request; its commits are those of the branches in the bare repository. */
  addPull(pull: Pick<Pull, 'title' | 'head'> & Partial<Pull>): Pull
  /** Merges a pull request as a person would; gives the SHA that the base branch is then at. */
  mergePull(number: number, method?: MergeMethod): string
  /** Looks at every request before and after its effect; the function that comes back ends it. */
  onRequest(hook: RequestHook): () => void
  /** Breaks the next requests of an operation, before or after their effect; the function that comes back ends it. */
  breakAt(rule: BreakRule): () => void
}

/**
 * GitHub's REST and GraphQL API on loopback for one private repository, whose refs and commits are those of a real git
 * repository.
 */
export async function startGitHubApi(options: GitHubApiOptions): Promise<GitHubApi> {
  const records = newRecords()
  const settings: RepositorySettings = { ...DEFAULT_SETTINGS, ...options.settings }
  const violations: Violation[] = []
  const hooks = interception()
  const answerTo = dispatcher(violations)
  const assets = assetFiles()
  const world = newWorld(options, records, settings, assets)
  let used = 0

  const loopback = await serve(async incoming => {
    const number = ++used
    if (settings.latencyMs > 0) await sleep(settings.latencyMs)
    const refused = refuse(incoming, options.token)
    if (refused) return finished(json(refused.status, refused.body), incoming, number)
    const { operation, answer } = await answerTo(incoming, world(loopback.url))
    const before = await hooks.at({ number, operation, phase: 'before' })
    if (before) return replyOf(before)
    const reply = await answer()
    const after = await hooks.at({ number, operation, phase: 'after' })
    return after ? replyOf(after) : finished(reply, incoming, number)
  })

  return {
    ...loopback,
    ...records,
    close: async () => {
      await loopback.close()
      assets.close()
    },
    env: { GITHUB_API_URL: loopback.url, GITHUB_GRAPHQL_URL: `${loopback.url}/graphql` },
    violations,
    settings,
    onRequest: hooks.add,
    breakAt: rule => hooks.add(hookOf(rule)),
    mergePull: (number, method = 'merge') => mergePull(world(loopback.url), number, method),
    addPull(fields) {
      const { git } = world(loopback.url)
      const pull: Pull = { ...pullDefaults(nextNumber({ records }), git.defaultBranch), ...fields }
      records.pulls.push(pull)
      return pull
    },
  }
}

function newRecords(): Records {
  return {
    pulls: [],
    comments: [],
    checkRuns: [],
    statuses: [],
    sarifs: [],
    dispatches: [],
    runs: [],
    signedCommits: new Set(),
    releases: [],
    burnedTags: new Set(),
  }
}

function newWorld(
  { repository, git }: GitHubApiOptions,
  records: Records,
  settings: RepositorySettings,
  assetFiles: AssetFiles,
): (url: string) => World {
  const [owner = '', name = ''] = repository.split('/')
  const lasting = { git: new GitStore(git), records, settings, assetFiles, cachedRefs: new Map() }
  let ids = 0
  return url => ({
    ...lasting,
    owner,
    name,
    apiUrl: url,
    repositoryUrl: `${url}/repos/${repository}`,
    htmlUrl: `https://github.com/${repository}`,
    nextId: () => ++ids,
  })
}

/** Finds what a request asks for; nothing is done before `answer` is called. */
function dispatcher(violations: Violation[]) {
  const find = router(routes)
  const rules = contract()
  const graphql = graphqlEndpoint()
  const checked = (operation: string, { reply, problems }: { reply: Reply; problems: string[] }) => {
    if (problems.length > 0) violations.push({ operation, problems })
    return reply
  }
  return async (
    incoming: Incoming,
    world: World,
  ): Promise<{ operation: string; answer: () => Promise<Reply> | Reply }> => {
    const { method, path } = incoming
    if (method === 'POST' && path === '/graphql') {
      const { operation, run } = graphql(await incoming.text())
      return { operation, answer: () => checked(operation, run(world)) }
    }
    const match = findOperation(find, method, path)
    if (match) {
      const { operation } = match
      return {
        operation,
        answer: async () => checked(operation, await restAnswer(match, incoming, world, rules)),
      }
    }
    const operation = `${method} ${path}`
    const problems = ['the stand-in does not serve this operation']
    return { operation, answer: () => checked(operation, { reply: json(404, notFound().body), problems }) }
  }
}

/** Uploads have a host of their own on GitHub; here they are below a path. */
function findOperation(find: ReturnType<typeof router>, method: string, path: string): Match | undefined {
  const upload = /^\/uploads(\/.*)$/.exec(path)?.[1]
  const match = find(method, upload ?? path)
  return match && match.operation in uploadRoutes === (upload !== undefined) ? match : undefined
}

function pullDefaults(number: number, base: string): Omit<Pull, 'title' | 'head'> {
  const author = 'octocat'
  return { number, body: null, base, state: 'open', createdAt: now(), author, draft: false, labels: [] }
}
