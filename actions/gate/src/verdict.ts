export const RESULTS = ['success', 'failure', 'cancelled', 'skipped'] as const
export type Result = (typeof RESULTS)[number]

export interface GateRules {
  /** Result of each job, in the order of `needs`. */
  readonly needs: ReadonlyMap<string, Result>
  /** Jobs that may be skipped, each with its reason. */
  readonly skipped: ReadonlyMap<string, string>
  /** Jobs that may be skipped when one of the named jobs was not successful. */
  readonly skippedAfter: ReadonlyMap<string, readonly string[]>
}

export interface JudgedJob {
  readonly job: string
  readonly result: Result
  readonly passes: boolean
  /** Why it was skipped; `''` for a job that was not. */
  readonly reason: string
}

/** A job passes when it succeeded, or was skipped and something allows that. */
export function judge(rules: GateRules): JudgedJob[] {
  return [...rules.needs].map(([job, result]) => {
    if (result !== 'skipped') return { job, result, passes: result === 'success', reason: '' }
    const reason = rules.skipped.get(job) ?? reasonAfter(job, rules)
    return { job, result, passes: reason !== undefined, reason: reason ?? 'nothing allows it' }
  })
}

/**
 * The first of the jobs before it that fails the gate by itself. One that was skipped and could be excused in the same way is
 * none, or two of them could excuse each other.
 */
function reasonAfter(job: string, { needs, skipped, skippedAfter }: GateRules): string | undefined {
  const culprit = skippedAfter.get(job)?.find(other => {
    const result = needs.get(other)
    if (result === 'skipped') return !skipped.has(other) && !skippedAfter.has(other)
    return result !== 'success'
  })
  return culprit === undefined ? undefined : `${culprit} was not successful`
}
