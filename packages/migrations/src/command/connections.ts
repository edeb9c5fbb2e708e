import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Session } from '../database/session.ts'

/** A name by which a run finds its child's connections again in pg_stat_activity; within PostgreSQL's 63 bytes. */
export function childName(program: string, runner: string): string {
  return `${program} ${randomBytes(4).toString('hex')} ${runner}`.slice(0, 63)
}

const CANCEL = `
  SELECT pg_catalog.pg_cancel_backend(pid) FROM pg_catalog.pg_stat_activity
  WHERE application_name = $1 AND datname = pg_catalog.current_database() AND state <> 'idle'`

/**
 * Cancels on the server what the child's connections run when `signal` is aborted: Python's drivers leave a signal until
 * the statement ends. Returns how to stop waiting for that.
 */
export function cancelOnAbort({ side }: Session, name: string, signal: AbortSignal): () => void {
  const cancel = () => {
    // The child ends by its signal in any case; a lost connection only delays what the server does.
    side.query(CANCEL, [name]).catch(() => {})
  }
  signal.addEventListener('abort', cancel, { once: true })
  return () => signal.removeEventListener('abort', cancel)
}

const BLOCKERS = `
  SELECT DISTINCT holder.pid, holder.application_name AS application, holder.state,
    pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - coalesce(holder.xact_start, holder.state_change)) AS seconds
  FROM pg_catalog.pg_stat_activity waiting
  CROSS JOIN LATERAL pg_catalog.unnest(pg_catalog.pg_blocking_pids(waiting.pid)) AS blocking(pid)
  JOIN pg_catalog.pg_stat_activity holder ON holder.pid = blocking.pid
  WHERE waiting.application_name = $1 AND waiting.wait_event_type = 'Lock'`

interface BlockerRow {
  readonly pid: number
  readonly application: string
  readonly state: string | null
  readonly seconds: number | null
}

/** Looks several times a second for who blocks the child's connections, until stopped; then gives who was last seen. */
export function watchChildBlockers({ side }: Session, name: string): () => Promise<string> {
  const ended = new AbortController()
  let seen: BlockerRow[] = []
  const watch = async () => {
    while (!ended.signal.aborted) {
      const { rows } = await side.query<BlockerRow>(BLOCKERS, [name])
      if (rows.length > 0) seen = rows
      await sleep(200, undefined, { signal: ended.signal })
    }
  }
  const watching = watch().catch(() => {})
  return async () => {
    ended.abort()
    await watching
    return seen.map(describe).join(' and ')
  }
}

function describe({ pid, application, state, seconds }: BlockerRow): string {
  const since = seconds === null ? '' : ` ${Math.round(seconds)} s`
  return `pid ${pid} (${[application, `${state ?? 'state unknown'}${since}`].filter(Boolean).join(', ')})`
}
