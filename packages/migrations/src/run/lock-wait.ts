import { type Blocker, type BlockerWatch, watchBlockers } from './blockers.ts'
import type { Run } from './run.ts'

/** What a file waited for. */
export interface LockWait {
  /** As the side connection names it; undefined when the wait was too short to be seen, or for a row. */
  readonly relation: string | undefined
  readonly blockers: readonly Blocker[]
}

export interface LockWatch {
  stop(): Promise<LockWait>
}

const SAMPLE_MS = 100
const WANTED = `SELECT relation::pg_catalog.regclass::pg_catalog.text AS relation FROM pg_catalog.pg_locks
  WHERE pid OPERATOR(pg_catalog.=) $1 AND NOT granted AND relation IS NOT NULL`

/**
 * Watches what the open transaction waits for, since a lock time-out tells neither table nor blocker. It begins after a while:
 * most files wait for nothing and need not pay for it. Behind a pooler there may be no connection to watch with.
 */
export function watchLockWait(run: Run): LockWatch {
  const { session, options } = run
  if (session.pooled || options.lockTimeoutMs === 0)
    return { stop: async () => ({ relation: undefined, blockers: [] }) }
  const everyMs = Math.min(SAMPLE_MS, options.lockTimeoutMs / 4)
  let blockers: BlockerWatch | undefined
  let relation: string | undefined
  let stopped = false
  let looking: Promise<void> | undefined
  let timer = setTimeout(next, everyMs)
  function next(): void {
    // What cannot be seen is left out of the failure's text, and is no failure itself.
    looking = look().catch(() => undefined)
  }
  async function look(): Promise<void> {
    // Until a file runs, the migration lock is waited for, and that is another matter.
    if (run.current) {
      blockers ??= watchBlockers(session, run.backendPid, { afterMs: 0, everyMs: 5 * everyMs })
      const { rows } = await session.side.query<{ relation: string }>(WANTED, [run.backendPid])
      relation = rows[0]?.relation ?? relation
    }
    if (!stopped) timer = setTimeout(next, everyMs)
  }
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await looking
      return { relation, blockers: (await blockers?.stop().catch(() => [])) ?? [] }
    },
  }
}
