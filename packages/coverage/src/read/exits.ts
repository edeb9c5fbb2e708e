import { type BranchColumns, BranchTable } from './branch-table.ts'
import { int32, uint32 } from './column.ts'
import type { ExitCodes } from './exit-codes.ts'

/** Exits of the lines of one file, while it is read. */
export class Exits {
  readonly #codes: ExitCodes
  readonly #lines = uint32()
  readonly #exits = uint32()
  readonly #taken = uint32()
  readonly #ends = uint32()
  readonly #missing = int32()
  #last = 0
  #ascending = true

  constructor(codes: ExitCodes) {
    this.#codes = codes
  }

  /** Adds a line with `exits` ways out of it; the exits that were not taken follow by {@link missing}, if they are known. */
  add(line: number, exits: number, taken: number): void {
    if (line <= this.#last) this.#ascending = false
    this.#last = line
    this.#lines.push(line)
    this.#exits.push(exits)
    this.#taken.push(taken)
    this.#ends.push(this.#missing.length)
  }

  /** An exit of the line added last that was never taken. */
  missing(code: number): void {
    this.#missing.push(code)
    this.#ends.values[this.#ends.length - 1] = this.#missing.length
  }

  addAll({ columns }: BranchTable): void {
    for (const [index, line] of columns.lines.entries()) this.#addEntry(line, entryAt(columns, index))
  }

  /** Ascending, each line once; empty again after it. */
  take(): BranchTable {
    const ascending = this.#ascending
    this.#last = 0
    this.#ascending = true
    const table = new BranchTable({
      lines: this.#lines.take(),
      exits: this.#exits.take(),
      taken: this.#taken.take(),
      ends: this.#ends.take(),
      missing: this.#missing.take(),
      codes: this.#codes,
    })
    return ascending ? table : this.#united(table.columns)
  }

  #united(columns: BranchColumns): BranchTable {
    // Sorting keeps the order of equal elements (ECMA-262, %TypedArray%.prototype.sort).
    const order = Uint32Array.from(columns.lines.keys()).sort(
      (a, b) => (columns.lines[a] ?? 0) - (columns.lines[b] ?? 0),
    )
    for (let start = 0; start < order.length; ) {
      const line = columns.lines[order[start] ?? 0] ?? 0
      let end = start + 1
      while (end < order.length && columns.lines[order[end] ?? 0] === line) end++
      const entries = Array.from(order.subarray(start, end), index => entryAt(columns, index))
      this.#addEntry(line, entries.reduce(unite))
      start = end
    }
    return this.take()
  }

  #addEntry(line: number, { exits, taken, missing }: Entry): void {
    this.add(line, exits, taken)
    for (const code of missing) this.missing(code)
  }
}

interface Entry {
  readonly exits: number
  readonly taken: number
  readonly missing: readonly number[]
}

function entryAt({ exits, taken, ends, missing }: BranchColumns, index: number): Entry {
  const start = index === 0 ? 0 : (ends[index - 1] ?? 0)
  return {
    exits: exits[index] ?? 0,
    taken: taken[index] ?? 0,
    missing: Array.from(missing.subarray(start, ends[index])),
  }
}

/** What two entries of a line say together: an exit is missing when both miss it; the larger numbers where that is not told. */
function unite(a: Entry, b: Entry): Entry {
  const exits = Math.max(a.exits, b.exits)
  if (a.exits !== b.exits || !isNamed(a) || !isNamed(b)) {
    return { exits, taken: Math.max(a.taken, b.taken), missing: [] }
  }
  const left = new Map<number, number>()
  for (const code of b.missing) left.set(code, (left.get(code) ?? 0) + 1)
  const missing = a.missing.filter(code => {
    const count = left.get(code) ?? 0
    if (count > 0) left.set(code, count - 1)
    return count > 0
  })
  return { exits, taken: exits - missing.length, missing }
}

function isNamed({ exits, taken, missing }: Entry): boolean {
  return missing.length === exits - taken
}
