import { displayName, type ExpectedJob, identify } from '../workflows/expected-jobs.ts'
import type { JobRun } from './run-record.ts'

const LONGEST_CONDITION = 70

export type Outcome =
  | { readonly kind: 'success' }
  | { readonly kind: 'failure' }
  /** `continue-on-error: true` */
  | { readonly kind: 'allowed failure' }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'not run'; readonly reason: string }

export interface JobVerdict {
  readonly name: string
  readonly outcome: Outcome
  readonly run: JobRun | undefined
}

/** Whether an outcome lets the run end well. */
export function isGood({ kind }: Outcome): boolean {
  return kind === 'success' || kind === 'skipped' || kind === 'allowed failure'
}

/**
 * The outcome of every expected job. act's exit code says nothing about a job that silently never ran, so a job
 * without a result counts as `not run`. A skip is legitimate when the job's own or its caller's `if:` decided it,
 * or a job that it needs did not succeed; that one then carries the verdict.
 */
export function judge(expected: readonly ExpectedJob[], runs: readonly JobRun[]): JobVerdict[] {
  const byJob = new Map(expected.map(job => [job, runs.filter(run => identify(expected, run) === job)]))
  return expected.flatMap(job => {
    const own = byJob.get(job) ?? []
    if (own.length === 0) return [{ name: displayName(job), outcome: unseen(job, runs), run: undefined }]
    const verdicts = own.map(run => ({
      name: displayName(job, run.matrix),
      outcome: outcomeOf(job, run, expected, byJob),
      run,
    }))
    // Legs end in any order; people look for them in the order of their names.
    verdicts.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    return [...verdicts, ...missingLegs(job, own)]
  })
}

function outcomeOf(
  job: ExpectedJob,
  { end }: JobRun,
  expected: readonly ExpectedJob[],
  byJob: ReadonlyMap<ExpectedJob, readonly JobRun[]>,
): Outcome {
  switch (end.kind) {
    case 'finished':
      if (end.result === 'success') return { kind: 'success' }
      return { kind: job.mayFail ? 'allowed failure' : 'failure' }
    case 'skipped':
      return skip(job, end.reason, expected, byJob)
    case 'no-runner':
      return { kind: 'not run', reason: `it wants a runner ${end.label}, which this computer is not` }
    case 'running':
      return { kind: 'not run', reason: 'it began and never ended' }
  }
}

function skip(
  job: ExpectedJob,
  condition: string,
  expected: readonly ExpectedJob[],
  byJob: ReadonlyMap<ExpectedJob, readonly JobRun[]>,
): Outcome {
  const needed = expected.filter(other => isNeededBy(job, other))
  const failed = needed.find(other => (byJob.get(other) ?? []).some(hasFailed))
  if (failed) return { kind: 'skipped', reason: `${displayName(failed)}, which it needs, failed` }
  const unsuccessful = needed.find(other => !(byJob.get(other) ?? []).every(succeeded))
  // A condition with such a function is asked whatever became of the jobs before.
  if (unsuccessful && !/\b(?:always|cancelled|failure)\(/.test(job.condition ?? ''))
    return { kind: 'skipped', reason: `${displayName(unsuccessful)}, which it needs, did not run` }
  if (job.condition !== undefined) return { kind: 'skipped', reason: `if: ${shortCondition(condition)}` }
  return { kind: 'not run', reason: 'act skipped it although every job that it needs succeeded' }
}

/** An `if:` without the marks of an expression, cut to what fits a line. */
export function shortCondition(condition: string): string {
  const text = condition.replace(/^\$\{\{\s*([\s\S]*?)\s*\}\}$/, '$1').replace(/\s+/g, ' ')
  return text.length > LONGEST_CONDITION ? `${text.slice(0, LONGEST_CONDITION - 2)} …` : text
}

/** Whether `other` is a job that `job` needs, or belongs to a workflow that such a job calls. */
function isNeededBy(job: ExpectedJob, other: ExpectedJob): boolean {
  const level = job.callers.length
  const sibling = other.callers[level]?.id ?? other.id
  return job.needs.includes(sibling) && job.callers.every((caller, index) => caller === other.callers[index])
}

function hasFailed({ end }: JobRun): boolean {
  return end.kind === 'finished' && end.result !== 'success'
}

function succeeded({ end }: JobRun): boolean {
  return end.kind === 'finished' && end.result === 'success'
}

/** A job that act never named: its caller was skipped, or it is missing. */
function unseen(job: ExpectedJob, runs: readonly JobRun[]): Outcome {
  for (const caller of job.callers) {
    const end = runs.find(run => run.id === caller.id && run.end.kind === 'skipped')?.end
    if (end?.kind !== 'skipped') continue
    if (caller.condition !== undefined)
      return { kind: 'skipped', reason: `${caller.id} has if: ${shortCondition(end.reason)}` }
    if (caller.needs.length > 0)
      return { kind: 'skipped', reason: `a job that ${caller.id} needs did not succeed` }
  }
  return { kind: 'not run', reason: 'act ended before it came to this job' }
}

function missingLegs(job: ExpectedJob, runs: readonly JobRun[]): JobVerdict[] {
  const isSkippedWhole = runs.some(({ end }) => end.kind === 'skipped')
  if (job.legs === 'unknown' || isSkippedWhole || runs.length >= job.legs) return []
  const missing = job.legs - runs.length
  const outcome: Outcome = { kind: 'not run', reason: `${missing} of ${job.legs} matrix jobs are missing` }
  return [{ name: `${displayName(job)} (matrix)`, outcome, run: undefined }]
}
