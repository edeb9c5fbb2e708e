/** A changed statement that counts as not covered. */
export interface UncoveredLine {
  /** Line of the statement in the tested tree. */
  readonly line: number
  /** The changed lines that belong to it; continuation lines of a statement are not `line` itself. Ascending. */
  readonly changed: readonly number[]
  readonly kind: 'missed' | 'partial'
  /** Exits never taken, as `42` or `exit`; empty for a missed line, or where the report does not name them. */
  readonly missing: readonly string[]
}

/** The changed statements of one file. */
export interface PatchFile {
  readonly path: string
  readonly covered: number
  readonly valid: number
  /** Ascending. */
  readonly uncovered: readonly UncoveredLine[]
}

/** The changed statements of a change. `valid` is 0 when it touches nothing that is measured. */
export interface PatchCoverage {
  readonly covered: number
  readonly valid: number
  /** Files with at least one changed statement, by path. */
  readonly files: readonly PatchFile[]
}
