import type { MergedCoverage } from '../merge/merged-coverage.ts'
import type { FileCoverage } from '../model/file-coverage.ts'
import type { CoverageReport } from '../model/report.ts'
import { add, NOTHING, type Totals, totalsOfFile } from '../model/totals.ts'
import { isOfCoveragePy } from './coverage-py.ts'

/** The totals that the gate judges, and why these. */
export interface CountedTotals {
  readonly totals: Totals
  /** `the report's own totals`, or `computed from the lines of 3 reports`. */
  readonly source: string
}

/**
 * Takes all reports, what they are merged, and how many files `exclude` left out. One report of coverage.py that counts as
 * a whole is believed in what it says of itself: its XML can have lost files that its totals still hold
 * (`crossCheck` tells), and its JSON does not list the exits of a `# pragma: no branch`. All else is added up from the lines.
 */
export function countedTotals(
  reports: readonly CoverageReport[],
  merged: MergedCoverage,
  excludedFiles: number,
): CountedTotals {
  const [only] = reports
  if (only?.declared && reports.length === 1 && excludedFiles === 0 && isOfCoveragePy(only)) {
    return { totals: only.declared, source: "the report's own totals" }
  }
  const of = reports.length === 1 ? 'the lines of 1 report' : `the lines of ${reports.length} reports`
  const sum = sumOf(merged.files.values())
  const totals = excludedFiles === 0 ? withUnlistedExits(sum, reports) : sum
  return { totals, source: `computed from ${of}` }
}

/**
 * coverage.py counts the exits of a `# pragma: no branch` as taken, and its JSON does not list them. When all reports are of
 * the same statements and have the same number of exits in their own totals, what is not listed is known from these.
 */
function withUnlistedExits(sum: Totals, reports: readonly CoverageReport[]): Totals {
  const [exits, ...others] = new Set(reports.map(({ declared }) => declared?.exits))
  const areAlike = others.length === 0 && reports.every(report => isOfTheSame(report, sum))
  if (exits === undefined || !areAlike) return sum
  return { ...sum, exits, taken: exits - (sum.exits - sum.taken) }
}

function isOfTheSame(report: CoverageReport, { statements }: Totals): boolean {
  return isOfCoveragePy(report) && report.declared?.statements === statements
}

/** Of all files together. */
export function sumOf(files: Iterable<FileCoverage>): Totals {
  let sum = NOTHING
  for (const file of files) sum = add(sum, totalsOfFile(file))
  return sum
}
