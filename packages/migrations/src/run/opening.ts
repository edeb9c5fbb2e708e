import type { Migration } from '../files/migration.ts'
import { asksLocks } from './file-statements.ts'
import { untilLocked } from './migration-lock.ts'
import type { Run } from './run.ts'
import { type Completed, runScript } from './script.ts'
import {
  BEGIN,
  NEWEST_RELATION,
  ROLL_BACK,
  recordedSql,
  settingsOf,
  settingsSql,
  tryLockSql,
} from './transaction-sql.ts'

/** What a transaction is opened for. */
export interface Opening {
  readonly migrations: readonly Migration[]
  /** Whether its commit waits for the disk. */
  readonly durable: boolean
}

/** A transaction that is open, with the migration lock taken. */
export interface Opened extends Opening {
  /** Checksums that the record has for these files, by version. */
  readonly recorded: ReadonlyMap<string, string>
}

/** Opens a transaction with the lock taken; a dry run leaves the record alone, as there may be no table yet. */
export async function open(run: Run, opening: Opening, readsRecord: boolean): Promise<Opened> {
  run.newestRelation = undefined
  const statements = openingSql(run, opening, readsRecord)
  return await untilLocked(run, async () => {
    const answers = await runScript(run.session.main, statements, 'all')
    const opened = openedOf(run, opening, answers)
    if (!opened) await runScript(run.session.main, ROLL_BACK)
    return opened
  })
}

/** The statements that open a transaction for these files and try for the lock. `openedOf` reads their answers. */
export function openingSql(run: Run, { migrations, durable }: Opening, readsRecord = true): string[] {
  const { table, options, checksConnection } = run
  const versions = migrations.map(({ version }) => version)
  return [
    BEGIN,
    tryLockSql(table),
    ...(readsRecord ? [recordedSql(table, versions)] : []),
    ...settingsSql(settingsOf(options, checksConnection, durable)),
    ...(asksNewest(run, migrations) ? [NEWEST_RELATION] : []),
  ]
}

function asksNewest(run: Run, migrations: readonly Migration[]): boolean {
  return run.newestRelation === undefined && migrations.some(migration => asksLocks(run, migration))
}

/** Undefined when another run holds the lock; the transaction is open all the same. */
export function openedOf(run: Run, opening: Opening, answers: readonly Completed[]): Opened | undefined {
  const [, lock, record] = answers
  const [locked, backendPid] = lock?.rows[0] ?? []
  run.backendPid = Number(backendPid)
  if (locked !== 't') return undefined
  if (asksNewest(run, opening.migrations)) run.newestRelation = answers.at(-1)?.rows[0]?.[0] ?? '0'

  return {
    ...opening,
    recorded: new Map(record?.rows.map(([version, checksum]) => [String(version), String(checksum)])),
  }
}
