import type { CoverageReport } from '../model/report.ts'

/** Whether coverage.py wrote it, so that its totals are those of `coverage report`. */
export function isOfCoveragePy({ format, writer }: CoverageReport): boolean {
  return format === 'coveragepy-json' || (writer?.startsWith('coverage.py') ?? false)
}
