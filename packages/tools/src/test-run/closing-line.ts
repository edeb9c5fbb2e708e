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

/** `N passed, N failed` over all runs. */
export function closingLine(runs: readonly JestRun[]): string {
  return `${sum(runs, passes)} passed, ${sum(runs, failures)} failed`
}

/** Whether all runs are good: something passed, nothing failed, and jest itself says so where it could. */
export function succeeded(runs: readonly JestRun[]): boolean {
  const ended = runs.every(({ status, endedByUs }) => status === 0 || endedByUs)
  return ended && sum(runs, failures) === 0 && sum(runs, passes) > 0
}

function passes({ results }: JestRun): number {
  return results?.numPassedTests ?? 0
}

/** A suite that does not load has failed although none of its tests did, as has a missing report. */
function failures({ results }: JestRun): number {
  return results ? results.numFailedTests + results.numRuntimeErrorTestSuites : 1
}

function sum(runs: readonly JestRun[], count: (run: JestRun) => number): number {
  return runs.reduce((total, run) => total + count(run), 0)
}
