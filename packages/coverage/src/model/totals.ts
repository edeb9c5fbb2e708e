import type { FileCoverage } from './file-coverage.ts'

/** What coverage.py counts: statements and exits of lines with more than one (coverage/results.py, `Numbers`). */
export interface Totals {
  readonly statements: number
  readonly executed: number
  readonly exits: number
  readonly taken: number
}

export const NOTHING: Totals = { statements: 0, executed: 0, exits: 0, taken: 0 }

export function totalsOfFile({ lines, hits, branches }: FileCoverage): Totals {
  let executed = 0
  for (const hit of hits) executed += hit
  let [exits, taken] = [0, 0]
  for (const line of branches.values()) {
    exits += line.exits
    taken += line.taken
  }
  return { statements: lines.length, executed, exits, taken }
}

export function add(a: Totals, b: Totals): Totals {
  return {
    statements: a.statements + b.statements,
    executed: a.executed + b.executed,
    exits: a.exits + b.exits,
    taken: a.taken + b.taken,
  }
}

/** The two numbers of coverage.py's percentage: executed statements and taken exits, of all statements and exits. */
export function ratioOf({ statements, executed, exits, taken }: Totals): { covered: number; valid: number } {
  return { covered: executed + taken, valid: statements + exits }
}
