import type { Verdict } from '../gate/verdict.ts'
import type { Disagreement } from '../merge/merged-coverage.ts'
import type { ReportFormat } from '../model/report.ts'
import type { Totals } from '../model/totals.ts'
import type { UncoveredFile } from './uncovered.ts'

/** All that the summary, the comment and the badge show. It is plain data, so that it can go through a file as JSON. */
export interface CoverageView {
  readonly verdict: Verdict
  /** What fails the run beside the gates, such as paths that are not resolved; one line each with its remedy. */
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
  /** Decimals of a percentage. */
  readonly precision: number
  /** What the gate judged. It can be more than the sum of `files`, as coverage.py's XML loses files. */
  readonly total: Totals
  readonly files: readonly FileTotals[]
  readonly base?: BaseTotals
  readonly patch: PatchView
  readonly links: Links
  readonly computed: Computed
  /** What became of the upload; undefined while it is not known, as in the summary, which is written before. */
  readonly upload?: { readonly text: string; readonly url?: string }
}

export interface FileTotals {
  /** In the repository. */
  readonly path: string
  readonly totals: Totals
}

export interface BaseTotals {
  readonly total: Totals
  /** Where they are from, for people: `base.xml`. */
  readonly source: string
}

/** The changed lines, or why there is nothing to say about them. */
export type PatchView =
  | {
      readonly kind: 'measured'
      readonly covered: number
      /** 0 when the change touches nothing that is measured. */
      readonly valid: number
      readonly files: readonly PatchFileView[]
      /** `git diff 4c353ff..a1b2c3d, the merge commit against its first parent`. */
      readonly source: string
      /** Files whose lines could not be compared, with the reason. */
      readonly notComparable: readonly { readonly path: string; readonly reason: string }[]
    }
  | { readonly kind: 'unknown'; readonly reason: string }

export interface PatchFileView extends UncoveredFile {
  readonly covered: number
  readonly valid: number
}

export interface Links {
  /** `https://github.com`, without a slash at the end. */
  readonly serverUrl: string
  /** `owner/name` */
  readonly repository: string
  /** Number of the pull request; undefined for a push. */
  readonly pull?: number
  readonly runUrl: string
  /** The commit that was checked out; of a pull request mostly a merge that GitHub made. */
  readonly testedSha: string
  /** The commit that was pushed. */
  readonly headSha: string
}

/** How the numbers came about. */
export interface Computed {
  readonly reports: readonly ReportLine[]
  /** `the report's own totals`. */
  readonly totalSource: string
  /** Names in reports that are no file of the repository. */
  readonly unresolved: readonly string[]
  /** Paths left out by `exclude`. */
  readonly excluded: readonly string[]
  readonly disagreements: readonly Disagreement[]
}

export interface ReportLine {
  readonly path: string
  readonly format: ReportFormat
  readonly writer?: string
  readonly sources: readonly string[]
  readonly files: number
}
