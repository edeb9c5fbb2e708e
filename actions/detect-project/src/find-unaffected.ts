import { githubClient } from '@tokenledger/github'
import { changedPaths, readEvent, remoteChanges } from '@tokenledger/github/changes'
import { gitAt, UserError } from '@tokenledger/kit'
import type { Findings, Project } from '@tokenledger/python-project/plan'
import {
  JOBS,
  type Job,
  readTree,
  type UnaffectedJobs,
  unaffectedJobs,
} from '@tokenledger/python-project/unaffected'

export interface Search {
  readonly project: Project
  readonly findings: Findings
  readonly token: string
  /** Names of jobs that every file may influence. */
  readonly always: readonly string[]
}

/** The jobs that this pull request has no influence on, or why every job has to run. */
export type Unaffected = UnaffectedJobs | { readonly everything: string }

/**
 * Compares the tested commit with its base and looks at each file. Where the files cannot be known for sure, every job has to run;
 * nothing that git, GitHub or the network do is thrown. A UserError for a job that there is not.
 */
export async function findUnaffected(search: Search, env: NodeJS.ProcessEnv): Promise<Unaffected> {
  const always = search.always.map(jobNamed)
  const event = await readEvent(env)
  if (!event.payload.pull_request) return { everything: `the event ${event.name} is no pull request` }
  const git = gitAt(search.project.pyproject.directory)
  const root = lineOf(await git.read('rev-parse', '--show-toplevel'))
  const directory = lineOf(await git.read('rev-parse', '--show-prefix'))
  const tree = root === undefined ? undefined : await readTree(root)
  if (root === undefined || tree === undefined) return { everything: 'git cannot list the tested commit' }
  const changed = await changedPaths({ root, event, token: search.token, api: apiWith(search.token, env) })
  if (changed.kind === 'unknown') return { everything: `its files are not known: ${changed.reason}` }
  if (changed.paths.length === 0) return { everything: 'it changes no file' }
  return unaffectedJobs(changed.paths, { ...search, always, directory: directory || '.', tree })
}

function jobNamed(name: string): Job {
  const job = JOBS.find(each => each === name)
  if (job) return job
  throw new UserError(`Input always-affected has "${name}"; allowed: ${JOBS.join(', ')}.`)
}

function lineOf(output: string | undefined): string | undefined {
  return output?.replace(/\r?\n$/, '')
}

function apiWith(token: string, env: NodeJS.ProcessEnv) {
  const { GITHUB_REPOSITORY: repository, GITHUB_API_URL: apiUrl = 'https://api.github.com' } = env
  return token && repository ? remoteChanges(githubClient({ token, apiUrl }), repository) : undefined
}
