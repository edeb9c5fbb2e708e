import type { ChildProcess } from 'node:child_process'
import { chmod, mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import { type ActRun, runAct } from './act/act.ts'
import { actEnvironment, jobEnvironment } from './act/environment.ts'
import { eventPayload, refOf } from './act/event-payload.ts'
import type { ActEvent } from './act/events.ts'
import { endRun } from './act/processes.ts'
import { ownLabels } from './act/runner-labels.ts'
import { writeLaunchers } from './act/step-launchers.ts'
import { CleanUp } from './clean-up.ts'
import { Progress } from './progress.ts'
import { type JobRun, RunRecord } from './record/run-record.ts'
import { type JobVerdict, judge } from './record/verdict.ts'
import { servicesOf } from './run-folder.ts'
import { startDatabases } from './services/databases.ts'
import { toldJobs } from './services/told-jobs.ts'
import type { Planned, Session } from './session.ts'
import { displayName, identify } from './workflows/expected-jobs.ts'

/** act's map of local repositories is not made for many jobs at once, and a laptop is not either. */
const MOST_JOBS = 4

/** Runs one workflow with its databases, prints what happens, and returns what became of each job. */
export async function runWorkflow(session: Session, planned: Planned): Promise<JobVerdict[]> {
  const { workflow, jobs } = planned
  const { print, cleanUp } = session
  print(`\n${workflow.name} (${basename(workflow.file)})`)
  const record = new RunRecord()
  const progress = new Progress(job => nameOf(planned, job), print, session.brief)
  const told = session.standIns.github.jobs
  const complaint = await startAndRun(session, planned, event => {
    if (cleanUp.hasBegun) return
    const changes = record.add(event, Date.now())
    for (const change of changes) progress.show(change)
    if (changes.length > 0) told?.splice(0, told.length, ...toldJobs(jobs, [...record.jobs.values()]))
  })
  const verdicts = judge(jobs, [...record.jobs.values()])
  if (complaint && verdicts.some(({ outcome }) => outcome.kind === 'not run')) print(`act says: ${complaint}`)
  return verdicts
}

function nameOf({ jobs }: Planned, run: JobRun): string {
  const known = identify(jobs, run)
  return known ? displayName(known, run.matrix) : run.job
}

async function startAndRun(
  session: Session,
  planned: Planned,
  onEvent: (event: ActEvent) => void,
): Promise<string> {
  const { run, print, cleanUp } = session
  const folder = join(run.folder, `workflow-${planned.index}`)
  await mkdir(join(folder, 'home'), { recursive: true })
  // PostgreSQL may have to pass as another account.
  await chmod(folder, 0o711)
  const ends = new CleanUp()
  cleanUp.add(() => ends.run())
  try {
    await startDatabases(planned.databases, folder, actEnvironment(folder, servicesOf(run.id)), ends, print)
    const actRun = await describeRun(session, planned, folder)
    await cleanUp.stillWanted()
    const { complaint } = await runAct(actRun, onEvent, child =>
      ends.add(() => endRun(run.id, hasEnded(child) ? undefined : child.pid)),
    )
    await cleanUp.stillWanted()
    return complaint
  } finally {
    await ends.run()
  }
}

async function describeRun(
  { event, inputs, run, tools, staged, commit, standIns, surroundings }: Session,
  { workflow, job, index }: Planned,
  folder: string,
): Promise<ActRun> {
  const workflowFile = basename(workflow.file)
  const checkout = staged.copy.folder
  const dispatched = { workflow: `.github/workflows/${workflowFile}`, inputs }
  const environment = actEnvironment(join(folder, 'home'), run.id)
  const { identity, ...given } = standIns.environment(index)
  const PATH = await writeLaunchers(join(folder, 'launchers'), environment.PATH ?? '')
  return {
    act: tools.act,
    cwd: checkout,
    folder,
    workflowFile,
    event,
    payload: eventPayload(event, commit, dispatched),
    job,
    toolCache: tools.toolCache,
    labels: ownLabels(staged.labels),
    repositories: staged.repositories,
    hasCheckoutStandIn: staged.hasCheckoutStandIn,
    // What act is told by --env no job can be without.
    processEnvironment: { ...environment, PATH, ...surroundings, ...identity },
    jobEnvironment: {
      ...jobEnvironment({
        repository: commit.repository,
        workflowFile,
        ref: refOf(event, commit),
        workflow: workflow.name,
        checkout: standIns.github.repository,
      }),
      ...given.job,
    },
    token: `local-run-${run.id}`,
    concurrentJobs: Math.min(MOST_JOBS, availableParallelism()),
  }
}

/** The number of a process that has ended may be another one's by now. */
function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}
