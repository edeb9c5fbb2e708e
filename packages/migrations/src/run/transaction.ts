import type { Migration } from '../files/migration.ts'
import { insertSql } from '../record/tracking-table.ts'
import type { AppliedMigration } from './applied.ts'
import { asScriptFailure, FileFailure } from './failure.ts'
import { type RanFile, runStatements } from './file-statements.ts'
import { untilLocked } from './migration-lock.ts'
import { alreadyRecorded } from './recorded.ts'
import type { Run } from './run.ts'
import { type Completed, runScript } from './script.ts'
import {
  BEGIN,
  NEWEST_RELATION,
  OWN_ROLE,
  RESET,
  recordedSql,
  settingsOf,
  settingsSql,
  tryLockSql,
} from './transaction-sql.ts'

export interface TransactionPlan {
  /** False for a dry run: nothing is recorded, and all is rolled back. */
  readonly commits: boolean
  /** Whether its commit waits for the disk. */
  readonly durable: boolean
  /** Tries before this one. */
  readonly retries: number
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
  if (files.length === 0) await runScript(run.session.main, 'ROLLBACK')
  run.current = undefined
  return ran
}

/** Opens the transaction with the lock taken, and gives the checksums that are recorded for these files, by version. */
async function begin(
  run: Run,
  migrations: readonly Migration[],
  plan: TransactionPlan,
): Promise<ReadonlyMap<string, string>> {
  const { session, table } = run
  const opening = [BEGIN, tryLockSql(table), NEWEST_RELATION]
  // A dry run reads the record before: there may be no table yet.
  const versions = migrations.map(({ version }) => version)
  if (plan.commits) opening.push(recordedSql(table, versions))
  opening.push(settings(run, plan))
  return await untilLocked(run, async () => {
    const answers = await runScript(session.main, opening.join('; '), 'all')
    const [locked, backendPid] = answers[1]?.rows[0] ?? []
    run.backendPid = Number(backendPid)
    run.newestRelation = answers[2]?.rows[0]?.[0] ?? '0'
    if (locked === 't') return checksumsOf(answers[3])
    await runScript(session.main, 'ROLLBACK')
    return undefined
  })
}

function checksumsOf(answer: Completed | undefined): ReadonlyMap<string, string> {
  return new Map(answer?.rows.map(([version, checksum]) => [String(version), String(checksum)]))
}

/** Between two files of one transaction: what the first has set ends, and what the transaction needs is set again. */
async function closeFile(
  run: Run,
  migration: Migration,
  file: RanFile,
  plan: TransactionPlan,
): Promise<void> {
  const closing = [
    OWN_ROLE,
    ...(plan.commits ? [rowSql(run, migration, file)] : []),
    RESET,
    settings(run, plan),
  ]
  await close(run, migration, closing)
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
  const ending = plan.commits ? [OWN_ROLE, rowSql(run, migration, file), 'COMMIT'] : ['ROLLBACK', OWN_ROLE]
  await close(run, migration, ['SET CONSTRAINTS ALL IMMEDIATE', ...ending, RESET])
}

async function close({ session }: Run, migration: Migration, texts: readonly string[]): Promise<void> {
  await runScript(session.main, texts.join('; ')).catch(error => {
    throw new FileFailure(asScriptFailure(error).cause, migration, undefined, true)
  })
}

function settings({ options, checksConnection }: Run, { durable }: TransactionPlan): string {
  return settingsSql(settingsOf(options, checksConnection, durable))
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
