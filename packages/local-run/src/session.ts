import { basename, join } from 'node:path'
import { cacheFolder } from '@tokenledger/kit'
import type { ResultsService } from '@tokenledger/testkit'
import { type Commit, headRepository } from './act/event-payload.ts'
import { endRun } from './act/processes.ts'
import type { CleanUp } from './clean-up.ts'
import { newRunFolder, type RunFolder, servicesOf } from './run-folder.ts'
import { type Database, planDatabases } from './services/databases.ts'
import type { GitHub, PostedComment } from './services/github.ts'
import { startIndex } from './services/lock-index.ts'
import { startIndexes } from './services/publish-index.ts'
import { type StandIns, startStandIns } from './services/stand-ins.ts'
import { adaptWorkflows } from './staging/adapt-workflows.ts'
import { type CheckoutCopy, commitAll } from './staging/checkout-copy.ts'
import { headBranch, testedCommit } from './staging/pull-request.ts'
import { requireServed } from './staging/served-commit.ts'
import { jobsOf, type Stage, stage } from './staging/stage.ts'
import { servedTag, tagCopy } from './staging/tag.ts'
import { findAct } from './tools/act-binary.ts'
import { fillToolCache, findPythons } from './tools/pythons.ts'
import { type DispatchInputs, dispatchInputs } from './workflows/dispatch-inputs.ts'
import type { ExpectedJob } from './workflows/expected-jobs.ts'
import type { Selected } from './workflows/job-selection.ts'
import type { Event } from './workflows/workflow.ts'

/** One event of a checkout, which starts the workflows that name it. */
export interface RunOptions {
  /** Root of this repository. */
  readonly ours: string
  readonly checkout: string
  readonly event: Event
  /** Name of the tag that was pushed, or at which the workflow was started by hand; the checkout's branch when absent. */
  readonly tag?: string | undefined
  /** Of `workflow_dispatch`; the workflow's defaults are filled in. */
  readonly inputs?: DispatchInputs
  /** The only workflow to run, by the name of its file. */
  readonly workflow?: string | undefined
  /** One job instead of all, by id or name. */
  readonly job?: string | undefined
  /** The pull request comes from a fork. */
  readonly fork?: boolean
  /** What the pull request's conversation holds when the run starts; afterwards what it holds then. */
  readonly conversation?: PostedComment[]
  /**
   * A GitHub that is there already, so that a later run goes on where this one ends. Jobs run on the checkout's commit as it is:
   * it has to be in that repository, and nothing is committed for the run.
   */
  readonly github?: GitHub
  /** The results service of that GitHub, with what earlier runs have left; one of this run alone when absent. */
  readonly results?: ResultsService
  /** What else the environment of jobs holds, such as the addresses of package indexes. */
  readonly environment?: Readonly<Record<string, string>>
  /** Prints jobs alone, and steps only when they fail. */
  readonly brief?: boolean
  readonly print?: (line: string) => void
}

/** A workflow that will run, with what it promises and needs. */
export interface Planned extends Selected {
  readonly index: number
  readonly jobs: readonly ExpectedJob[]
  readonly databases: readonly Database[]
}

/** What all workflows of a run share. */
export interface Session {
  readonly event: Event
  /** Of `workflow_dispatch`, complete. */
  readonly inputs: DispatchInputs
  readonly print: (line: string) => void
  readonly cleanUp: CleanUp
  readonly run: RunFolder
  readonly tools: Tools
  readonly staged: Stage
  readonly planned: readonly Planned[]
  readonly commit: Commit
  readonly standIns: StandIns
  /** Environment of act and of all that it starts, beside what is each job's own. */
  readonly surroundings: Readonly<Record<string, string>>
  readonly brief: boolean
}

interface Tools {
  readonly act: string
  readonly toolCache: string
  readonly cache: string
}

/** Gets the tools, copies what will run, and starts the stand-ins. Everything ends with `cleanUp`. */
export async function openSession(options: RunOptions, cleanUp: CleanUp): Promise<Session> {
  const { ours, checkout, event, tag, workflow, job, brief = false, print = console.log } = options
  const tools = await prepareTools(brief ? () => {} : print)
  const run = await newRunFolder()
  cleanUp.add(() => run.remove())
  // Should a service not have ended by itself, it must not outlive the run.
  cleanUp.add(() => endRun(servicesOf(run.id), undefined))

  const staged = await stage({ ours, checkout, event, tag, workflow, job, folder: run.folder })
  const files = staged.selected.map(({ workflow }) => basename(workflow.file))
  print(`Workflows that start on ${event}${tag === undefined ? '' : ` at ${tag}`}: ${files.join(', ')}`)
  // A port in use is to be known now, not when the workflow that needs it comes.
  const planned = await Promise.all(staged.selected.map((each, index) => plan(each, index, staged)))

  const [first] = staged.selected
  const inputs =
    event === 'workflow_dispatch' && first ? dispatchInputs(first.workflow, options.inputs ?? {}) : {}
  const { copy } = staged
  const surroundings = { ...(await indexes(options, staged, tools.cache, cleanUp)), ...options.environment }
  const commit = await commitOf(options, copy)
  // After the commit, which is to hold the workflows as they are.
  adaptWorkflows(
    staged.selected.map(({ workflow }) => workflow),
    staged.readCalled,
  )
  const standIns = await surround(options, copy, commit, run.folder, cleanUp)
  if (!brief) print('Stand-ins for GitHub (caches, artifacts, API) and Codecov listen on 127.0.0.1.')
  return { event, inputs, print, cleanUp, run, tools, staged, planned, commit, standIns, surroundings, brief }
}

/** The package indexes of this run alone; one on a GitHub that is there already finds them there, too. */
async function indexes(
  { ours, github, print = console.log }: RunOptions,
  { copy, repositories }: Stage,
  cache: string,
  cleanUp: CleanUp,
): Promise<Readonly<Record<string, string>>> {
  if (github) return {}
  const publishes = [...repositories.keys()].some(name => name.startsWith('pypa/gh-action-pypi-publish@'))
  if (publishes) return startIndexes({ ours, cache, checkout: copy.folder }, cleanUp, print)
  return startIndex(copy.folder, cache, cleanUp, print)
}

/** What runs: all that the checkout holds as one commit, or its commit on a GitHub that is there already. */
async function commitOf(
  { event, checkout, github, tag: name, fork = false }: RunOptions,
  copy: CheckoutCopy,
): Promise<Commit> {
  const { repository, branch, defaultBranch } = copy
  const tested = await testedCommit(copy, event, await commitAll(copy))
  if (github) await requireServed(github, tested, checkout)
  const at = async (name: string) =>
    github ? servedTag(github, name, tested.sha) : tagCopy(copy, name, tested.sha)
  const tag = name === undefined ? undefined : await at(name)
  return { repository, branch, defaultBranch, isFork: fork, tag, ...tested }
}

async function surround(
  { event, github, results, conversation = [] }: RunOptions,
  copy: CheckoutCopy,
  commit: Commit,
  folder: string,
  cleanUp: CleanUp,
): Promise<StandIns> {
  const opened = { head: headBranch(copy), headRepository: headRepository(commit), conversation }
  const pull = event === 'pull_request' ? opened : undefined
  return startStandIns(copy, { pull, tag: commit.tag, folder, github, results }, cleanUp)
}

async function prepareTools(print: (line: string) => void): Promise<Tools> {
  const cache = cacheFolder()
  const act = await findAct(cache, print)
  const pythons = await findPythons()
  print(`Pythons on this computer: ${pythons.map(({ version }) => version).join(', ') || 'none'}`)
  const toolCache = join(cache, 'tool-cache')
  await fillToolCache(toolCache, pythons)
  return { act, toolCache, cache }
}

async function plan(selected: Selected, index: number, { readCalled }: Stage): Promise<Planned> {
  const jobs = jobsOf(selected, readCalled)
  const wanted = new Set(jobs.map(({ callers, id }) => callers[0]?.id ?? id))
  const databases = await planDatabases(selected.workflow, readCalled, job => wanted.has(job))
  return { ...selected, index, jobs, databases }
}
