/** The exits of a line that can go on in more than one place. */
export interface LineBranches {
  readonly exits: number
  readonly taken: number
  /**
   * The exits that were never taken, as the report names them: `42` or `exit`. Undefined where the format gives numbers alone;
   * otherwise `exits - taken` names.
   */
  readonly missing?: readonly string[]
}

export type LineState = 'hit' | 'missed'

/** What was measured of one source file: its statements by line, numbered from 1, and the branches on some of them. */
export class FileCoverage {
  /** Lines with a statement, ascending, each once. */
  readonly lines: Uint32Array
  /** For each of `lines` 1 when it was executed, else 0. */
  readonly hits: Uint8Array
  readonly branches: ReadonlyMap<number, LineBranches>

  /** Typed arrays, because a report of 100 MB holds three million lines. */
  constructor(lines: Uint32Array, hits: Uint8Array, branches: ReadonlyMap<number, LineBranches> = new Map()) {
    this.lines = lines
    this.hits = hits
    this.branches = branches
  }

  /** Undefined for a line without a statement: a blank, a comment, a continuation line, or one that is excluded. */
  stateOf(line: number): LineState | undefined {
    const index = this.#indexOf(line)
    if (index < 0) return undefined
    return this.hits[index] === 1 ? 'hit' : 'missed'
  }

  #indexOf(line: number): number {
    let [low, high] = [0, this.lines.length - 1]
    while (low <= high) {
      const middle = (low + high) >>> 1
      const found = this.lines[middle] ?? 0
      if (found === line) return middle
      if (found < line) low = middle + 1
      else high = middle - 1
    }
    return -1
  }
}
