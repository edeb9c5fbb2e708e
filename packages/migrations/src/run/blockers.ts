import type { Session } from '../database/session.ts'
import { shownQuery } from './shown-query.ts'

/** A session of the server that stands in the way. What the role may not see (pg_read_all_stats) is empty or undefined. */
export interface Blocker {
  /** 0 for a prepared transaction, which has no session. */
  readonly pid: number
  /** `psql`, or what the server calls a session without a name: `autovacuum worker`. */
  readonly application: string
  readonly role: string
  /** `idle in transaction`, as pg_stat_activity has it. */
  readonly state: string
  /** How long in that state, in ms; of the holder of the migration lock, how long its transaction is open. */
  readonly ms: number | undefined
  /** Its query as `shownQuery` tells it. */
  readonly query: string
  /** Its client's address; empty for a Unix socket. */
  readonly address: string
}

export interface BlockerWatch {
  /** Ends the watch and gives who was seen, each once and as seen last. */
  stop(): Promise<Blocker[]>
}

/** The two keys of the advisory lock of a tracking table, as `trackingTable` has them. */
export type LockKeys = readonly [classId: number, objectId: number]

const COLUMNS = `s.pid, coalesce(nullif(a.application_name, ''), a.backend_type, '') AS application,
  coalesce(a.usename::text, '') AS role, coalesce(a.state, '') AS state, a.query, coalesce(pg_catalog.host(a.client_addr), '') AS address`
const SINCE = 'extract(epoch FROM pg_catalog.clock_timestamp() - %)::float8 * 1000 AS ms'

const BLOCKING = `SELECT ${COLUMNS}, ${SINCE.replace('%', "CASE WHEN a.state LIKE 'idle%' THEN a.state_change ELSE a.query_start END")}
FROM (SELECT DISTINCT pg_catalog.unnest(pg_catalog.pg_blocking_pids($1)) AS pid) s
LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = s.pid ORDER BY s.pid`

/** An advisory lock with two keys has objsubid 2 (documentation, view pg_locks); the keys are unsigned there. */
const HOLDING = `SELECT ${COLUMNS}, ${SINCE.replace('%', 'coalesce(a.xact_start, a.query_start)')}
FROM pg_catalog.pg_locks s LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = s.pid
WHERE s.locktype = 'advisory' AND s.granted AND s.classid = $1::int8::oid AND s.objid = $2::int8::oid AND s.objsubid = 2
  AND s.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
LIMIT 1`

interface SessionRow extends Omit<Blocker, 'ms'> {
  readonly ms: number | null
}

/**
 * Looks who blocks `main`, through the side connection, as long as it is watched. The first look comes after a while, so that
 * what waits for nothing costs nothing. A look that fails is left out.
 */
export function watchBlockers(
  { side }: Session,
  mainPid: number,
  { afterMs = 300, everyMs = 500 }: { readonly afterMs?: number; readonly everyMs?: number } = {},
): BlockerWatch {
  const seen = new Map<number, Blocker>()
  let stopped = false
  let looking: Promise<void> | undefined
  let timer = setTimeout(next, afterMs)
  function next(): void {
    looking = look().catch(() => undefined)
  }
  async function look(): Promise<void> {
    const { rows } = await side.query<SessionRow>(BLOCKING, [mainPid])
    for (const row of rows) seen.set(row.pid, blockerOf(row))
    if (!stopped) timer = setTimeout(next, everyMs)
  }
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await looking
      return [...seen.values()]
    },
  }
}

/** Who holds the migration lock; undefined when it was let go of meanwhile. Fails when the side connection does. */
export async function holderOf(
  { side }: Session,
  [classId, objectId]: LockKeys,
): Promise<Blocker | undefined> {
  const { rows } = await side.query<SessionRow>(HOLDING, [classId >>> 0, objectId >>> 0])
  return rows[0] && blockerOf(rows[0])
}

function blockerOf({ query, ms, ...row }: SessionRow): Blocker {
  // Without pg_read_all_stats the server says <insufficient privilege> instead, and tells no state.
  return { ...row, ms: ms ?? undefined, query: row.state ? shownQuery(query) : '' }
}

/** `pid 311 (psql, idle in transaction 4 m)` */
export function describeBlocker({ pid, application, role, state, ms, query }: Blocker): string {
  if (pid === 0) return 'a prepared transaction (see pg_prepared_xacts)'
  const since = ms === undefined ? '' : ` ${age(ms)}`
  const running = state === 'active' && query ? `: ${query}` : ''
  const doing = state
    ? `${state}${since}${running}`
    : `of role ${role || 'unknown'}, whose work is hidden from this one`
  return `pid ${pid} (${[application, doing].filter(Boolean).join(', ')})`
}

/** `pid 14000, tokenledger-actions/run-migrations acme/shop#9812/1 from 10.1.0.4, 48 s, running "CREATE INDEX …"` */
export function describeHolder({ pid, application, role, state, ms, query, address }: Blocker): string {
  const name = application || (role && `a session of role ${role}`) || 'a session that has ended since'
  const doing = state === 'active' ? `running "${query}"` : state
  const parts = [
    `pid ${pid}`,
    `${name}${address && ` from ${address}`}`,
    ms === undefined ? '' : age(ms),
    doing,
  ]
  return parts.filter(Boolean).join(', ')
}

/**
 * The page of the workflow run that a holder's application_name tells; empty for any other session. PostgreSQL cuts the name
 * at 63 bytes, for which the repository's part is cut: then it is taken for `ownRepository` when that begins so.
 */
export function runUrlOf({ application }: Blocker, serverUrl: string, ownRepository = ''): string {
  const [, told = '', run, attempt] = /(?:^| )([\w./-]+)#(\d+)\/(\d+)$/.exec(application) ?? []
  const isCut = application.length === 63
  const repository = isCut && ownRepository.startsWith(told) ? ownRepository : told
  if (!run || (isCut && repository === told && told !== ownRepository)) return ''
  return `${serverUrl}/${repository}/actions/runs/${run}/attempts/${attempt}`
}

/** `250 ms`, `48 s`, `4 m`, `3 h`: at most two digits of the unit that says enough. */
function age(ms: number): string {
  if (ms < 950) return `${Math.max(0, Math.round(ms))} ms`
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`
  return ms < 120 * 60_000 ? `${Math.round(ms / 60_000)} m` : `${Math.round(ms / 3_600_000)} h`
}
