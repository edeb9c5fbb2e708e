import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LocalRunOptions } from '@tokenledger/local-run'
import { type Git, type GitHubApi, gitIn, startGitHubApi, tempDir } from '@tokenledger/testkit'
import { type CiRun, ours, runGiven } from './run-ci.ts'

/** What a run printed, and the summaries of its jobs as HTML. */
export type BumpRun = CiRun & { readonly summary: string }

export const REPOSITORY = 'org/tokenledger'
const WORKFLOW = '.github/workflows/version-bump.yml'

/** examples/tokenledger on GitHub: 0.1.0 is released, and a feature has come since. */
export interface ReleasedProject {
  readonly github: GitHubApi
  /** Of the bare repository behind GitHub. */
  readonly git: Git
  /** A commit to main that changes its own file alone; gives its SHA. */
  readonly push: (message: string) => string
  /** Starts the workflow by hand on main, or on an earlier commit of it that has moved on since. */
  dispatch(
    inputs: Readonly<Record<string, string>>,
    more?: { job?: string; commit?: string },
  ): Promise<BumpRun>
  /** The run of the push that brought main to where it is; without a checkout of more than its last commits. */
  pushed(): Promise<BumpRun>
  /** A clone that stands on main. */
  readonly checkout: () => string
  close(): Promise<void>
}

/** `edit` changes the caller's file before it is released. */
export async function releasedProject(edit = (workflow: string) => workflow): Promise<ReleasedProject> {
  const source = tempDir('tokenledger-')
  cpSync(ours('examples', 'tokenledger'), source, {
    recursive: true,
    filter: path => !/\/(\.venv|node_modules|dist|coverage|__pycache__|\.\w+_cache)$/.test(path),
  })
  writeFileSync(join(source, WORKFLOW), edit(readFileSync(join(source, WORKFLOW), 'utf8')))
  const local = gitIn(source)
  local('init', '--quiet', '--initial-branch=main')
  const commit = (message: string) => {
    local('add', '--all')
    local('commit', '--quiet', '--allow-empty', '--message', message)
  }
  commit('feat: costs of a call')
  local('tag', '--annotate', '--message', 'Release v0.1.0', 'v0.1.0')
  commit('feat(dashboard): a page of costs by model (#3)')
  const bare = tempDir('origin-')
  local('clone', '--quiet', '--bare', source, bare)
  gitIn(bare)('config', 'uploadpack.allowAnySHA1InWant', 'true')
  const github = await startGitHubApi({ repository: REPOSITORY, git: bare })
  return story(github, bare)
}

function story(github: GitHubApi, bare: string): ReleasedProject {
  const git = gitIn(bare)
  const clone = (commit: string) => {
    const folder = tempDir('clone-')
    const local = gitIn(folder)
    local('clone', '--quiet', `file://${bare}`, '.')
    local('reset', '--quiet', '--hard', commit)
    local('remote', 'set-url', 'origin', `https://github.com/${REPOSITORY}.git`)
    return { folder, local }
  }
  const wish = {
    github: { repository: bare, environment: github.env },
    workflow: 'version-bump.yml',
    offline: true,
  }
  const run = async (
    commit: string,
    options: Pick<LocalRunOptions, 'event' | 'inputs' | 'job'>,
  ): Promise<BumpRun> => {
    const report = tempDir('report-')
    const ran = await runGiven({ ...wish, ...options, checkout: clone(commit).folder, report })
    return { ...ran, summary: readSummaries(report) }
  }
  return {
    github,
    git,
    push(message) {
      const { local } = clone('origin/main')
      local('commit', '--quiet', '--allow-empty', '--message', message)
      local('push', '--quiet', bare, 'HEAD:main')
      return local('rev-parse', 'HEAD')
    },
    dispatch: (inputs, { commit = 'origin/main', ...more } = {}) =>
      run(commit, { event: 'workflow_dispatch', inputs, ...more }),
    pushed: () => run('origin/main', { event: 'push' }),
    checkout: () => clone('origin/main').folder,
    close: () => github.close(),
  }
}

/** The summaries in the report of a run, and nothing of its log. */
export function readSummaries(folder: string): string {
  const [, ...parts] = readFileSync(join(folder, 'index.html'), 'utf8').split('<div class="markdown-body">')
  return parts.map(part => part.split('</div></div></section>')[0]).join('\n')
}
