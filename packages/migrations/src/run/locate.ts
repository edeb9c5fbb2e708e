import type { Migration } from '../files/migration.ts'
import type { Problem } from '../problem.ts'
import type { Statement } from '../sql/statement.ts'

/** The text that the server got, and where it starts in the file, in UTF-16 units. */
export interface SentText {
  readonly text: string
  readonly offset: number
}

/** A failure of the server with its place in a migration. */
export interface LocatedProblem extends Problem {
  /** The server's DETAIL: it can hold values of rows, so it is for the log of a local run alone. */
  readonly detail?: string
}

export function problemOf(
  _error: unknown,
  _migration: Migration,
  _statement?: Statement,
  _sent?: SentText,
): LocatedProblem {
  throw new Error('not built yet')
}
