import { UserError } from '@tokenledger/kit'

/** A place in a text: line and column from 1, the column in Unicode code points as PostgreSQL and editors count. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Something wrong, or worth a warning, with its place in a file. */
export interface Problem {
  /** Path relative to the repository, with forward slashes; absent when no file is to blame. */
  readonly path?: string
  readonly position?: Position
  /** What is wrong and the remedy, without the place. */
  readonly message: string
  /** Lines of the file around the place with a caret, for the log. */
  readonly excerpt?: string
}

/** `migrations/002_syn.sql:37:48 syntax error …`, the form of every failure text. */
export function textOf({ path, position, message }: Problem): string {
  const place = position ? `${path}:${position.line}:${position.column}` : path
  return place && !message.startsWith(place) ? `${place} ${message}` : message
}

/** A failure with places: the action annotates each problem, and the message holds them all. */
export class MigrationError extends UserError {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(problems.map(textOf).join('\n'))
    this.problems = problems
  }
}
