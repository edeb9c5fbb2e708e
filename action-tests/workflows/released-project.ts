import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CleanUp, type LocalRunOptions, type ReleasedExample, releasedExample } from '@tokenledger/local-run'
import { type Git, type GitHubApi, gitIn, tempDir } from '@tokenledger/testkit'
import { type CiRun, ours, runGiven } from './run-ci.ts'

/** What a run printed, and the summaries of its jobs as HTML. */
export type BumpRun = CiRun & { readonly summary: string }

const WORKFLOW = '.github/workflows/version-bump.yml'

/** examples/tokenledger on GitHub: 0.1.0 is released, and a feature has come since. */
export interface ReleasedProject {
  readonly github: GitHubApi
  /** Of the bare repository behind GitHub. */
  readonly git: Git
  /** A commit to main that changes its own file alone; gives its SHA. */
  readonly push: (message: string) => Promise<string>
  /** Starts the workflow by hand on main, or on an earlier commit of it that has moved on since. */
  dispatch(
    inputs: Readonly<Record<string, string>>,
    more?: { job?: string; commit?: string },
  ): Promise<BumpRun>
  /** The run of the push that brought main to where it is; without a checkout of more than its last commits. */
  pushed(): Promise<BumpRun>
  /** A clone that stands on main. */
  readonly checkout: () => Promise<string>
  close(): Promise<void>
}

/** `edit` changes the caller's file before it is released. */
export async function releasedProject(edit = (workflow: string) => workflow): Promise<ReleasedProject> {
  const cleanUp = new CleanUp()
  const change = (source: string) => {
    const file = join(source, WORKFLOW)
    writeFileSync(file, edit(readFileSync(file, 'utf8')))
  }
  const example = await releasedExample({ ours: ours(), folder: tempDir('example-'), edit: change }, cleanUp)
  return story(example, cleanUp)
}

function story({ github, bare, clone }: ReleasedExample, cleanUp: CleanUp): ReleasedProject {
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
    const ran = await runGiven({ ...wish, ...options, checkout: await clone(commit), report })
    return { ...ran, summary: readSummaries(report) }
  }
  return {
    github,
    git: gitIn(bare),
    async push(message) {
      const local = gitIn(await clone('origin/main'))
      local('commit', '--quiet', '--allow-empty', '--message', message)
      local('push', '--quiet', bare, 'HEAD:main')
      return local('rev-parse', 'HEAD')
    },
    dispatch: (inputs, { commit = 'origin/main', ...more } = {}) =>
      run(commit, { event: 'workflow_dispatch', inputs, ...more }),
    pushed: () => run('origin/main', { event: 'push' }),
    checkout: () => clone('origin/main'),
    close: () => cleanUp.run(),
  }
}

/** The summaries in the report of a run, and nothing of its log. */
export function readSummaries(folder: string): string {
  const [, ...parts] = readFileSync(join(folder, 'index.html'), 'utf8').split('<div class="markdown-body">')
  return parts.map(part => part.split('</div></div></section>')[0]).join('\n')
}
