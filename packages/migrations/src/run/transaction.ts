import type { Migration } from '../files/migration.ts'
import { insertSql } from '../record/tracking-table.ts'
import type { AppliedMigration } from './applied.ts'
import { asScriptFailure, FileFailure } from './failure.ts'
import { type RanFile, runStatements } from './file-statements.ts'
import { type Opening, open, openedOf, openingSql } from './opening.ts'
import { alreadyRecorded } from './recorded.ts'
import { rollBack } from './recovery.ts'
import type { Run } from './run.ts'
import { runScript } from './script.ts'
import { NOT_DURABLE, OWN_ROLE, RESET, ROLL_BACK, settingsOf, settingsSql } from './transaction-sql.ts'

export interface TransactionPlan {
  /** False for a dry run: nothing is recorded, and all is rolled back. */
  readonly commits: boolean
  /** Whether its commit waits for the disk. */
  readonly durable: boolean
  /** Tries before this one. */
  readonly retries: number
  /**
   * What the next transaction is for, asked when this one ends: it is opened by the same message, which saves a round trip for
   * each file. Undefined when there is none, or one that has to be looked at first.
   */
  next?(): Opening | undefined
}

export interface Ran {
  readonly migration: Migration
  readonly applied: AppliedMigration
}

/** The locks of a transaction are looked through for each of its files, which takes the square of the time with many of them. */
const MOST_FILES_MEASURED = 100

/** Runs files in one transaction under the migration lock. Files that another run has applied meanwhile are left out. */
export async function runTransaction(
  run: Run,
  migrations: readonly Migration[],
  plan: TransactionPlan,
): Promise<Ran[]> {
  const recorded = await begin(run, migrations, plan)
  const files = migrations.filter(migration => !alreadyRecorded(migration, recorded))
  const ran: Ran[] = []
  for (const [index, migration] of files.entries()) {
    const startedMs = performance.now() - run.startedAt
    run.current = { migration, since: performance.now() }
    const file = await runStatements(run, migration, files.length <= MOST_FILES_MEASURED)
    ran.push({ migration, applied: appliedOf(migration, file, startedMs, plan) })
    if (index < files.length - 1) await closeFile(run, migration, file, plan)
    else await closeTransaction(run, migration, file, plan)
  }
  if (files.length === 0) await runScript(run.session.main, ROLL_BACK)
  run.current = undefined
  return ran
}

/** Checksums that are recorded for these files, by version, read in the transaction that is open from now on. */
async function begin(
  run: Run,
  migrations: readonly Migration[],
  { commits, durable }: TransactionPlan,
): Promise<ReadonlyMap<string, string>> {
  const { opened } = run
  run.opened = undefined
  const { recorded } = opened ?? (await open(run, { migrations, durable }, commits))
  return recorded
}

/** Between two files of one transaction: what the first has set ends, and what the transaction needs is set again. */
async function closeFile(
  run: Run,
  migration: Migration,
  file: RanFile,
  plan: TransactionPlan,
): Promise<void> {
  const { options, checksConnection } = run
  const row = plan.commits ? [rowSql(run, migration, file)] : []
  const settings = settingsSql(settingsOf(options, checksConnection, plan.durable))
  await runScript(run.session.main, [...OWN_ROLE, ...row, ...RESET, ...settings]).catch(error => {
    throw failedToClose(error, migration)
  })
}

/**
 * Deferred constraints are checked before anything of ours, so that they fail as the file's own and with its role and settings;
 * a dry run finds them as well.
 */
async function closeTransaction(
  run: Run,
  migration: Migration,
  file: RanFile,
  plan: TransactionPlan,
): Promise<void> {
  const { commits, durable } = plan
  const next = commits ? plan.next?.() : undefined
  // What stands between COMMIT and BEGIN would be a part of what BEGIN opens (protocol documentation, 55.2.2.1).
  const committing = [rowSql(run, migration, file), ...RESET, ...(durable ? [] : [NOT_DURABLE]), 'COMMIT']
  const closing = ['SET CONSTRAINTS ALL IMMEDIATE', ...(commits ? [...OWN_ROLE, ...committing] : ROLL_BACK)]
  // What the file has not told is asked for by the next one that needs it.
  run.newestRelation = file.newestRelation && newerOf(run.newestRelation ?? '0', file.newestRelation)
  try {
    const answers = await runScript(
      run.session.main,
      [...closing, ...(next ? openingSql(run, next) : [])],
      next ? 'all' : 'none',
    )
    if (next) run.opened = openedOf(run, next, answers.slice(closing.length))
  } catch (error) {
    const failure = asScriptFailure(error)
    if (!next || failure.completed < closing.length) throw failedToClose(failure, migration)
    // It is committed. What kept the next transaction from being opened is found again when that is opened by itself.
  }
  if (next && !run.opened) await rollBack(run)
}

function failedToClose(error: unknown, migration: Migration): FileFailure {
  return new FileFailure(asScriptFailure(error).cause, migration, undefined, true)
}

function newerOf(a: string, b: string): string {
  return BigInt(b) > BigInt(a) ? b : a
}

export function rowSql({ table, options }: Run, migration: Migration, file: Pick<RanFile, 'ms'>): string {
  const { version, name, checksum, statements } = migration
  const { runner, runUrl } = options
  return insertSql(table, {
    version,
    name,
    checksum,
    durationMs: file.ms,
    statements: statements.length,
    runner,
    runUrl,
  })
}

function appliedOf(
  { label, name, path, statements }: Migration,
  { ms, locks, measured }: RanFile,
  startedMs: number,
  { retries }: TransactionPlan,
): AppliedMigration {
  return {
    version: label,
    name,
    path,
    startedMs,
    ms,
    statements: statements.length,
    locks,
    measured,
    retries,
  }
}
