import type { ClientBase } from 'pg'
import type { RecordedMigration } from './record.ts'

/** The table of this runner in the database. */
export interface TrackingTable {
  /** `"public"."tokenledger_migrations"`, for SQL text. */
  readonly qualified: string
  readonly schema: string
  readonly name: string
  /** The two keys of the advisory lock: "TLMG", and a hash of the table's name. */
  readonly lockKeys: readonly [classId: number, objectId: number]
}

/** A row to be written; its `applied_at` is the server's clock. */
export interface NewRecord {
  readonly version: bigint
  readonly name: string
  readonly checksum: string
  /** ms */
  readonly durationMs: number
  readonly statements: number
  readonly runner: string
  readonly runUrl: string
}

export function trackingTable(_name?: string): TrackingTable {
  throw new Error('not built yet')
}

export function createTableSql(_table: TrackingTable): string {
  throw new Error('not built yet')
}

export function insertSql(_table: TrackingTable, _row: NewRecord): string {
  throw new Error('not built yet')
}

/** Creates the table when it is absent; safe when several runs do it at once. Outside a transaction. */
export async function ensureTrackingTable(_client: ClientBase, _table: TrackingTable): Promise<void> {
  throw new Error('not built yet')
}

export async function readRecord(
  _client: ClientBase,
  _table: TrackingTable,
): Promise<RecordedMigration[] | undefined> {
  throw new Error('not built yet')
}
