import { UserError } from '@tokenledger/kit'

/** A place in a report, both numbers from 1; the column only where a line can be long. */
export interface Place {
  readonly line: number
  readonly column?: number
}

/** For a report whose end is missing; `how` says what shows it. */
export function cutOff(report: string, how: string): UserError {
  return new UserError(
    `${report} is cut off: ${how}. The test step was probably killed; nothing was gated or uploaded.`,
  )
}

/** For content that no coverage tool writes and that could harm a reader. */
export function unsafe(report: string, what: string, line: number): UserError {
  return new UserError(`${report} has ${what} (line ${line}). Refused for safety.`)
}

/** For a report that breaks its format at one place. */
export function broken(report: string, { line, column }: Place, what: string): UserError {
  const place = column === undefined ? `line ${line}` : `line ${line}, column ${column}`
  return new UserError(
    `${report} is not readable at ${place}: ${what}. Write the report anew; nothing was gated or uploaded.`,
  )
}

export function withoutFiles(report: string): UserError {
  return new UserError(
    `${report} lists no files, so there is nothing to measure. The tests probably ran without coverage of the project's code; check --cov or [tool.coverage.run] source.`,
  )
}

/** A value of a report as it can stand in a message: one line, quoted, at most 60 characters of it. */
export function quoted(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
}
