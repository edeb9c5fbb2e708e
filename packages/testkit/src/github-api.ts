import { setTimeout as sleep } from 'node:timers/promises'
import { dispatcher, type Violation } from './github-api/dispatcher.ts'
import { type BreakRule, hookOf, interception, type RequestHook, replyOf } from './github-api/interception.ts'
import { type MergeMethod, mergePull } from './github-api/merge-pull.ts'
import { newRecords, newWorld } from './github-api/new-world.ts'
import { finished, refuse } from './github-api/protocol.ts'
import type { Release } from './github-api/releases/records.ts'
import { type NewRelease, seedRelease } from './github-api/releases/seed-release.ts'
import { nextNumber } from './github-api/routes/pulls.ts'
import { DEFAULT_SETTINGS, type RepositorySettings } from './github-api/settings.ts'
import { now, type Pull, type Records } from './github-api/world.ts'
import { json, type Loopback, serve } from './loopback/server.ts'

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
  /** Puts a release there with its assets: a public one, unless it says that it is a draft. */
  addRelease(release: NewRelease): Release
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
  let used = 0

  const loopback = await serve(async incoming => {
    if (settings.latencyMs > 0) await sleep(settings.latencyMs)
    const bytes = world.downloads.answer(incoming, records)
    if (bytes) return bytes
    const number = ++used
    const refused = refuse(incoming, options.token)
    if (refused) return finished(json(refused.status, refused.body), incoming, number)
    const { operation, answer, interrupt } = await answerTo(incoming, world)
    const before = await hooks.at({ number, operation, phase: 'before' })
    if (before) {
      await interrupt(before)
      return replyOf(before)
    }
    const reply = await answer()
    const after = await hooks.at({ number, operation, phase: 'after' })
    return after ? replyOf(after) : finished(reply, incoming, number)
  })
  const world = newWorld({ ...options, records, settings }, loopback.url)

  return {
    ...loopback,
    ...records,
    env: { GITHUB_API_URL: loopback.url, GITHUB_GRAPHQL_URL: `${loopback.url}/graphql` },
    violations,
    settings,
    onRequest: hooks.add,
    breakAt: rule => hooks.add(hookOf(rule)),
    mergePull: (number, method = 'merge') => mergePull(world, number, method),
    addPull(fields) {
      const pull: Pull = { ...pullDefaults(nextNumber({ records }), world.git.defaultBranch), ...fields }
      records.pulls.push(pull)
      return pull
    },
    addRelease: release => seedRelease(world, release),
    async close() {
      await loopback.close()
      world.assetFiles.close()
    },
  }
}

function pullDefaults(number: number, base: string): Omit<Pull, 'title' | 'head'> {
  const author = 'octocat'
  return { number, body: null, base, state: 'open', createdAt: now(), author, draft: false, labels: [] }
}
