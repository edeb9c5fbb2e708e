import { UserError } from '@tokenledger/kit'
import type { ClientBase } from 'pg'
import type { Migration } from '../files/migration.ts'
import type { ApplyOptions } from '../tool.ts'
import { labelOf } from './compare-words.ts'
import type { RecordedMigration } from './record.ts'
import { writeRows } from './stored-record.ts'
import { insertSql, type TrackingTable } from './tracking-table.ts'

/**
 * Records files as applied without running them, all or none, and returns their versions. A record that already says
 * just that is left as it is; a UserError when it says anything else. Call it under the migration lock.
 */
export async function recordBaseline(
  client: ClientBase,
  table: TrackingTable,
  files: readonly Migration[],
  record: readonly RecordedMigration[],
  { runner, runUrl }: ApplyOptions,
): Promise<string[]> {
  const newest = record.at(-1)
  if (newest) {
    if (isSame(files, record)) return []
    throw new UserError(
      `The database has a record already: ${record.length} migration${record.length === 1 ? '' : 's'} up to ${labelOf(newest)}. A baseline is for a database without one; use mode: apply.`,
    )
  }
  const rows = files.map(({ version, name, checksum }) =>
    insertSql(table, { version, name, checksum, durationMs: 0, statements: 0, runner, runUrl }),
  )
  await writeRows(client, table, rows)
  return files.map(({ label }) => label)
}

function isSame(files: readonly Migration[], record: readonly RecordedMigration[]): boolean {
  return (
    files.length === record.length &&
    files.every((file, index) => {
      const row = record[index]
      return row?.version === file.version && row.checksum === file.checksum
    })
  )
}
