import type { CheckContext, CheckName, CheckResult } from './check.ts'

export interface WantedCheck {
  readonly name: CheckName
  /** True when the user named it: then it fails when it cannot run. */
  readonly required: boolean
}

/** Runs checks one after the other. Never throws. */
export async function runChecks(
  _names: readonly WantedCheck[],
  _context: CheckContext,
): Promise<CheckResult[]> {
  throw new Error('not built yet')
}
