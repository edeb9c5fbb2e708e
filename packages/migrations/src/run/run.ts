import { setTimeout as sleep } from 'node:timers/promises'
import type { Session } from '../database/session.ts'
import type { Migration } from '../files/migration.ts'
import type { RecordedMigration } from '../record/record.ts'
import { readRecord } from '../record/stored-record.ts'
import type { TrackingTable } from '../record/tracking-table.ts'
import type { ApplyOptions } from '../tool.ts'
import type { Opened } from './opening.ts'
import { runScript } from './script.ts'
import { CONNECTION_CHECK_MS } from './transaction-sql.ts'

/** One run over the pending files. */
export interface Run {
  readonly session: Session
  readonly table: TrackingTable
  readonly options: ApplyOptions
  /** Moment of `performance.now()`. */
  readonly startedAt: number
  readonly checksConnection: boolean
  /** The server's process behind the open transaction; behind a pooler it is another one each time. */
  backendPid: number
  /**
   * Id of the newest relation that was there when the transaction began, of those that this run knows of: what somebody else
   * creates between two files counts as new. Undefined when it has to be asked for before the next file whose locks are.
   */
  newestRelation: string | undefined
  /** Functions of event triggers run in every DDL, and may lock anything. */
  readonly hasEventTriggers: boolean
  /** The next transaction, when the message that ended the last one has opened it; undefined while one runs. */
  opened: Opened | undefined
  /** Ids of the tracking table and its indexes; none before there is one. */
  readonly ownRelations: readonly string[]
  /** The file that runs, and since when; undefined between files. */
  current: { readonly migration: Migration; readonly since: number } | undefined
}

export async function startRun(session: Session, table: TrackingTable, options: ApplyOptions): Promise<Run> {
  return {
    session,
    table,
    options,
    startedAt: performance.now(),
    checksConnection: await canCheckConnection(session),
    backendPid: 0,
    newestRelation: undefined,
    hasEventTriggers: await hasEventTriggers(session),
    opened: undefined,
    ownRelations: await ownRelations(session, table),
    current: undefined,
  }
}

async function ownRelations({ main }: Session, { qualified }: TrackingTable): Promise<string[]> {
  const table = `pg_catalog.to_regclass('${qualified.replaceAll("'", "''")}')`
  const { rows } = await main.query<{ oid: string }>(
    `SELECT ${table}::pg_catalog.oid AS oid UNION ALL SELECT indexrelid FROM pg_catalog.pg_index WHERE indrelid = ${table}`,
  )
  return rows.flatMap(({ oid }) => (oid === null ? [] : [String(oid)]))
}

async function hasEventTriggers({ main }: Session): Promise<boolean> {
  const { rows } = await main.query('SELECT FROM pg_catalog.pg_event_trigger LIMIT 1')
  return rows.length > 0
}

/** Only systems that tell a closed socket can do it; a server elsewhere refuses the setting (documentation, 20.3.2). */
async function canCheckConnection({ main, server }: Session): Promise<boolean> {
  if (server.versionNumber < 140000) return false
  const setting = `SELECT pg_catalog.set_config('client_connection_check_interval', '${CONNECTION_CHECK_MS}', true)`
  return runScript(main, setting).then(
    () => true,
    () => false,
  )
}

/**
 * The label of the last migration in the record, empty when there is none; read over whichever connection answers first.
 * Undefined when neither does within 2 s. Not to be called with a transaction open: behind a pooler there may be one server
 * connection for both.
 */
export async function standOf({ session, table }: Run): Promise<string | undefined> {
  const reads = [session.main, session.side].map(async client => labelOf(await readRecord(client, table)))
  const tooLate = new AbortController()
  const patience = sleep(2000, undefined, { signal: tooLate.signal }).catch(() => undefined)
  try {
    return await Promise.race([Promise.any(reads).catch(() => undefined), patience])
  } finally {
    tooLate.abort()
  }
}

function labelOf(record: readonly RecordedMigration[] = []): string {
  const last = record.at(-1)
  return last ? (/^\d+/.exec(last.name)?.[0] ?? String(last.version)) : ''
}
