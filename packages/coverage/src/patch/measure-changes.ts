import type { FileCoverage } from '../model/file-coverage.ts'
import type { Changes } from './changes.ts'
import type { PatchCoverage, PatchFile, UncoveredLine } from './patch-coverage.ts'
import { statementStarts } from './python-lines.ts'

export interface PatchOptions {
  /** Whether a changed line that was executed, but not with all its exits, counts as covered. */
  readonly partialBranch: 'miss' | 'hit'
  /** Whether a change inside of a statement of several lines is a change of that statement. */
  readonly multiline: boolean
  /** Text of a file of the tested tree; undefined when it cannot be read. Asked for only where it is needed. */
  source(path: string): string | undefined
}

/**
 * How many of the changed statements are covered. A changed line with a statement is that statement. Reports give a statement
 * of several lines at its first one; with `multiline`, a changed continuation line of a Python file is a change of the
 * statement that begins there, whose logical lines are read from the source. In other languages where a statement ends cannot
 * be told without a parser, and a guess would blame a change for its neighbour, so there the line is not counted. Neither
 * are blank lines, comments, and what is excluded. Each statement counts once.
 */
export function patchCoverage(
  changes: Pick<Changes, 'files'>,
  files: ReadonlyMap<string, FileCoverage>,
  options: PatchOptions,
): PatchCoverage {
  const measured: PatchFile[] = []
  for (const [path, lines] of changes.files) {
    const coverage = files.get(path)
    if (!coverage) continue
    const statements = changedStatements(path, lines, coverage, options)
    if (statements.size > 0) measured.push(measureFile(path, statements, coverage, options))
  }
  measured.sort((a, b) => (a.path < b.path ? -1 : 1))
  return {
    covered: measured.reduce((sum, { covered }) => sum + covered, 0),
    valid: measured.reduce((sum, { valid }) => sum + valid, 0),
    files: measured,
  }
}

/** Line of each changed statement → the changed lines that belong to it. */
function changedStatements(
  path: string,
  lines: readonly number[],
  coverage: FileCoverage,
  { multiline, source }: PatchOptions,
): Map<number, number[]> {
  const statements = new Map<number, number[]>()
  let starts: Uint32Array | undefined
  for (const line of lines) {
    let statement = line
    if (coverage.stateOf(line) === undefined) {
      if (!multiline || !/\.pyi?$/.test(path)) continue
      starts ??= statementStarts(source(path) ?? '')
      statement = starts[line] ?? 0
      if (coverage.stateOf(statement) === undefined) continue
    }
    const changed = statements.get(statement)
    if (changed) changed.push(line)
    else statements.set(statement, [line])
  }
  return statements
}

function measureFile(
  path: string,
  statements: ReadonlyMap<number, readonly number[]>,
  coverage: FileCoverage,
  { partialBranch }: PatchOptions,
): PatchFile {
  const uncovered: UncoveredLine[] = []
  for (const [line, changed] of statements) {
    const branches = coverage.branches.get(line)
    if (coverage.stateOf(line) === 'missed') uncovered.push({ line, changed, kind: 'missed', missing: [] })
    else if (partialBranch === 'miss' && branches && branches.taken < branches.exits) {
      uncovered.push({ line, changed, kind: 'partial', missing: branches.missing ?? [] })
    }
  }
  uncovered.sort((a, b) => a.line - b.line)
  return { path, covered: statements.size - uncovered.length, valid: statements.size, uncovered }
}
