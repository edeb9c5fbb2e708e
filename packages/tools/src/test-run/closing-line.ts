/** What jest's JSON report counts; undefined where there is no report. */
export type Results =
  | {
      readonly numPassedTests: number
      readonly numFailedTests: number
      readonly numRuntimeErrorTestSuites: number
    }
  | undefined

/** How a run of jest ended: `status` is its exit code, null when it was ended by a signal. */
export interface JestRun {
  readonly results: Results
  readonly status: number | null
  /** Its report was whole, and it was ended as it did not end by itself. */
  readonly endedByUs: boolean
}

/** `N passed, N failed`; a suite that does not load has failed although none of its tests did, as has a missing report. */
export function closingLine(results: Results): string {
  return `${results?.numPassedTests ?? 0} passed, ${failures(results)} failed`
}

/** Whether the whole run is good: something passed, nothing failed, and jest itself says so where it could. */
export function succeeded({ results, status, endedByUs }: JestRun): boolean {
  return (status === 0 || endedByUs) && failures(results) === 0 && (results?.numPassedTests ?? 0) > 0
}

function failures(results: Results): number {
  return results ? results.numFailedTests + results.numRuntimeErrorTestSuites : 1
}
