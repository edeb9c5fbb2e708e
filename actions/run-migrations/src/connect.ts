import {
  applicationName,
  openSession,
  type Session,
  type ToolState,
  waitForLogin,
} from '@tokenledger/migrations'
import { sayLine } from './annotations.ts'
import type { Findings } from './findings.ts'
import type { Prepared } from './prepare.ts'
import { timed } from './timed.ts'

/** Waits until the database lets us in, and opens the connections of the run. */
export async function connectTo(
  prepared: Prepared,
  findings: Findings,
  signal: AbortSignal,
): Promise<Session> {
  const { target, inputs, env } = prepared
  const name = applicationName(env)
  const waited = await timed(findings, 'wait for the database', () =>
    waitForLogin(target, {
      timeoutMs: inputs.times.waitMs,
      applicationName: name,
      say: sayLine,
      writes: inputs.mode === 'apply' || inputs.mode === 'baseline',
      signal,
    }),
  )
  findings.waitedMs = waited.waitedMs
  findings.server = waited.server.version
  return openSession(target, { applicationName: name, main: waited.client })
}

/** Reads what the database has and lacks, before this run changes anything. */
export async function readState(
  prepared: Prepared,
  session: Session,
  findings: Findings,
): Promise<ToolState> {
  const state = await timed(findings, 'read the record', () => prepared.tool.state(session))
  findings.before = state
  setState(findings, state)
  return state
}

/** Notes where the database is now. */
export function setState(findings: Findings, { current, pending, knowsPending }: ToolState): void {
  findings.current = current
  if (knowsPending) findings.pending = pending.length
}
