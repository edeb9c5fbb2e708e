import { messageOf, UserError } from '@tokenledger/kit'
import { MigrationError, type Problem } from '../problem.ts'
import { CannotRun } from './cannot-run.ts'
import type { Check, CheckContext, CheckName, CheckOutcome, CheckResult } from './check.ts'
import { equivalence } from './equivalence.ts'
import { heads } from './heads.ts'
import { invalid } from './invalid.ts'
import { locks } from './locks.ts'
import { models } from './models.ts'
import { twice } from './twice.ts'
import { upDownUp } from './up-down-up.ts'
import { upgradePath } from './upgrade-path.ts'

export interface WantedCheck {
  readonly name: CheckName
  /** True when the user named it: then it fails when it cannot run. */
  readonly required: boolean
}

interface Kind {
  readonly check: Check
  /** Creates databases on the server of the target. */
  readonly scratch?: true
  /** Warns in place of failing unless it was named. */
  readonly advisory?: true
}

const KINDS: Readonly<Record<CheckName, Kind>> = {
  twice: { check: twice },
  'up-down-up': { check: upDownUp, scratch: true },
  'upgrade-path': { check: upgradePath, scratch: true },
  heads: { check: heads },
  models: { check: models },
  locks: { check: locks },
  invalid: { check: invalid },
  equivalence: { check: equivalence, scratch: true, advisory: true },
}

/**
 * Runs checks one after the other and never throws. A check that cannot run is skipped with the reason when it came from
 * the defaults, and failed when it was named; anything else that goes wrong in it is its failure.
 */
export async function runChecks(
  names: readonly WantedCheck[],
  context: CheckContext,
): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const wanted of names) {
    const started = performance.now()
    const outcome = await outcomeOf(wanted, context)
    results.push({ ...outcome, name: wanted.name, ms: Math.round(performance.now() - started) })
  }
  return results
}

async function outcomeOf({ name, required }: WantedCheck, context: CheckContext): Promise<CheckOutcome> {
  const { check, scratch, advisory } = KINDS[name]
  try {
    if (scratch && !required && context.targetKind === 'remote') {
      throw new CannotRun('no scratch database is created on a remote server unless the check is named')
    }
    const outcome = await check(context)
    return advisory && !required && outcome.verdict === 'failed' ? { ...outcome, verdict: 'warned' } : outcome
  } catch (error) {
    if (!(error instanceof CannotRun)) return { verdict: 'failed', ...failureOf(error) }
    return required
      ? { verdict: 'failed', message: `It was asked for and could not run: ${error.message}.`, problems: [] }
      : { verdict: 'skipped', message: `Skipped: ${error.message}.`, problems: [] }
  }
}

function failureOf(error: unknown): { message: string; problems: readonly Problem[] } {
  if (error instanceof MigrationError) return { message: error.message, problems: error.problems }
  const message = error instanceof UserError ? error.message : `It broke: ${messageOf(error)}`
  return { message, problems: [] }
}
