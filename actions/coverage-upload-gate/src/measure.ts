import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CoverageReport, MergedCoverage, Tree } from '@tokenledger/coverage'
import {
  type CountedTotals,
  countedTotals,
  crossCheck,
  mergeReports,
  pathProblems,
  readReport,
  resolvePaths,
} from '@tokenledger/coverage'
import type { ReportPath } from './find-reports.ts'
import type { CoverageInputs } from './inputs.ts'

/** What the reports say, all of them as one. */
export interface Measurement {
  readonly reports: readonly CoverageReport[]
  readonly merged: MergedCoverage
  readonly total: CountedTotals
  readonly unresolved: readonly string[]
  readonly excluded: readonly string[]
  /** Reports that do not fit the repository or themselves; one line each with its remedy. */
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
}

/** Reads the reports one after the other, finds their files in the repository, and merges them. */
export async function measure(
  paths: readonly ReportPath[],
  tracked: ReadonlySet<string>,
  inputs: CoverageInputs,
): Promise<Measurement> {
  const { format, maxBytes } = inputs.reports
  const tree = treeOf(tracked, inputs)
  const [reports, resolved, unresolved, excluded] = [
    [] as CoverageReport[],
    [] as Parameters<typeof mergeReports>[0][number][],
    new Set<string>(),
    new Set<string>(),
  ]
  const [errors, warnings] = [[] as string[], [] as string[]]
  for (const { absolute, shown } of paths) {
    const report = await readReport(absolute, { shownAs: shown, format, maxBytes })
    const found = resolvePaths(report, tree)
    const { failures, notes } = pathProblems(report, found, tracked)
    const contradiction = crossCheck(report)
    errors.push(...failures, ...(contradiction?.severity === 'error' ? [contradiction.message] : []))
    warnings.push(...notes, ...(contradiction?.severity === 'warning' ? [contradiction.message] : []))
    for (const { name } of found.unresolved) unresolved.add(name)
    for (const path of found.excluded) excluded.add(path)
    reports.push(report)
    // coverage.py counts files that are not in git as well, such as generated ones.
    resolved.push({
      path: shown,
      format: report.format,
      files: found.others.size > 0 ? new Map([...found.files, ...found.others]) : found.files,
    })
  }
  const merged = mergeReports(resolved)
  const total = countedTotals(reports, merged, excluded.size)
  return {
    reports,
    merged,
    total,
    unresolved: [...unresolved],
    excluded: [...excluded].sort(),
    errors,
    warnings,
  }
}

function treeOf(
  tracked: ReadonlySet<string>,
  { reports, workspace, workingDirectory }: CoverageInputs,
): Tree {
  const { pathMap, exclude } = reports
  const exists = (path: string) => existsSync(join(workspace, path))
  return { tracked, workspace, workingDirectory, pathMap, exclude, exists }
}
