import type { Session } from '../database/session.ts'
import type { TrackingTable } from '../record/tracking-table.ts'
import type { ApplyOptions } from '../tool.ts'

export async function withRunLock<T>(
  _session: Session,
  _table: TrackingTable,
  _options: ApplyOptions,
  _work: () => Promise<T>,
): Promise<T> {
  throw new Error('not built yet')
}
