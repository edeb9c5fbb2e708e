import { setTimeout as sleep } from 'node:timers/promises'
import type { Session } from '../database/session.ts'
import type { Migration } from '../files/migration.ts'
import { MigrationError } from '../problem.ts'
import { ensureTrackingTable } from '../record/stored-record.ts'
import type { TrackingTable } from '../record/tracking-table.ts'
import type { ApplyOptions } from '../tool.ts'
import { cancellable } from './cancel.ts'
import { FileFailure, isLockFailure, rolledBack } from './failure.ts'
import { lockGivenUp } from './lock-given-up.ts'
import { type LockWait, watchLockWait } from './lock-wait.ts'
import { jitter } from './migration-lock.ts'
import { runNoTransactionFile } from './no-transaction-file.ts'
import { cancelled, fileName, lostConnection, NOT_STARTED, rollBack } from './recovery.ts'
import { Reported } from './reported.ts'
import { type Run, startRun } from './run.ts'
import { type Ran, runTransaction } from './transaction.ts'

/** First pause before a file is tried again after a lock time-out, in ms; it grows with each try. */
const BACK_OFF_MS = 250

/**
 * Applies files in the order given, each with its row of the tracking table in one transaction, or all of them in one
 * (`transaction: all`). Whatever ends the run, each file is either applied and recorded or neither; only a no-transaction
 * file needs the next run to finish that. Files that another run has applied meanwhile are left out.
 *
 * Throws a MigrationError with the place of what failed, after rolling back the file.
 */
export async function applyMigrations(
  session: Session,
  pending: readonly Migration[],
  table: TrackingTable,
  options: ApplyOptions,
): Promise<void> {
  refuse(session, pending, options)
  if (pending.length === 0) return
  if (options.signal.aborted) throw new MigrationError([{ message: NOT_STARTED }])
  await ensureTrackingTable(session.main, table)
  const run = await startRun(session, table, options)
  const reported = new Reported(run)
  const ignore = () => undefined
  // A lost connection fails the query that is under way; without a listener it would end the process as well.
  session.main.on('error', ignore)
  try {
    await cancellable(run, () => applyAll(run, reported, pending))
  } finally {
    session.main.off('error', ignore)
  }
}

async function applyAll(run: Run, reported: Reported, pending: readonly Migration[]): Promise<void> {
  const batches = run.options.transaction === 'all' ? [pending] : pending.map(migration => [migration])
  for (const [index, batch] of batches.entries()) {
    const [first] = batch
    if (first && !first.transactional) await applyNoTransaction(run, reported, first)
    else await applyBatch(run, reported, batch, batches.slice(index + 1, index + 3))
  }
  // Another run may have applied the last files, which this run's own then have to wait for no more.
  await reported.settle()
}

type Batch = readonly Migration[]

/** @param after the batches after this one, at least two if there are so many */
async function applyBatch(
  run: Run,
  reported: Reported,
  batch: Batch,
  [next, afterNext]: readonly Batch[],
): Promise<void> {
  for (let retries = 0; ; retries++) {
    const durable = run.opened?.durable ?? reported.nextIsDurable(!next)
    const watch = watchLockWait(run)
    try {
      run.options.signal.throwIfAborted()
      const ran = await runTransaction(run, batch, {
        commits: true,
        durable,
        retries,
        next: () =>
          next?.[0]?.transactional
            ? { migrations: next, durable: reported.nextIsDurable(!afterNext, durable) }
            : undefined,
      })
      await watch.stop()
      commit(reported, ran, durable)
      return
    } catch (error) {
      run.opened = undefined
      const wait = await watch.stop()
      await recover(run, reported, error, wait, retries)
    }
  }
}

function commit(reported: Reported, ran: readonly Ran[], durable: boolean): void {
  for (const { migration, applied } of ran) reported.committed(migration, applied)
  if (durable && ran.length > 0) reported.durable()
}

/** Returns when the files are to be tried again, throws what is to be said otherwise. */
async function recover(
  run: Run,
  reported: Reported,
  error: unknown,
  wait: LockWait,
  retries: number,
): Promise<void> {
  const { options } = run
  const connected = await rollBack(run)
  if (!connected && !options.signal.aborted) throw await lostConnection(run, reported, error)
  const retriable = isLockFailure(error) && retries < options.lockRetries
  if (connected && (!retriable || options.signal.aborted)) await reported.settle()
  if (options.signal.aborted) throw await cancelled(run, connected, true)
  if (!(error instanceof FileFailure)) throw error
  if (!isLockFailure(error)) throw await rolledBack(run, error)
  if (!retriable) throw await lockGivenUp(run, error, wait, retries + 1)
  const pause = jitter(BACK_OFF_MS * (retries + 1))
  options.say(`${fileName(error.migration)} waited too long for a lock (${error.message}); trying again.`)
  run.current = undefined
  await sleep(pause, undefined, { signal: options.signal }).catch(() => undefined)
}

async function applyNoTransaction(run: Run, reported: Reported, migration: Migration): Promise<void> {
  try {
    // Its statement may take hours; what is done is told before.
    await reported.settle()
    const applied = await runNoTransactionFile(run, migration)
    if (applied) reported.committed(migration, applied)
    reported.durable()
  } catch (error) {
    const connected = await rollBack(run)
    if (run.options.signal.aborted) throw await cancelled(run, connected, false)
    if (!connected) throw await lostConnection(run, reported, error)
    throw error
  }
}

/** What cannot work is refused before anything runs. */
function refuse(session: Session, pending: readonly Migration[], { transaction }: ApplyOptions): void {
  const alone = pending.filter(({ transactional }) => !transactional)
  const problems = alone.flatMap(migration => {
    const { path } = migration
    if (session.pooled) {
      return [
        {
          path,
          message: `This URL goes through a transaction pooler; ${fileName(migration)} needs a session. Use the direct port for migrations.`,
        },
      ]
    }
    if (transaction === 'file') return []
    return [
      {
        path,
        message: `${fileName(migration)} is marked "-- migrate:no-transaction" and cannot be part of transaction: all. Set transaction: file.`,
      },
    ]
  })
  if (problems.length > 0) throw new MigrationError(problems)
}
