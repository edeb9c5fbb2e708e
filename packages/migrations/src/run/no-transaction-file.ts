import type { Migration } from '../files/migration.ts'
import { MigrationError } from '../problem.ts'
import type { Statement } from '../sql/statement.ts'
import type { AppliedMigration } from './applied.ts'
import { sqlState, statementFailure } from './failure.ts'
import { begunSql, concurrentIndex, endedSql, isIndex, leftovers, readBegun, wasDone } from './interrupted.ts'
import { describeInvalid, type InvalidIndex, invalidIndexes } from './invalid-indexes.ts'
import { problemOf } from './locate.ts'
import { untilLocked } from './migration-lock.ts'
import { alreadyRecorded } from './recorded.ts'
import { fileName } from './recovery.ts'
import { type Run, standOf } from './run.ts'
import { runScript } from './script.ts'
import { rowSql } from './transaction.ts'
import {
  OWN_ROLE,
  RESET,
  recordedSql,
  settingsOf,
  settingsSql,
  trySessionLockSql,
} from './transaction-sql.ts'

/**
 * Runs a file that cannot be in a transaction, under the migration lock as a lock of the session; undefined when another run
 * has applied it. Its statement waits for locks without a limit of ours: CREATE INDEX CONCURRENTLY stands in nobody's way while
 * it waits for old transactions to end, and a time-out there would throw away all it has built. Throws a MigrationError when the
 * statement fails or leaves an INVALID index. The caller rolls back and resets the session then.
 */
export async function runNoTransactionFile(
  run: Run,
  migration: Migration,
): Promise<AppliedMigration | undefined> {
  const { main } = run.session
  const statement = statementOf(migration)
  await lockSession(run)
  const [recorded] = await runScript(main, recordedSql(run.table, [migration.version]), 'all')
  const checksums = new Map(recorded?.rows.map(([version, checksum]) => [String(version), String(checksum)]))
  if (alreadyRecorded(migration, checksums)) {
    await runScript(main, RESET)
    return undefined
  }
  const startedMs = performance.now() - run.startedAt
  run.current = { migration, since: performance.now() }
  const begun = await begin(run, migration, statement)
  await execute(run, migration, statement, begun)
  const ms = performance.now() - startedMs - run.startedAt
  await requireValid(run, migration, statement, begun)
  await record(run, migration, ms, begun)
  run.current = undefined
  const { label: version, name, path, statements } = migration
  return {
    version,
    name,
    path,
    startedMs,
    ms,
    statements: statements.length,
    locks: [],
    measured: [],
    retries: 0,
  }
}

async function record(run: Run, migration: Migration, ms: number, { marked }: Begun): Promise<void> {
  const { session, table } = run
  const ended = marked ? [endedSql(table)] : []
  const row = [...OWN_ROLE, 'BEGIN', rowSql(run, migration, { ms }), ...ended, 'COMMIT', ...RESET]
  await runScript(session.main, row).catch(error => {
    if (sqlState(error) === undefined) throw error
    const message = `${fileName(migration)} has run, and could not be recorded in ${table.schema}.${table.name}: ${error.message}. Mend that and run this again.`
    throw new MigrationError([{ path: migration.path, message }])
  })
}

async function lockSession(run: Run): Promise<void> {
  const settings = { ...settingsOf(run.options, run.checksConnection, true), lockTimeoutMs: 0 }
  await untilLocked(run, async () => {
    const [answer] = await runScript(run.session.main, trySessionLockSql(run.table), 'all')
    const [locked, backendPid] = answer?.rows[0] ?? []
    run.backendPid = Number(backendPid)
    return locked === 't' || undefined
  })
  await runScript(run.session.main, settingsSql(settings, 'session'))
}

interface Begun {
  /** Names of the INVALID indexes from before the first try. */
  readonly invalid: ReadonlySet<string>
  /** Whether an earlier run was cut off in this file. */
  readonly again: boolean
  /** Whether the next run could tell that this one was cut off. */
  readonly marked: boolean
}

/** Clears up after a run that was cut off in this file, or leaves word for the next one. */
async function begin(run: Run, migration: Migration, statement: Statement): Promise<Begun> {
  const { session, table, options } = run
  const now = await invalidIndexes(session.main)
  const before = await readBegun(session.main, table, migration)
  if (!before) {
    const marked = await runScript(session.main, begunSql(table, migration, now)).then(
      () => true,
      error => {
        // The role may write to the table and not own it; the file runs all the same.
        if (sqlState(error) === '42501') return false
        throw error
      },
    )
    return { invalid: new Set(now.map(({ index }) => index)), again: false, marked }
  }
  options.say(`${fileName(migration)} was begun by a run that was cut off; running it again.`)
  for (const { index } of leftovers(before, now, statement)) {
    options.say(`Dropping index ${index}, which that run has left INVALID.`)
    await runScript(session.main, `DROP INDEX CONCURRENTLY ${index}`)
  }
  return { invalid: before, again: true, marked: true }
}

/** Each statement is a message of its own: in one with others it would be in a transaction. */
async function execute(run: Run, migration: Migration, statement: Statement, begun: Begun): Promise<void> {
  for (const each of migration.statements) {
    try {
      await runScript(run.session.main, each.text)
    } catch (error) {
      if (each === statement && begun.again && wasDone(error, statement)) continue
      if (sqlState(error) === undefined || run.options.signal.aborted) throw error
      throw await failed(run, migration, each, error, begun)
    }
  }
}

async function failed(run: Run, migration: Migration, statement: Statement, error: unknown, begun: Begun) {
  const { cause } = statementFailure(error, migration, statement)
  const problem = problemOf(cause, migration, statement)
  const left = await unusable(run, statement, begun)
  await forget(run, begun)
  const stand = await standOf(run)
  const at = stand ? `Database is still at ${stand}.` : 'It is not recorded as applied.'
  const message = [
    `${problem.message}. ${at}`,
    ...left.map(index => describeInvalid(index, fileName(migration))),
  ]
  return new MigrationError([{ ...problem, message: message.join(' ') }])
}

/** IF NOT EXISTS takes an INVALID index of that name for the one that is wanted, and says nothing. */
async function requireValid(
  run: Run,
  migration: Migration,
  statement: Statement,
  begun: Begun,
): Promise<void> {
  const left = await unusable(run, statement, begun)
  if (left.length === 0) return
  await forget(run, begun)
  throw new MigrationError(
    left.map(index => ({ path: migration.path, message: describeInvalid(index, fileName(migration)) })),
  )
}

async function unusable({ session }: Run, statement: Statement, begun: Begun): Promise<InvalidIndex[]> {
  const name = concurrentIndex(statement)
  // Names are told by the search path, which the file may have set.
  await runScript(session.main, [...OWN_ROLE, 'RESET ALL'])
  const now = await invalidIndexes(session.main)
  return now.filter(found => !begun.invalid.has(found.index) || (name && isIndex(found, name)))
}

/** What is left now is for a person to clear up, as the error says, and not for the next run. */
async function forget({ session, table }: Run, { marked }: Begun): Promise<void> {
  if (marked) await runScript(session.main, [...OWN_ROLE, endedSql(table)])
}

/** The statement that cannot be in a transaction: the only one besides SET. */
function statementOf(migration: Migration): Statement {
  const { path } = migration
  const [statement, second] = migration.statements.filter(({ text }) => !/^(?:set|reset)\b/i.test(text))
  if (!statement || second) {
    const message = `a file with "-- migrate:no-transaction" has exactly one statement besides SET; ${fileName(migration)} has ${second ? 'more' : 'none'}. Nothing of it was run.`
    throw new MigrationError([{ path, message }])
  }
  if (concurrentIndex(statement) === '') {
    const message =
      'CREATE INDEX CONCURRENTLY needs the name of the index, so that a run that was cut off can be repeated. Nothing of it was run.'
    throw new MigrationError([{ path, message }])
  }
  return statement
}
