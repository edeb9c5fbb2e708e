import { setTimeout as sleep } from 'node:timers/promises'
import { MigrationError } from '../problem.ts'
import { type Blocker, describeHolder, holderOf, runUrlOf } from './blockers.ts'
import { seconds } from './duration.ts'
import type { Run } from './run.ts'

const POLL_MS = 250

/**
 * Calls `attempt` until it gives something. It has to try for the lock without waiting: a session that waits for an advisory
 * lock holds a snapshot, for which CREATE INDEX CONCURRENTLY in the holder waits in turn, and PostgreSQL ends one of them
 * with 40P01. After `lockWaitMs` a MigrationError names the holder.
 */
export async function untilLocked<T>(run: Run, attempt: () => Promise<T | undefined>): Promise<T> {
  const { options } = run
  const started = performance.now()
  for (let tries = 1; ; tries++) {
    options.signal.throwIfAborted()
    const locked = await attempt()
    if (locked !== undefined) return locked
    const waited = performance.now() - started
    const holder = await holderIfSeen(run)
    if (waited >= options.lockWaitMs) throw new MigrationError([{ message: heldText(run, holder, waited) }])
    if (tries === 1)
      options.say(`Waiting for the migration lock${holder ? `: ${describeHolder(holder)}` : ''}`)
    const pause = Math.min(jitter(POLL_MS), options.lockWaitMs - waited + 1)
    await sleep(pause, undefined, { signal: options.signal })
  }
}

/** Between half and one and a half of it, so that several runs do not keep meeting. */
export function jitter(ms: number): number {
  return ms * (0.5 + Math.random())
}

async function holderIfSeen({ session, table }: Run): Promise<Blocker | undefined> {
  return holderOf(session, table.lockKeys).catch(() => undefined)
}

function heldText({ options }: Run, holder: Blocker | undefined, waitedMs: number): string {
  const waited = `Waited ${seconds(waitedMs)}.`
  if (!holder)
    return `Another run holds the migration lock, and has let go of it while we asked who. ${waited}`
  const own = new URL(options.runUrl || 'https://github.com')
  // PostgreSQL cuts application_name, and the holder most likely belongs to this repository.
  const [, owner, name] = own.pathname.split('/')
  const page = runUrlOf(holder, own.origin, owner && name ? `${owner}/${name}` : '')
  return `Another run holds the migration lock: ${describeHolder(holder)}. ${waited} ${page}`.trimEnd()
}
