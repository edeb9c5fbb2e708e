import type { LineBranches } from '../model/file-coverage.ts'

/**
 * The branches of one line in several reports as one; at least one report. It never says more than was taken.
 *
 * - Reports that have as many exits and name what they miss: an exit is missing when all of them miss it. This is what
 *   `coverage combine` gives for the same source and Python version.
 * - Numbers alone do not say which exits were taken: two reports with 1 of 2 each can have taken 1 or 2 together. The most
 *   that one report has, or those with names together, is believed. One that took every exit needs no names.
 * - Reports with fewer exits than others parse the line differently. The most exits count, and of the others only how many
 *   they took at most.
 */
export function mergeBranches(reports: readonly LineBranches[]): LineBranches {
  const [first, ...others] = reports
  if (first && others.length === 0) return first
  const exits = Math.max(...reports.map(report => report.exits))
  const merged = mergeSame(
    exits,
    reports.filter(report => report.exits === exits),
  )
  const elsewhere = Math.max(0, ...reports.filter(report => report.exits < exits).map(({ taken }) => taken))
  return elsewhere > merged.taken ? { exits, taken: elsewhere } : merged
}

/** Reports that have `exits` exits each. */
function mergeSame(exits: number, reports: readonly LineBranches[]): LineBranches {
  const named = reports.map(report => report.missing).filter(missing => missing !== undefined)
  const missing = named.length > 0 ? named.reduce(intersection) : undefined
  const takenByName = missing ? exits - missing.length : 0
  const taken = Math.max(takenByName, ...reports.map(report => report.taken))
  if (taken === exits) return { exits, taken, missing: [] }
  const allNamed = named.length === reports.length
  return missing && allNamed ? { exits, taken, missing } : { exits, taken }
}

/** What both have, as often as both have it: two exits of a line can both be called `exit`. In the order of the first. */
function intersection(a: readonly string[], b: readonly string[]): readonly string[] {
  const rest = [...b]
  return a.filter(name => {
    const at = rest.indexOf(name)
    if (at >= 0) rest.splice(at, 1)
    return at >= 0
  })
}
