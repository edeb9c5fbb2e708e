import type { Records } from '@tokenledger/testkit'
import type { JobRun, StepRun } from '../record/run-record.ts'
import { displayName, type ExpectedJob, identify } from '../workflows/expected-jobs.ts'

type ToldJob = Records['jobs'][number]

/** The jobs of a workflow's run as GitHub's API tells them: run and attempt 1, as act calls every run, on the runner `local`. */
export function toldJobs(expected: readonly ExpectedJob[], runs: readonly JobRun[]): ToldJob[] {
  const known = runs.flatMap(run => {
    const job = identify(expected, run)
    return job ? [{ run, job }] : []
  })
  return known.map(({ run, job }, index) => ({
    id: index + 1,
    run: 1,
    attempt: 1,
    name: displayName(job, run.matrix),
    conclusion: run.end.kind === 'running' ? null : run.end.kind === 'finished' ? run.end.result : 'skipped',
    createdAt: iso(creation({ run, job }, known)),
    startedAt: iso(run.startedAt),
    completedAt: run.end.kind === 'running' ? null : iso(endOf(run)),
    runner: 'local',
    steps: run.steps.map(stepOf),
  }))
}

interface KnownJob {
  readonly run: JobRun
  readonly job: ExpectedJob
}

/** GitHub creates a job when all that it needs has ended; act may hold it longer, since it runs a few at a time. */
function creation({ run, job }: KnownJob, known: readonly KnownJob[]): number {
  const siblings = known.filter(other => other.job.callers === job.callers)
  const needed = siblings.filter(other => job.needs.includes(other.job.id))
  const first = Math.min(...siblings.map(other => other.run.startedAt))
  return Math.min(run.startedAt, Math.max(first, ...needed.map(other => endOf(other.run))))
}

function endOf({ startedAt, end }: JobRun): number {
  return startedAt + (end.kind === 'finished' ? end.seconds * 1000 : 0)
}

function stepOf({ name, startedAt, seconds, result }: StepRun): ToldJob['steps'][number] {
  const completedAt = result === 'running' ? null : iso(startedAt + seconds * 1000)
  return { name, startedAt: iso(startedAt), completedAt }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
