import type { Session } from '../database/session.ts'
import type { Migration } from '../files/migration.ts'
import type { TrackingTable } from '../record/tracking-table.ts'
import type { ApplyOptions } from '../tool.ts'
import type { AppliedMigration } from './applied.ts'

export async function measurePending(
  _session: Session,
  _pending: readonly Migration[],
  _table: TrackingTable,
  _options: ApplyOptions,
): Promise<AppliedMigration[]> {
  throw new Error('not built yet')
}
