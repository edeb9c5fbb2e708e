import { int32, uint8, uint32 } from './column.ts'
import type { ExitCodes } from './exit-codes.ts'
import { Exits } from './exits.ts'

const LINE = /^jump to line (\d+)$/
/** coverage/parser.py of coverage.py 7.17, the `action_msg` of arcs to a negative line. */
const EXIT = /^(?:jump to the function exit$|return from |exit )/

/** The `BRDA` of one record of lcov: one of them is one exit, and those of a line can be anywhere in the record. */
export class LcovBranches {
  /** What the record's `BRF` says. */
  found = 0
  readonly #codes: ExitCodes
  readonly #lines = uint32()
  readonly #keys = int32()
  readonly #taken = uint8()
  readonly #exits: Exits

  constructor(codes: ExitCodes) {
    this.#codes = codes
    this.#exits = new Exits(codes)
  }

  /** `key` are the fields between line and count: what tells the exit from others of its line. */
  add(line: number, key: string, taken: boolean): void {
    this.#lines.push(line)
    this.#keys.push(this.#codeOf(key))
    this.#taken.push(taken ? 1 : 0)
  }

  /** The exits by line; empty again after it. */
  takeExits(): Exits {
    const [lines, keys, taken] = [this.#lines.take(), this.#keys.take(), this.#taken.take()]
    let untold = Math.max(this.found - lines.length, 0)
    this.found = 0
    const order = Uint32Array.from(lines.keys()).sort((a, b) => (lines[a] ?? 0) - (lines[b] ?? 0))
    for (let start = 0; start < order.length; ) {
      const line = lines[order[start] ?? 0] ?? 0
      let end = start + 1
      while (end < order.length && lines[order[end] ?? 0] === line) end++
      const entries = order.subarray(start, end)
      const missing = Int32Array.from(
        entries.filter(index => taken[index] === 0),
        index => keys[index] ?? 0,
      ).sort()
      const isOnlyOne = entries.length === 1 && missing.length === 0
      const more = isOnlyOne && untold > 0 && this.#isOfCoveragePy(keys[entries[0] ?? 0]) ? 1 : 0
      untold -= more
      this.#exits.add(line, entries.length + more, entries.length + more - missing.length)
      for (const code of missing) this.#exits.missing(code)
      start = end
    }
    return this.#exits
  }

  /**
   * A line with `# pragma: no branch` counts as taken in all of its exits, but coverage.py lists only those that were: one of
   * two. That it has a second one shows in `BRF` alone.
   */
  #isOfCoveragePy(code: number | undefined): boolean {
    return code !== undefined && this.#codes.nameOf(code) !== undefined
  }

  #codeOf(key: string): number {
    const description = key.slice(key.indexOf(',') + 1)
    const [, line] = LINE.exec(description) ?? []
    if (line !== undefined) return this.#codes.codeOf(line)
    return EXIT.test(description) ? this.#codes.codeOf('exit') : this.#codes.codeOfKey(key)
  }
}
