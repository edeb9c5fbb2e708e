import type { LineBranches } from '../model/file-coverage.ts'
import type { ExitCodes } from './exit-codes.ts'

/** Branches of a file as columns, ascending by line, each line once. */
export interface BranchColumns {
  readonly lines: Uint32Array
  readonly exits: Uint32Array
  readonly taken: Uint32Array
  /** Where the codes of each line end in `missing`; they begin where those of the line before end. */
  readonly ends: Uint32Array
  readonly missing: Int32Array
  readonly codes: ExitCodes
}

/**
 * The branches of a file by line. A `Map` of objects takes about 250 bytes a line, and a report of 100 MB has four hundred
 * thousand of them; columns take 20.
 */
export class BranchTable implements ReadonlyMap<number, LineBranches> {
  readonly columns: BranchColumns

  constructor(columns: BranchColumns) {
    this.columns = columns
  }

  get size(): number {
    return this.columns.lines.length
  }

  get(line: number): LineBranches | undefined {
    const index = this.#indexOf(line)
    return index < 0 ? undefined : this.#at(index)
  }

  has(line: number): boolean {
    return this.#indexOf(line) >= 0
  }

  forEach(
    callback: (value: LineBranches, key: number, map: ReadonlyMap<number, LineBranches>) => void,
    self?: unknown,
  ): void {
    for (const [line, branches] of this) callback.call(self, branches, line, this)
  }

  *entries(): MapIterator<[number, LineBranches]> {
    for (const [index, line] of this.columns.lines.entries()) yield [line, this.#at(index)]
  }

  *keys(): MapIterator<number> {
    yield* this.columns.lines
  }

  *values(): MapIterator<LineBranches> {
    for (let index = 0; index < this.size; index++) yield this.#at(index)
  }

  [Symbol.iterator](): MapIterator<[number, LineBranches]> {
    return this.entries()
  }

  #at(index: number): LineBranches {
    const { exits: allExits, taken: allTaken, ends, missing, codes } = this.columns
    const [exits = 0, taken = 0] = [allExits[index], allTaken[index]]
    const named = missing.subarray(index === 0 ? 0 : ends[index - 1], ends[index])
    if (named.length !== exits - taken) return { exits, taken }
    const names: string[] = []
    for (const code of named) {
      const name = codes.nameOf(code)
      if (name === undefined) return { exits, taken }
      names.push(name)
    }
    return { exits, taken, missing: names }
  }

  #indexOf(line: number): number {
    const { lines } = this.columns
    let [low, high] = [0, lines.length - 1]
    while (low <= high) {
      const middle = (low + high) >>> 1
      const found = lines[middle] ?? 0
      if (found === line) return middle
      if (found < line) low = middle + 1
      else high = middle - 1
    }
    return -1
  }
}
