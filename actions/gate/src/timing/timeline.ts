import type { RunJob } from '@tokenledger/github'
import { criticalPath } from './critical-path.ts'
import type { Call } from './own-jobs.ts'

/** A job in whole seconds since the creation of the first one. */
export interface TimedJob {
  readonly name: string
  /** When all that it waits for had ended. */
  readonly created: number
  /** When a runner took it. */
  readonly started: number
  readonly ended: number
  /** The step that took longest, of those that have ended. */
  readonly longestStep?: { readonly name: string; readonly seconds: number }
}

export interface Timeline {
  /** Jobs that ran, in the order of their creation; the own one is the last. */
  readonly jobs: readonly TimedJob[]
  /** From the creation of the first job to the start of the own one. */
  readonly totalSeconds: number
  /** What all jobs but the own one ran, added up. */
  readonly runnerSeconds: number
  /** Jobs that each waited for the one before, to the own one. */
  readonly criticalPath: readonly TimedJob[]
}

/**
 * What the jobs of a call took until the own one started. Jobs that were skipped, are not done or were taken over from an
 * earlier attempt took no time of this one. Undefined when there are no others.
 */
export function timelineOf({ own, others }: Call): Timeline | undefined {
  const done = others.filter(job => ranIn(job, own.attempt))
  if (done.length === 0) return undefined
  const start = Math.min(own.createdAt, ...done.map(({ createdAt }) => createdAt))
  const timed = done.map(job => timedJob(job, start)).sort((a, b) => a.created - b.created)
  const last = timedJob({ ...own, completedAt: own.startedAt, steps: [] }, start)
  return {
    jobs: [...timed, last],
    totalSeconds: last.started,
    runnerSeconds: timed.reduce((sum, job) => sum + ran(job), 0),
    criticalPath: criticalPath(timed, last),
  }
}

/** For how long it waited for a runner, in s. */
export function waited({ created, started }: TimedJob): number {
  return started - created
}

/** For how long it ran, in s. */
export function ran({ started, ended }: TimedJob): number {
  return ended - started
}

/** A job that was not run again ended before it was created for this attempt. */
function ranIn({ conclusion, completedAt, createdAt, attempt }: RunJob, thisAttempt: number): boolean {
  return (
    conclusion !== 'skipped' && completedAt !== null && attempt === thisAttempt && completedAt >= createdAt
  )
}

/** Times that run backwards, as those of two servers may, count as none. */
function timedJob(job: RunJob, start: number): TimedJob {
  const since = (ms: number) => Math.round((ms - start) / 1000)
  const created = since(job.createdAt)
  const started = Math.max(created, since(job.startedAt))
  const ended = Math.max(started, since(job.completedAt ?? job.startedAt))
  const longest = longestStep(job)
  return { name: job.name, created, started, ended, ...(longest ? { longestStep: longest } : {}) }
}

function longestStep({ steps }: RunJob): TimedJob['longestStep'] {
  const timed = steps.map(({ name, startedAt, completedAt }) => ({
    name,
    seconds: Math.round((completedAt - startedAt) / 1000),
  }))
  return timed.sort((a, b) => b.seconds - a.seconds)[0]
}
