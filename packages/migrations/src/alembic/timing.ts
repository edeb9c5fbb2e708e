import type { AppliedMigration } from '../run/applied.ts'
import { asMigration } from './graph.ts'
import type { Revision } from './revisions.ts'

/** When Alembic's log named each revision; moments of `performance.now()`. */
export interface Clock {
  readonly begun: number
  readonly starts: ReadonlyMap<string, number>
  readonly ended: number
}

/** `Running upgrade 0001 -> 0002, teams`: the revision that begins; undefined for any other line. */
export function revisionBegun(line: string): string | undefined {
  return /\bRunning upgrade .*?-> ([^\s,]+)/.exec(line)?.[1]
}

/**
 * The revisions of one run with their times, in ms since `startedAt`: from the line in Alembic's log that names a revision to
 * the next one's, the last to the end of the process. When env.py hides that log, each gets an equal share of the run.
 */
export function timed(
  revisions: readonly Revision[],
  { begun, starts, ended }: Clock,
  startedAt: number,
  retries: number,
): AppliedMigration[] {
  const share = (ended - begun) / Math.max(1, revisions.length)
  const known = revisions.every(({ id }) => starts.has(id))
  const begins = revisions.map(({ id }, index) => (known ? (starts.get(id) ?? 0) : begun + index * share))
  return revisions.map((revision, index) => ({
    ...asMigration(revision),
    startedMs: (begins[index] ?? begun) - startedAt,
    ms: (begins[index + 1] ?? ended) - (begins[index] ?? begun),
    statements: 0,
    locks: [],
    measured: [],
    retries,
  }))
}
