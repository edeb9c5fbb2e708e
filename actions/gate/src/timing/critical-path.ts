import type { TimedJob } from './timeline.ts'

/** GitHub's times are cut to whole seconds, so a job may seem to be created before the one that it waited for had ended. */
const TOLERANCE_S = 1

/**
 * The chain of jobs that `last` waited for, in the order of time: GitHub creates a job when all that it needs has ended, so
 * the job that ended last before is what it waited for. GitHub tells nobody what needs what; this is what the times say.
 */
export function criticalPath(jobs: readonly TimedJob[], last: TimedJob): TimedJob[] {
  const path = [last]
  for (let current: TimedJob | undefined = last; current; ) {
    current = endedLastBefore(current, jobs)
    if (current) path.unshift(current)
  }
  return path
}

function endedLastBefore(job: TimedJob, jobs: readonly TimedJob[]): TimedJob | undefined {
  return jobs
    .filter(other => other.ended <= job.created + TOLERANCE_S && other.created < job.created)
    .reduce<TimedJob | undefined>(
      (latest, other) => (latest && latest.ended >= other.ended ? latest : other),
      undefined,
    )
}
