import type { ChildProcess } from 'node:child_process'
import { chmod, mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import { runAct } from './act/act.ts'
import { actEnvironment, jobEnvironment } from './act/environment.ts'
import { type Commit, eventPayload } from './act/event-payload.ts'
import { endRun } from './act/processes.ts'
import { ownLabels } from './act/runner-labels.ts'
import { writeLaunchers } from './act/step-launchers.ts'
import { CleanUp } from './clean-up.ts'
import { closingTable, verdictSentence } from './closing-table.ts'
import { Progress } from './progress.ts'
import { type JobRun, RunRecord } from './record/run-record.ts'
import { isGood, type JobVerdict, judge } from './record/verdict.ts'
import { writeReport } from './report/report.ts'
import { newRunFolder, type RunFolder } from './run-folder.ts'
import { planDatabases, startDatabases } from './services/databases.ts'
import { startIndex } from './services/lock-index.ts'
import { type StandIns, startStandIns } from './services/stand-ins.ts'
import { commitAll } from './staging/checkout-copy.ts'
import { jobsOf, type Stage, stage } from './staging/stage.ts'
import { findAct } from './tools/act-binary.ts'
import { cacheFolder } from './tools/cache-folder.ts'
import { fillToolCache, findPythons } from './tools/pythons.ts'
import { requireNetwork, requireTools } from './tools/requirements.ts'
import { displayName, identify } from './workflows/expected-jobs.ts'
import type { Selected } from './workflows/job-selection.ts'
import type { Event } from './workflows/workflow.ts'

export interface LocalRunOptions {
  /** Root of this repository. */
  readonly ours: string
  readonly checkout: string
  readonly event: Event
  /** One job instead of all, by id or name. */
  readonly job?: string | undefined
  /** Folder for `index.html`; no report when absent. */
  readonly report?: string | undefined
  /** Does without the check that package indexes can be reached. */
  readonly offline?: boolean
  readonly print?: (line: string) => void
}

interface Session {
  readonly options: LocalRunOptions
  readonly print: (line: string) => void
  readonly cleanUp: CleanUp
  readonly run: RunFolder
  readonly act: string
  readonly toolCache: string
  readonly staged: Stage
  readonly commit: Commit
  readonly standIns: StandIns
  readonly indexEnvironment: Readonly<Record<string, string>>
}

/**
 * Runs the workflows of a checkout on this computer and returns whether every job that they promise ended well.
 * Whatever was started has ended and whatever was written, except caches and the report, is gone when it returns.
 * A UserError for what is missing on this computer or cannot run on it.
 */
export async function localRun(options: LocalRunOptions): Promise<boolean> {
  const print = options.print ?? (line => console.log(line))
  const started = Date.now()
  await requireTools()
  if (!options.offline) await requireNetwork()
  const cleanUp = new CleanUp()
  try {
    const session = await prepare(options, print, cleanUp)
    const verdicts: JobVerdict[] = []
    for (const [index, selected] of session.staged.selected.entries())
      verdicts.push(...(await runWorkflow(session, selected, index)))
    const sentence = verdictSentence(verdicts, (Date.now() - started) / 1000)
    print(`\n${closingTable(verdicts)}\n\n${sentence}`)
    if (options.report) print(`Report: ${await report(session, options.report, verdicts, sentence)}`)
    return verdicts.every(({ outcome }) => isGood(outcome))
  } finally {
    await cleanUp.run()
  }
}

async function prepare(
  options: LocalRunOptions,
  print: (line: string) => void,
  cleanUp: CleanUp,
): Promise<Session> {
  const cache = cacheFolder()
  const act = await findAct(cache, print)
  const pythons = await findPythons()
  print(`Pythons on this computer: ${pythons.map(({ version }) => version).join(', ') || 'none'}`)
  const toolCache = join(cache, 'tool-cache')
  await fillToolCache(toolCache, pythons)

  const run = await newRunFolder()
  cleanUp.add(() => run.remove())
  const { ours, checkout, event, job } = options
  const staged = await stage({ ours, checkout, event, job, folder: run.folder })
  const files = staged.selected.map(({ workflow }) => basename(workflow.file))
  print(`Workflows that start on ${event}: ${files.join(', ')}`)
  const indexEnvironment = await startIndex(staged.copy.folder, cache, cleanUp, print)
  const { repository, branch, defaultBranch } = staged.copy
  const commit = { repository, branch, defaultBranch, ...(await commitAll(staged.copy, event)) }
  const standIns = await startStandIns(staged.copy, event, run.folder, cleanUp)
  print('Stand-ins for GitHub (caches, artifacts, API) listen on 127.0.0.1.')
  return { options, print, cleanUp, run, act, toolCache, staged, commit, standIns, indexEnvironment }
}

async function runWorkflow(session: Session, selected: Selected, index: number): Promise<JobVerdict[]> {
  const { staged, print } = session
  const expected = jobsOf(selected, staged.readCalled)
  const nameOf = (job: JobRun) => {
    const known = identify(expected, job)
    return known ? displayName(known, job.matrix) : job.job
  }
  print(`\n${selected.workflow.name} (${basename(selected.workflow.file)})`)
  const progress = new Progress(nameOf, print)
  const record = new RunRecord()
  const complaint = await startAndRun(session, selected, index, event => {
    for (const change of record.add(event, Date.now())) progress.show(change)
  })
  const verdicts = judge(expected, [...record.jobs.values()])
  if (complaint && verdicts.some(({ outcome }) => outcome.kind === 'not run')) print(`act says: ${complaint}`)
  return verdicts
}

async function startAndRun(
  session: Session,
  selected: Selected,
  index: number,
  onEvent: Parameters<typeof runAct>[1],
): Promise<string> {
  const { run, staged, commit, options } = session
  const folder = join(run.folder, `workflow-${index}`)
  await mkdir(join(folder, 'home'), { recursive: true })
  await chmod(folder, 0o711)
  const ends = new CleanUp()
  session.cleanUp.add(() => ends.run())
  try {
    const wanted = new Set(jobsOf(selected, staged.readCalled).map(({ callers, id }) => callers[0]?.id ?? id))
    const databases = await planDatabases(selected.workflow, staged.readCalled, job => wanted.has(job))
    const services = actEnvironment(folder, `${run.id}-services`)
    await startDatabases(databases, folder, services, ends, session.print)
    const workflowFile = basename(selected.workflow.file)
    const ref = options.event === 'push' ? `refs/heads/${commit.branch}` : 'refs/pull/1/merge'
    const job = { repository: commit.repository, workflowFile, ref, checkout: staged.copy.folder }
    const environment = actEnvironment(join(folder, 'home'), run.id)
    const PATH = await writeLaunchers(join(folder, 'launchers'), environment.PATH ?? '')
    const { complaint } = await runAct(
      {
        act: session.act,
        cwd: staged.copy.folder,
        folder,
        workflowFile,
        event: options.event,
        payload: eventPayload(options.event, commit),
        job: selected.job,
        toolCache: session.toolCache,
        labels: ownLabels(staged.labels),
        repositories: staged.repositories,
        hasCheckoutStandIn: staged.hasCheckoutStandIn,
        processEnvironment: { ...environment, PATH, ...session.indexEnvironment },
        jobEnvironment: { ...jobEnvironment(job), ...session.standIns.environment(`run-${index}`) },
        token: `local-run-${run.id}`,
        concurrentJobs: Math.min(4, availableParallelism()),
      },
      onEvent,
      child => ends.add(() => endRun(run.id, hasEnded(child) ? undefined : child.pid)),
    )
    return complaint
  } finally {
    await ends.run()
  }
}

/** The number of a process that has ended may be another one's by now. */
function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

async function report(
  session: Session,
  folder: string,
  verdicts: readonly JobVerdict[],
  sentence: string,
): Promise<string> {
  const { repository, sha } = session.commit
  const { event } = session.options
  const artifacts = session.standIns.artifacts()
  return writeReport(folder, { repository, sha, event, sentence, verdicts, artifacts })
}
