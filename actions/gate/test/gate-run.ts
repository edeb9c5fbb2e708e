import { type BundleRun, type RunBundleOptions, runBundle } from '@tokenledger/testkit'

/** `toJSON(needs)` of jobs with these results. */
export function needsJson(results: Readonly<Record<string, string>>): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(results).map(([job, result]) => [job, { result, outputs: {} }])),
  )
}

/** Runs the built action; the API is an address where nobody answers, unless `options` names another one. */
export function runGate(
  inputs: Readonly<Record<string, string>>,
  options: Omit<RunBundleOptions, 'inputs'> = {},
): Promise<BundleRun> {
  return runBundle('gate', {
    ...options,
    inputs,
    env: { GITHUB_API_URL: 'http://127.0.0.1:1', ...options.env },
  })
}
