import type { FileCoverage } from '../model/file-coverage.ts'

/** Something that two reports say differently of one line: what it holds depends on the Python version or the platform. */
export interface Disagreement {
  readonly path: string
  readonly line: number
  /** `a statement in 3.11/coverage.xml, none in 3.13/coverage.xml`. */
  readonly what: string
}

/** All reports as one. */
export interface MergedCoverage {
  /** By path in the repository, sorted by code unit. */
  readonly files: ReadonlyMap<string, FileCoverage>
  readonly disagreements: readonly Disagreement[]
}
