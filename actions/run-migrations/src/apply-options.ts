import { inWords } from '@tokenledger/kit'
import { type ApplyOptions, applicationName } from '@tokenledger/migrations'
import { sayLine } from './annotations.ts'
import type { Findings } from './findings.ts'
import type { Prepared } from './prepare.ts'
import { runPage } from './runner.ts'

/** A statement on somebody's real data must end at some time; in CI the job's own time-out ends it. */
const REMOTE_STATEMENT_TIMEOUT_MS = 15 * 60_000

/** How to apply, and what happens after each migration that is committed. */
export function applyOptionsOf(
  { inputs, env, where }: Prepared,
  measure: ApplyOptions['measure'],
  findings: Findings,
  signal: AbortSignal,
): ApplyOptions {
  const { times, to, transaction } = inputs
  return {
    ...(to ? { to } : {}),
    transaction,
    lockWaitMs: times.lockWaitMs,
    lockTimeoutMs: times.lockTimeoutMs,
    lockRetries: times.lockRetries,
    statementTimeoutMs: times.statementTimeoutMs ?? (where === 'remote' ? REMOTE_STATEMENT_TIMEOUT_MS : 0),
    measure,
    runner: applicationName(env),
    runUrl: runPage(env),
    signal,
    say: sayLine,
    onApplied: migration => {
      findings.applied.push(migration)
      findings.current = migration.version
      if (findings.pending) findings.pending -= 1
      sayLine(`Applied ${migration.name} in ${inWords(migration.ms)}.`)
    },
  }
}
