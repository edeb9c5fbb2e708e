import type { Session } from '../database/session.ts'
import type { Migration } from '../files/migration.ts'
import type { TrackingTable } from '../record/tracking-table.ts'
import type { ApplyOptions } from '../tool.ts'

export async function applyMigrations(
  _session: Session,
  _pending: readonly Migration[],
  _table: TrackingTable,
  _options: ApplyOptions,
): Promise<void> {
  throw new Error('not built yet')
}
