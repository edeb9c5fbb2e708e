import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GitRepo, gitIn, gitRepo, tempDir } from '@tokenledger/testkit'

const FIRST = { 'migrations/001_a.sql': 'SELECT 1;\n', 'migrations/002_b.sql': 'SELECT 2;\n' }

/** A repository whose main has 001 and 002, each by a commit, and where a branch `change` is checked out. */
export function projectWithBranch(): GitRepo {
  const repo = gitRepo({ 'migrations/001_a.sql': FIRST['migrations/001_a.sql'] })
  repo.commit(FIRST, 'second')
  repo.git('checkout', '--quiet', '-b', 'change')
  return repo
}

export interface Clone {
  readonly root: string
  readonly workingDirectory: '.'
  readonly git: ReturnType<typeof gitIn>
}

/** What actions/checkout does: an empty repository fetches one ref, at some depth (0 for all of it), and checks it out. */
export function checkoutOf({ path }: GitRepo, ref: string, depth: number): Clone {
  const root = tempDir('clone-')
  const git = gitIn(root)
  git('init', '--quiet')
  git('remote', 'add', 'origin', `file://${path}`)
  const refspecs = depth === 0 ? ['+refs/heads/*:refs/remotes/origin/*'] : []
  const cut = depth === 0 ? [] : [`--depth=${depth}`]
  git('fetch', '--quiet', '--no-tags', ...cut, 'origin', ...refspecs, `+${ref}:refs/remotes/checked/out`)
  git('checkout', '--quiet', '--detach', 'refs/remotes/checked/out')
  return { root, workingDirectory: '.', git }
}

/** The commit that GitHub makes for a pull request: refs/pull/1/merge, its first parent is the base branch. */
export function mergeLikeGitHub({ git }: GitRepo, base = 'main', head = 'change'): string {
  git('checkout', '--quiet', '--detach', base)
  git('merge', '--quiet', '--no-ff', '--message', 'Merge change into main', head)
  const merge = git('rev-parse', 'HEAD')
  git('update-ref', 'refs/pull/1/merge', merge)
  git('checkout', '--quiet', head)
  return merge
}

/** What a job of a pull request has in its environment. */
export function pullRequest(sha: string): Record<string, string> {
  return {
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_BASE_REF: 'main',
    GITHUB_REF: 'refs/pull/1/merge',
    GITHUB_SHA: sha,
  }
}

/** What a job of any event has in its environment. */
export function event(name: string, payload: object): Record<string, string> {
  const path = join(tempDir('event-'), 'event.json')
  writeFileSync(path, JSON.stringify(payload))
  return { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path }
}

/** What a job of a push has in its environment. */
export function push(before: string, branch = 'main'): Record<string, string> {
  const payload = { before, repository: { default_branch: 'main' } }
  return { ...event('push', payload), GITHUB_REF_NAME: branch, GITHUB_REF_TYPE: 'branch' }
}
