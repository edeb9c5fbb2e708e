import { uint8, uint32 } from './column.ts'

/** The blocks of one file of Go. */
export class GoBlocks {
  readonly #firsts = uint32()
  readonly #lasts = uint32()
  readonly #hits = uint8()

  add(first: number, last: number, hit: boolean): void {
    this.#firsts.push(first)
    this.#lasts.push(last)
    this.#hits.push(hit ? 1 : 0)
  }

  /** Each line that lies in a block, ascending, and whether a block that was counted is on it. */
  eachLine(take: (line: number, hit: boolean) => void): void {
    const [firsts, lasts, hits] = [this.#firsts.take(), this.#lasts.take(), this.#hits.take()]
    const order = Uint32Array.from(firsts.keys()).sort((a, b) => (firsts[a] ?? 0) - (firsts[b] ?? 0))
    // Going down the lines, only two things of all blocks seen matter: how far any reaches, and how far a counted one does.
    let [line, next, reach, hitReach] = [0, 0, 0, 0]
    while (next < order.length || line < reach) {
      line = line < reach ? line + 1 : (firsts[order[next] ?? 0] ?? 0)
      for (; next < order.length && firsts[order[next] ?? 0] === line; next++) {
        const block = order[next] ?? 0
        const last = lasts[block] ?? 0
        reach = Math.max(reach, last)
        if (hits[block] === 1) hitReach = Math.max(hitReach, last)
      }
      take(line, line <= hitReach)
    }
  }
}
