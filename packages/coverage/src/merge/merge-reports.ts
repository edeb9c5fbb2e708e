import type { FileCoverage } from '../model/file-coverage.ts'
import type { ReportFormat } from '../model/report.ts'
import { type Leg, mergeFile } from './merge-file.ts'
import type { Disagreement, MergedCoverage } from './merged-coverage.ts'

/** A report after its names were resolved. */
export interface ResolvedReport {
  /** Where it was read from, as it is shown to people. */
  readonly path: string
  readonly format: ReportFormat
  /** By path in the repository. */
  readonly files: ReadonlyMap<string, FileCoverage>
}

/**
 * All reports as one, in time linear in their lines. A line is a statement when one report says so, and hit when it is in
 * one; branches as `mergeBranches` has it. What two reports of the same file say differently is told. That a line has no
 * branches says nothing in a report that was measured without any, nor in coverage.py's JSON, which leaves out those of a
 * `# pragma: no branch`.
 */
export function mergeReports(reports: readonly ResolvedReport[]): MergedCoverage {
  const legs = new Map<string, Leg[]>()
  for (const { path: report, format, files } of reports) {
    const listsBranches = format !== 'coveragepy-json' && hasBranches(files.values())
    for (const [path, file] of files) {
      const leg = { report, file, listsBranches }
      const others = legs.get(path)
      if (others) others.push(leg)
      else legs.set(path, [leg])
    }
  }
  const merged = new Map<string, FileCoverage>()
  const disagreements: Disagreement[] = []
  for (const path of [...legs.keys()].sort()) {
    const result = mergeFile(legs.get(path) ?? [])
    merged.set(path, result.file)
    for (const { line, what } of result.disagreements) disagreements.push({ path, line, what })
  }
  return { files: merged, disagreements }
}

function hasBranches(files: Iterable<FileCoverage>): boolean {
  for (const { branches } of files) if (branches.size > 0) return true
  return false
}
