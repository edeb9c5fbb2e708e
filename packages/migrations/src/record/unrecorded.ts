import type { ClientBase } from 'pg'
import type { Migration } from '../files/migration.ts'
import { countTables, type ForeignRecord, foreignRecords } from './foreign.ts'
import type { RecordedMigration } from './record.ts'
import { readRecord } from './stored-record.ts'
import type { TrackingTable } from './tracking-table.ts'

export interface FoundRecord {
  readonly record: readonly RecordedMigration[]
  /** Why nothing may be applied; absent when there is a record, or an empty database. */
  readonly refusal?: string
}

/**
 * The record, which is empty for a database that is empty. A database that has tables and no record was built by other
 * means, and nobody can tell how far: the refusal asks for a baseline, and suggests what another tool's table proves.
 */
export async function findRecord(
  client: ClientBase,
  table: TrackingTable,
  files: readonly Migration[],
): Promise<FoundRecord> {
  const record = await readRecord(client, table)
  if (record) return { record }
  const foreign = await foreignRecords(client)
  const tables = await countTables(client, table)
  if (tables === 0 && !foreign.some(({ version }) => version !== undefined)) return { record: [] }
  // Another run may have begun between the two looks; it makes its record before any table.
  const begun = await readRecord(client, table)
  if (begun) return { record: begun }
  const { rows } = await client.query<{ name: string }>('SELECT pg_catalog.current_database() AS name')
  return { record: [], refusal: needsBaseline(rows[0]?.name ?? '', tables, foreign, files) }
}

/** Pure: the text of the refusal. */
export function needsBaseline(
  database: string,
  tables: number,
  foreign: readonly ForeignRecord[],
  files: readonly Migration[],
): string {
  const labels = new Map(files.map(file => [file.version, file.label]))
  const proof = foreign.find(({ version }) => version !== undefined && labels.has(version))
  const proved = proof?.version === undefined ? undefined : labels.get(proof.version)
  const newest = files.at(-1)?.label ?? '0'
  const said = foreign.map(({ table, tool, says }) => `${table} (${tool}) says: ${says}.`)
  return [
    `Database "${database}" has ${tables} table${tables === 1 ? '' : 's'} and no migration record.`,
    `Run once with mode: baseline, baseline-version: ${proved ?? newest}.`,
    ...(proved === undefined
      ? [
          `${newest} is the newest file; give an earlier version, or 0 for none, if its changes are not in the database.`,
        ]
      : []),
    ...said,
    ...(foreign.some(({ tool }) => tool === 'Alembic')
      ? ['If Alembic owns this database, set tool: alembic.']
      : []),
  ].join(' ')
}
