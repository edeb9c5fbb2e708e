import { join } from 'node:path'
import { type GitHubApi, READ_ONLY, type Records, startGitHubApi } from '@tokenledger/testkit'
import type { CleanUp } from '../clean-up.ts'
import type { CheckoutCopy } from '../staging/checkout-copy.ts'
import { git, tryGit } from '../staging/git.ts'

/** A comment on the pull request. */
export type PostedComment = Records['comments'][number]

/** The pull request that the API knows as number 1. */
export interface StandInPull {
  readonly head: string
  readonly headRepository: string
  /** Comments that are there; the stand-in keeps the list as it becomes. */
  readonly conversation: PostedComment[]
}

/** What jobs see of GitHub: a repository to check out, and its API. */
export interface GitHub {
  /** Path of the bare repository. */
  readonly repository: string
  /** `GITHUB_API_URL` and `GITHUB_GRAPHQL_URL`. */
  readonly environment: Readonly<Record<string, string>>
  /** What its API tells of the jobs of a run, to be filled; absent when it is another process that serves it. */
  readonly jobs?: Records['jobs']
}

export interface StartedGitHub extends GitHub {
  /** Markdown of the comments that were written or changed since the start. */
  readonly comments: () => string[]
  /** Branches, tags and pull requests that were made and workflows that were started, one line each. */
  readonly changes: () => Promise<string[]>
}

/** Starts GitHub's API for a repository with the commits of the copy. It ends with `cleanUp`, and the repository with `folder`. */
export async function startGitHub(
  copy: CheckoutCopy,
  pull: StandInPull | undefined,
  folder: string,
  cleanUp: CleanUp,
): Promise<StartedGitHub> {
  const bare = await bareRepository(copy, folder)
  const isFork = pull !== undefined && pull.headRepository !== copy.repository
  const settings = isFork ? { permissions: READ_ONLY } : {}
  const api = await startGitHubApi({ repository: copy.repository, git: bare, settings })
  cleanUp.add(() => api.close())
  const bodies = pull ? openPull(api, copy, pull) : new Map()
  const pulls = api.pulls.length
  const refs = await refsOf(bare)
  return {
    repository: bare,
    environment: api.env,
    jobs: api.jobs,
    comments: () => {
      pull?.conversation.splice(0, Number.POSITIVE_INFINITY, ...api.comments)
      return api.comments.filter(({ id, body }) => bodies.get(id) !== body).map(({ body }) => body)
    },
    changes: async () => [
      ...[...(await refsOf(bare))]
        .filter(([ref, sha]) => refs.get(ref) !== sha)
        .map(
          ([ref, sha]) => `${ref.replace('refs/heads/', 'branch ').replace('refs/tags/', 'tag ')} at ${sha}`,
        ),
      ...api.pulls
        .slice(pulls)
        .map(({ number, title, head, base }) => `#${number} ${title} (${head} → ${base})`),
      ...api.dispatches.map(({ workflow, ref }) => `${workflow} started at ${ref}`),
    ],
  }
}

/** A GitHub that somebody else has started and looks at. */
export function givenGitHub(github: GitHub): StartedGitHub {
  return { ...github, comments: () => [], changes: async () => [] }
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
  // GitHub serves every commit by its SHA; jobs fetch the commit before a push that way.
  await git(bare, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  return bare
}

/** Commits by branch and tag; of an annotated tag the one that it leads to, in short. */
async function refsOf(bare: string): Promise<Map<string, string>> {
  const format =
    '--format=%(refname) %(if)%(*objectname)%(then)%(*objectname:short)%(else)%(objectname:short)%(end)'
  const lines = await git(bare, 'for-each-ref', format, 'refs/heads', 'refs/tags')
  return new Map(
    lines
      .split('\n')
      .filter(Boolean)
      .map(line => line.split(' ') as [string, string]),
  )
}

/** Opens the pull request with the comments it has, and gives their bodies by id. */
function openPull(
  api: GitHubApi,
  { defaultBranch, repository }: CheckoutCopy,
  { head, headRepository, conversation }: StandInPull,
): Map<number, string> {
  const fork = headRepository === repository ? {} : { headRepository }
  api.addPull({ title: 'Working tree of a local run', head, base: defaultBranch, ...fork })
  api.comments.push(...conversation)
  return new Map(conversation.map(({ id, body }) => [id, body]))
}
