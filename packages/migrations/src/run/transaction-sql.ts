import type { TrackingTable } from '../record/tracking-table.ts'
import type { ApplyOptions } from '../tool.ts'

/** A client that stands still with a transaction open, say on a stopped runner, is ended by the server after this many ms. */
const IDLE_IN_TRANSACTION_MS = 60_000
/** The server notices after this many ms that the client of a running statement is gone; by itself it never would. */
export const CONNECTION_CHECK_MS = 2000

export interface TransactionSettings {
  readonly lockTimeoutMs: number
  readonly statementTimeoutMs: number
  /** Whether the server has client_connection_check_interval (PostgreSQL 14) and can do it (not on Windows). */
  readonly checksConnection: boolean
  /** False leaves the commit to be flushed with a later one; see reported.ts. */
  readonly durable: boolean
}

/**
 * The settings of a transaction; they end with it, or with RESET when they are of the session. SET is no query that has to be
 * planned: the same as calls of set_config costs 0.3 ms more for each file.
 */
export function settingsSql(
  settings: TransactionSettings,
  of: 'transaction' | 'session' = 'transaction',
): readonly string[] {
  const values: Record<string, string | number> = {
    lock_timeout: settings.lockTimeoutMs,
    statement_timeout: settings.statementTimeoutMs,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    ...(settings.checksConnection ? { client_connection_check_interval: CONNECTION_CHECK_MS } : {}),
    ...(settings.durable ? {} : { synchronous_commit: 'off' }),
  }
  const scope = of === 'transaction' ? 'LOCAL' : 'SESSION'
  return Object.entries(values).map(([name, value]) => `SET ${scope} ${name} = ${value}`)
}

/** The commit of this transaction need not wait for the disk; see reported.ts. RESET ALL undoes it. */
export const NOT_DURABLE = 'SET LOCAL synchronous_commit = off'

/** READ COMMITTED whatever the role's default is: what a statement reads after the lock has to be what is there then. */
export const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE'

export function tryLockSql({ lockKeys: [classId, objectId] }: TrackingTable): string {
  return `SELECT pg_catalog.pg_try_advisory_xact_lock(${classId}, ${objectId}), pg_catalog.pg_backend_pid()`
}

export function trySessionLockSql({ lockKeys: [classId, objectId] }: TrackingTable): string {
  return `SELECT pg_catalog.pg_try_advisory_lock(${classId}, ${objectId}), pg_catalog.pg_backend_pid()`
}

/** Which of these versions are recorded by now. A statement of its own, so that its snapshot is younger than the lock. */
export function recordedSql({ qualified }: TrackingTable, versions: readonly bigint[]): string {
  const isOne = versions.map(version => `version OPERATOR(pg_catalog.=) ${version}::pg_catalog.numeric`)
  return `SELECT version, checksum FROM ${qualified} WHERE ${isOne.join(' OR ') || 'false'}`
}

/** The newest relation that there is: what a transaction creates after this has a greater id, as they count upwards. */
export const NEWEST_RELATION = 'SELECT pg_catalog.max(oid) FROM pg_catalog.pg_class'

/**
 * Whether the open transaction holds a lock on a relation that was there before it, of those the runner does not use itself; and
 * the newest relation that it has locked, which for the next transaction is one that was there. It costs a tenth of asking the
 * side connection what the locks are on, whose view of the catalog each committed file empties; after a wrap-around of the ids
 * it says yes too often, and never no too often. pg_locks is a view over this function that names its columns.
 */
export function heldSql(newest: string, own: readonly string[]): string {
  const ids = own.map(oid => `, ${oid}`).join('')
  return `SELECT pg_catalog.bool_or(relation::pg_catalog.int8 OPERATOR(pg_catalog.<=) ${newest}
      AND NOT relation::pg_catalog.int8 OPERATOR(pg_catalog.=) ANY (ARRAY[0${ids}]::pg_catalog.int8[])), pg_catalog.max(relation)
    FROM pg_catalog.pg_lock_status() WHERE pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()
    AND locktype OPERATOR(pg_catalog.=) 'relation' AND relation::pg_catalog.int8 OPERATOR(pg_catalog.>=) 16384`
}

/** Our own statements run as the role that logged in, whichever role the file has taken. */
export const OWN_ROLE = ['RESET SESSION AUTHORIZATION', 'RESET ROLE']

/**
 * Nothing of a file reaches the next one: open cursors, settings, prepared statements, LISTEN, session locks, temporary tables,
 * sequence values. It is DISCARD ALL in pieces, because that one refuses to run in one message with others.
 */
export const RESET = [
  'CLOSE ALL',
  'RESET ALL',
  'DEALLOCATE ALL',
  'UNLISTEN *',
  'SELECT pg_catalog.pg_advisory_unlock_all()',
  'DISCARD TEMP',
  'DISCARD SEQUENCES',
]

/** Gives up what is open, and what a file has left in the session. */
export const ROLL_BACK = ['ROLLBACK', ...OWN_ROLE, ...RESET]

export function settingsOf(
  options: ApplyOptions,
  checksConnection: boolean,
  durable: boolean,
): TransactionSettings {
  const { lockTimeoutMs, statementTimeoutMs } = options
  return { lockTimeoutMs, statementTimeoutMs, checksConnection, durable }
}
