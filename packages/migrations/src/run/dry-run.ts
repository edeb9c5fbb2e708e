import { UserError } from '@tokenledger/kit'
import type { Session } from '../database/session.ts'
import type { Migration } from '../files/migration.ts'
import { MigrationError } from '../problem.ts'
import type { TrackingTable } from '../record/tracking-table.ts'
import type { ApplyOptions } from '../tool.ts'
import type { AppliedMigration } from './applied.ts'
import { cancellable } from './cancel.ts'
import { FileFailure, rolledBack } from './failure.ts'
import { cancelled, fileName, NOT_STARTED, rollBack } from './recovery.ts'
import { startRun } from './run.ts'
import { runTransaction } from './transaction.ts'

/**
 * Runs pending files in one transaction under the migration lock, measures them and rolls all back; the database is as
 * before, without a tracking table if there was none. What a rollback does not undo are sequence values. The first
 * no-transaction file ends the measurement, and `say` tells so. Throws the MigrationError that applying would throw.
 */
export async function measurePending(
  session: Session,
  pending: readonly Migration[],
  table: TrackingTable,
  options: ApplyOptions,
): Promise<AppliedMigration[]> {
  const alone = pending.findIndex(({ transactional }) => !transactional)
  const measurable = alone < 0 ? pending : pending.slice(0, alone)
  const stop = pending[alone]
  if (stop) {
    const rest = pending.length - alone
    options.say(
      `${fileName(stop)} cannot run in a transaction, so ${rest === 1 ? 'it is' : `it and the ${rest - 1} after it are`} not measured.`,
    )
  }
  if (measurable.length === 0) return []
  if (options.signal.aborted) throw new MigrationError([{ message: NOT_STARTED }])
  const run = await startRun(session, table, options)
  return await cancellable(run, async () => {
    try {
      const ran = await runTransaction(run, measurable, { commits: false, durable: true, retries: 0 })
      return ran.map(({ applied }) => applied)
    } catch (error) {
      const connected = await rollBack(run)
      if (options.signal.aborted) throw await cancelled(run, connected, true)
      if (!connected) throw new UserError(`The connection was lost (${String(error)}); nothing was applied.`)
      throw error instanceof FileFailure ? await rolledBack(run, error) : error
    }
  })
}
