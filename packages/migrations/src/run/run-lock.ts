import { connect, disconnect } from '../database/connect.ts'
import type { Session } from '../database/session.ts'
import { MigrationError } from '../problem.ts'
import type { TrackingTable } from '../record/tracking-table.ts'
import type { ApplyOptions } from '../tool.ts'
import { untilLocked } from './migration-lock.ts'
import { NOT_STARTED } from './recovery.ts'
import { startRun } from './run.ts'
import { runScript } from './script.ts'
import { BEGIN, tryLockSql } from './transaction-sql.ts'

/**
 * Holds the migration lock while `work` runs, for tools that change the database over connections of their own. The lock is held
 * by an open transaction on a connection of its own, so it works behind a transaction pooler too and ends with the connection.
 * READ COMMITTED holds no snapshot between statements, so CREATE INDEX CONCURRENTLY in `work` does not wait for it. A MigrationError
 * names the holder when the lock is not free within `lockWaitMs`.
 */
export async function withRunLock<T>(
  session: Session,
  table: TrackingTable,
  options: ApplyOptions,
  work: () => Promise<T>,
): Promise<T> {
  const holder = await connect(session.target, options.runner, { timeoutMs: 30_000 })
  try {
    const run = await startRun({ ...session, main: holder }, table, options)
    await untilLocked(run, async () => {
      // The transaction stands idle as long as the work takes.
      const idle = "SELECT pg_catalog.set_config('idle_in_transaction_session_timeout', '0', true)"
      const answers = await runScript(holder, [BEGIN, idle, tryLockSql(table)].join('; '), 'all')
      if (answers[2]?.rows[0]?.[0] === 't') return true
      await runScript(holder, 'ROLLBACK')
      return undefined
    }).catch(error => {
      if (!options.signal.aborted) throw error
      throw new MigrationError([{ message: NOT_STARTED }])
    })
    return await work()
  } finally {
    await disconnect(holder)
  }
}
