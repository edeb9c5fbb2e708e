import { UserError } from '@tokenledger/kit'
import { legsOf } from './matrix.ts'
import type { Job, Workflow } from './workflow.ts'

/** A job that the workflows promise; its result is asked for whether act speaks of it or not. */
export interface ExpectedJob {
  readonly id: string
  /** The workflow that defines it. */
  readonly workflow: string
  /** Jobs of calling workflows above it, outermost first. */
  readonly callers: readonly Job[]
  readonly name: string | undefined
  readonly condition: string | undefined
  readonly needs: readonly string[]
  readonly legs: number | 'unknown'
  readonly mayFail: boolean
}

/** Reads the workflow that a job calls. */
export type ReadCalled = (uses: string) => Workflow

/** All jobs of a workflow, those of the workflows that it calls included. */
export function expectedJobs(workflow: Workflow, readCalled: ReadCalled): ExpectedJob[] {
  return jobsBelow(workflow, [], readCalled)
}

function jobsBelow(workflow: Workflow, callers: readonly Job[], readCalled: ReadCalled): ExpectedJob[] {
  // GitHub's own limit for nested calls; it also ends a workflow that calls itself.
  if (callers.length > 10) throw new UserError(`${workflow.file} calls workflows more than ten levels deep.`)
  return workflow.jobs.flatMap(job =>
    job.uses === undefined
      ? [expected(job, workflow, callers)]
      : jobsBelow(readCalled(job.uses), [...callers, job], readCalled),
  )
}

function expected(job: Job, workflow: Workflow, callers: readonly Job[]): ExpectedJob {
  const { id, name, condition, needs, mayFail } = job
  const legs = [...callers, job].map(each => legsOf(each.matrix))
  const product = legs.includes('unknown') ? 'unknown' : (legs as number[]).reduce((a, b) => a * b, 1)
  return { id, workflow: workflow.name, callers, name, condition, needs, mayFail, legs: product }
}

export interface ActJob {
  /** `workflow/job`, or `caller/workflow/job` for a called workflow; act adds `-<n>` to the legs of a matrix. */
  readonly job: string
  readonly id: string
  readonly matrix: Readonly<Record<string, unknown>>
}

/** Which expected job act means; the caller's name tells apart two calls of one workflow. */
export function identify(jobs: readonly ExpectedJob[], seen: ActJob): ExpectedJob | undefined {
  const candidates = jobs.filter(job => job.id === seen.id && startsWithOwnPath(job, seen.job))
  // `a/b/` also starts with `a/`, so the job with the longer path is the one that is meant.
  return candidates.sort((a, b) => b.callers.length - a.callers.length)[0]
}

function startsWithOwnPath({ workflow, callers }: ExpectedJob, path: string): boolean {
  const caller = callers.at(-1)
  if (!caller) return path.startsWith(`${workflow}/`)
  const name = pattern(caller.name ?? caller.id)
  return new RegExp(`^${name}(-\\d+)?/${escapeRegExp(workflow)}/`).test(path)
}

/** A regular expression for a name; its expressions may have become anything. */
function pattern(name: string): string {
  return name
    .split(/\$\{\{.*?\}\}/)
    .map(escapeRegExp)
    .join('.*')
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}

/** The name that GitHub shows: `ci / test (3.12)`. */
export function displayName(
  { id, name, callers }: ExpectedJob,
  matrix: Readonly<Record<string, unknown>> = {},
): string {
  const values = Object.values(matrix).map(String)
  const own = name ?? (values.length > 0 ? `${id} (${values.join(', ')})` : id)
  const filled = own.replace(/\$\{\{\s*matrix\.([\w-]+)\s*\}\}/g, (whole, key) =>
    key in matrix ? String(matrix[key]) : whole,
  )
  const path = [...callers.map(caller => caller.name ?? caller.id), filled].join(' / ')
  // What only a run can tell stays open.
  return path.replace(/\$\{\{.*?\}\}/g, '…')
}
