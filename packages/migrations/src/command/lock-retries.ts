import { setTimeout as sleep } from 'node:timers/promises'
import type { Session } from '../database/session.ts'
import { seconds } from '../run/duration.ts'
import type { ApplyOptions } from '../tool.ts'
import { cancelOnAbort, childName, watchChildBlockers } from './connections.ts'
import type { ChildResult } from './run-redacted.ts'

export interface Outcome {
  readonly result: ChildResult
  /** `Tried 3 times with a lock time-out of 5 s. Blocked by pid 311 (psql, …).`; empty when no lock was in the way. */
  readonly locked: string
}

/**
 * Calls `run` with the name for its connections, and again when it failed for a lock that another session holds, as often
 * as the options say. Who blocks it is looked for meanwhile, and an abort cancels its statements on the server.
 */
export async function withLockRetries(
  session: Session,
  options: ApplyOptions,
  program: string,
  run: (applicationName: string, retries: number) => Promise<ChildResult>,
): Promise<Outcome> {
  const { signal, lockRetries, lockTimeoutMs, say } = options
  for (let retries = 0; ; retries++) {
    const { result, blockers } = await once(session, options, program, name => run(name, retries))
    if (result.exitCode === 0 || signal.aborted || !isLockFailure(result.lines)) return { result, locked: '' }
    const by = blockers ? ` Blocked by ${blockers}.` : ''
    if (retries >= lockRetries) {
      const tries = `Tried ${retries + 1} times with a lock time-out of ${seconds(lockTimeoutMs)}.`
      return { result, locked: `${tries}${by}` }
    }
    // Half to one and a half of a wait that doubles, so that several runs do not keep meeting.
    const pause = Math.min(500 * 2 ** retries, 8000) * (0.5 + Math.random())
    say(`${program} met a lock.${by} Try ${retries + 2} of ${lockRetries + 1} in ${seconds(pause)}.`)
    await sleep(pause, undefined, { signal }).catch(() => {})
    if (signal.aborted) return { result, locked: '' }
  }
}

async function once(
  session: Session,
  { runner, signal }: ApplyOptions,
  program: string,
  run: (applicationName: string) => Promise<ChildResult>,
): Promise<{ readonly result: ChildResult; readonly blockers: string }> {
  signal.throwIfAborted()
  const name = childName(program, runner)
  const blockersSeen = watchChildBlockers(session, name)
  const stopCancel = cancelOnAbort(session, name, signal)
  try {
    const result = await run(name)
    return { result, blockers: await blockersSeen() }
  } finally {
    stopCancel()
    await blockersSeen()
  }
}

/** A lock time-out (55P03), a deadlock (40P01) or a serialisation failure (40001), in psycopg's, asyncpg's and libpq's words. */
export function isLockFailure(lines: readonly string[]): boolean {
  return lines.some(line =>
    /\b(LockNotAvailable|DeadlockDetected|SerializationFailure)(Error)?\b|canceling statement due to lock timeout|\b(55P03|40P01)\b/.test(
      line,
    ),
  )
}
