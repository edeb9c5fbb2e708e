import type { ExitCodes } from './exit-codes.ts'
import type { Exits } from './exits.ts'

type Arc = readonly [from: number, to: number]

/**
 * Adds the exits of each line from the arcs that coverage.py lists: those that were taken and those that were not.
 *
 * A line with `# pragma: no branch` counts as taken in all of its exits, but only the arcs that were really taken are listed:
 * one of two. `total`, the number of exits in the file, tells that there is a second one. When such a line never ran it is
 * not listed at all, so its two exits are in the totals of the report alone.
 */
export function addArcs(
  exits: Exits,
  codes: ExitCodes,
  arcs: { readonly executed: readonly Arc[]; readonly missing: readonly Arc[] },
  total: number,
): void {
  const byLine = new Map<number, { taken: number; missing: number[] }>()
  const at = (line: number) => {
    const found = byLine.get(line) ?? { taken: 0, missing: [] }
    byLine.set(line, found)
    return found
  }
  for (const [from] of arcs.executed) at(from).taken++
  for (const [from, to] of arcs.missing) at(from).missing.push(to)
  let untold = total - arcs.executed.length - arcs.missing.length
  for (const [line, { taken, missing }] of [...byLine].sort(([a], [b]) => a - b)) {
    const more = untold > 0 && taken === 1 && missing.length === 0 ? 1 : 0
    untold -= more
    exits.add(line, taken + missing.length + more, taken + more)
    for (const to of missing) exits.missing(codes.codeOf(to < 0 ? 'exit' : String(to)))
  }
}
