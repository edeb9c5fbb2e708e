import { uint8, uint32 } from './column.ts'

/** Lines with a statement of one file, while it is read. */
export class Statements {
  readonly #lines = uint32()
  readonly #hits = uint8()
  #last = 0
  #ascending = true

  add(line: number, hit: boolean): void {
    if (line <= this.#last) this.#ascending = false
    this.#last = line
    this.#lines.push(line)
    this.#hits.push(hit ? 1 : 0)
  }

  /** Ascending, each line once, hit when any of its entries is; empty again after it. */
  take(): { lines: Uint32Array; hits: Uint8Array } {
    const ascending = this.#ascending
    this.#last = 0
    this.#ascending = true
    const [lines, hits] = [this.#lines.take(), this.#hits.take()]
    return ascending ? { lines, hits } : inOrder(lines, hits)
  }
}

function inOrder(lines: Uint32Array, hits: Uint8Array): { lines: Uint32Array; hits: Uint8Array } {
  // A line takes at most 24 bits, so line and hit sort as one number; of one line the hit comes last.
  const sorted = Uint32Array.from(lines, (line, index) => line * 2 + (hits[index] ?? 0)).sort()
  let length = 0
  for (const entry of sorted) {
    const same = length > 0 && (sorted[length - 1] ?? 0) >>> 1 === entry >>> 1
    if (!same) length++
    sorted[length - 1] = entry
  }
  const unique = sorted.subarray(0, length)
  return { lines: unique.map(entry => entry >>> 1), hits: Uint8Array.from(unique, entry => entry & 1) }
}
