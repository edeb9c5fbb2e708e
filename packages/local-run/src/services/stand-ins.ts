import { join } from 'node:path'
import {
  type Artifact,
  type GitHubApi,
  type Records,
  type ResultsService,
  startCodecov,
  startGitHubApi,
  startResultsService,
} from '@tokenledger/testkit'
import type { CleanUp } from '../clean-up.ts'
import type { CheckoutCopy } from '../staging/checkout-copy.ts'
import { git, tryGit } from '../staging/git.ts'

/** A comment on the pull request. */
export type PostedComment = Records['comments'][number]

export interface StandIns {
  /** Environment of the jobs of one workflow run; each run has artifacts of its own. */
  environment(run: string): Record<string, string>
  readonly artifacts: () => Artifact[]
  /** Markdown of the comments that were written or changed since the start. */
  readonly comments: () => string[]
}

/** The pull request that the API knows as number 1. */
export interface StandInPull {
  readonly head: string
  readonly headRepository: string
  /** Comments that are there; the stand-in keeps the list as it becomes. */
  readonly conversation: PostedComment[]
}

/**
 * Starts what GitHub itself offers to jobs: caches, artifacts and OIDC tokens, and its API; and Codecov, so that a local run
 * sends nothing to a third party. A pull request from a fork gets a token that may only read, and no OIDC tokens.
 */
export async function startStandIns(
  copy: CheckoutCopy,
  pull: StandInPull | undefined,
  folder: string,
  cleanUp: CleanUp,
): Promise<StandIns> {
  const { repository } = copy
  const isFork = pull !== undefined && pull.headRepository !== repository
  const results = await startResultsService({ repository, scopes: scopesOf(copy, pull) })
  cleanUp.add(() => results.close())
  const codecov = await startCodecov({ slug: repository, issuers: { [results.url]: 'github' } })
  cleanUp.add(() => codecov.close())
  const api = await startGitHubApi({ repository, git: await bareRepository(copy, folder) })
  cleanUp.add(() => api.close())
  const before = pull ? openPull(api, copy, pull) : new Map()
  if (isFork) makeReadOnly(api)
  return {
    environment: run => ({
      ...withoutIdentity(results.env, isFork),
      ...withoutIdentity(tokensOf(results, run), isFork),
      ...api.env,
      CODECOV_URL: codecov.url,
    }),
    artifacts: () => results.artifacts.filter(({ state }) => state === 'uploaded'),
    comments: () => {
      pull?.conversation.splice(0, Number.POSITIVE_INFINITY, ...api.comments)
      return api.comments.filter(({ id, body }) => before.get(id) !== body).map(({ body }) => body)
    },
  }
}

/** All refs, those of the pull request too, with the default branch as HEAD, as GitHub has it. */
async function bareRepository(
  { folder: source, defaultBranch }: CheckoutCopy,
  folder: string,
): Promise<string> {
  const bare = join(folder, 'origin.git')
  await git(source, 'clone', '--quiet', '--mirror', source, bare)
  const branch = `refs/heads/${defaultBranch}`
  if (await tryGit(bare, 'rev-parse', '--verify', branch)) await git(bare, 'symbolic-ref', 'HEAD', branch)
  return bare
}

/** Opens the pull request with the comments it has, and gives their bodies by id. */
function openPull(
  api: GitHubApi,
  { defaultBranch, repository }: CheckoutCopy,
  { head, headRepository, conversation }: StandInPull,
): ReadonlyMap<number, string> {
  const fork = headRepository === repository ? {} : { headRepository }
  api.addPull({ title: 'Working tree of a local run', head, base: defaultBranch, ...fork })
  api.comments.push(...conversation)
  return new Map(conversation.map(({ id, body }) => [id, body]))
}

function makeReadOnly(api: GitHubApi): void {
  const message = 'Resource not accessible by integration'
  for (const method of ['POST', 'PATCH', 'PUT', 'DELETE'])
    api.fault({ method, path: '/repos/', status: 403, body: { message, status: '403' } })
}

/** GitHub gives jobs of a fork no identity to show to others. */
function withoutIdentity(
  environment: Readonly<Record<string, string>>,
  isFork: boolean,
): Record<string, string> {
  const entries = Object.entries(environment)
  return Object.fromEntries(
    isFork ? entries.filter(([name]) => !name.startsWith('ACTIONS_ID_TOKEN_')) : entries,
  )
}

function tokensOf(results: ResultsService, run: string): Record<string, string> {
  const token = results.newToken({ run })
  return { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token }
}

/** A pull request writes caches for itself and reads those of its base. */
function scopesOf({ branch, defaultBranch }: CheckoutCopy, pull: StandInPull | undefined) {
  const head = { ref: `refs/heads/${branch}`, access: 'read-write' } as const
  const base = { ref: `refs/heads/${defaultBranch}`, access: 'read' } as const
  return pull ? [{ ref: 'refs/pull/1/merge', access: 'read-write' } as const, base] : [head]
}
