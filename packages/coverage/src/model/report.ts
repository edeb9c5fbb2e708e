import type { FileCoverage } from './file-coverage.ts'
import type { Totals } from './totals.ts'

export const FORMATS = ['cobertura', 'coveragepy-json', 'lcov', 'clover', 'jacoco', 'go'] as const
export type ReportFormat = (typeof FORMATS)[number]

/** One report file, as it was written. */
export interface CoverageReport {
  /** Where it was read from, as it is shown to people. */
  readonly path: string
  readonly format: ReportFormat
  /** What wrote it, such as `coverage.py 7.11.4`; undefined when it does not say. */
  readonly writer?: string
  /** Directories that the file names may be relative to (Cobertura's `<source>`); empty for other formats. */
  readonly sources: readonly string[]
  /** When it was written, in ms since 1970; undefined when it does not say. */
  readonly writtenAt?: number
  /** What it says of itself as a whole; undefined for formats without. */
  readonly declared?: Totals
  /** By file name as the report has it, which is not yet a path of the repository. */
  readonly files: ReadonlyMap<string, FileCoverage>
}
