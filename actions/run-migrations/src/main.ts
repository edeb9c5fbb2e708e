import { resolve } from 'node:path'
import { annotate, info } from '@tokenledger/kit'
import { annotateProblems } from './annotations.ts'
import { applyMode } from './apply-mode.ts'
import { connectTo, readState } from './connect.ts'
import { failureOf } from './failure.ts'
import { type Findings, noFindings } from './findings.ts'
import { readInputs } from './inputs.ts'
import { lintWarnings } from './lint.ts'
import { preflight } from './preflight.ts'
import { prepare } from './prepare.ts'
import { publish } from './publish.ts'
import { baselineMode, planMode, statusMode, verifyMode } from './read-only-modes.ts'
import { watchSignals } from './signals.ts'
import { verdictSentence } from './verdict.ts'

const MODES = {
  apply: applyMode,
  plan: planMode,
  verify: verifyMode,
  status: statusMode,
  baseline: baselineMode,
} as const

/** Brings a database to its newest schema, and says what it did; outputs and summary also when it fails or is cancelled. */
export async function main(): Promise<void> {
  const findings = noFindings()
  const cancellation = watchSignals()
  let failed: { readonly error: unknown } | undefined
  try {
    await cancellation.bounded(migrate(findings, cancellation.signal))
  } catch (error) {
    failed = { error }
    findings.cancelled = cancellation.signal.aborted
    findings.failure = failureOf(error, findings)
  }
  annotateProblems('warning', findings.warnings)
  await publish(findings)
  cancellation.stop()
  info(verdictSentence(findings))
  if (failed) endFailed(failed.error, findings)
}

async function migrate(findings: Findings, signal: AbortSignal): Promise<void> {
  const workspace = resolve(process.env.GITHUB_WORKSPACE ?? '.')
  const inputs = readInputs(workspace)
  findings.mode = inputs.mode
  findings.summary = inputs.summary
  const prepared = await prepare(inputs, workspace, process.env, findings)
  const known = await preflight(prepared)
  const session = await connectTo(prepared, findings, signal)
  try {
    const state = await readState(prepared, session, findings)
    if (inputs.mode === 'apply' || inputs.mode === 'plan') {
      findings.warnings.push(...(await lintWarnings(prepared, known, state)))
    }
    await MODES[inputs.mode]({ prepared, preflight: known, session, state, findings, signal })
  } finally {
    await session.close()
  }
}

/** Problems are annotated on their lines; only a failure without them is left to `run`, so nothing is said twice. */
function endFailed(error: unknown, { failure, cancelled, remote }: Findings): void {
  if (!failure || (!cancelled && failure.problems.length === 0)) throw error
  if (failure.problems.length > 0) annotateProblems('error', failure.problems, remote ? 'without' : 'with')
  else annotate([{ level: 'error', message: failure.message }])
  process.exitCode = 1
  // What was given up may hold connections open for longer than GitHub waits.
  if (cancelled) process.exit()
}
