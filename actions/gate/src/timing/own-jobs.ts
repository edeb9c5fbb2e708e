import type { RunJob } from '@tokenledger/github'

export interface OwnMarks {
  /** The id of the job; `''` where the server does not tell it. */
  readonly checkRunId: string
  /** `RUNNER_NAME`: a runner has one job at a time. */
  readonly runner: string
}

/** The running job among all; undefined when its marks fit none, or several. */
export function ownJob(jobs: readonly RunJob[], { checkRunId, runner }: OwnMarks): RunJob | undefined {
  const byId = jobs.find(({ id }) => String(id) === checkRunId)
  if (byId) return byId
  const running = jobs.filter(job => job.status === 'in_progress' && job.runner === runner)
  return running.length === 1 ? running[0] : undefined
}

/** The running job and the others of its workflow, under their names there. */
export interface Call {
  readonly own: RunJob
  readonly others: readonly RunJob[]
}

/**
 * The jobs of the workflow that was called together with `own`: GitHub names them `<caller's job> / <job>`. Those of the whole
 * run when its name has no such prefix.
 */
export function callOf(jobs: readonly RunJob[], own: RunJob): Call {
  const prefix = /^.* \/ /s.exec(own.name)?.[0] ?? ''
  const inside = (job: RunJob) => ({ ...job, name: job.name.slice(prefix.length) })
  const others = jobs.filter(({ id, name }) => id !== own.id && name.startsWith(prefix))
  return { own: inside(own), others: others.map(inside) }
}
