import type { Migration } from '../files/migration.ts'
import { MigrationError, textOf } from '../problem.ts'
import { createsOnly } from '../sql/creates-only.ts'
import { positionAt } from '../sql/position.ts'
import type { Statement } from '../sql/statement.ts'
import type { MeasuredLock, MeasuredStatement } from './applied.ts'
import { statementFailure, wholeFileFailure } from './failure.ts'
import { locksOf } from './lock-meter.ts'
import { collectNotices, type NoticeCollector } from './notices.ts'
import type { Run } from './run.ts'
import { type Completed, runScript } from './script.ts'
import { heldSql } from './transaction-sql.ts'

export interface RanFile {
  readonly ms: number
  readonly locks: readonly MeasuredLock[]
  readonly measured: readonly MeasuredStatement[]
  /** Id of the newest relation that the file has locked, so of any that it has created; undefined when that was not asked. */
  readonly newestRelation?: string | undefined
}

/**
 * Runs a file's statements in the open transaction and measures its locks, unless they are not wanted. Throws a FileFailure.
 */
export async function runStatements(run: Run, migration: Migration, locks = true): Promise<RanFile> {
  const started = performance.now()
  const notices = collectNotices(run.session.main, migration)
  try {
    if (isSentWhole(run, migration)) {
      const held = await runWhole(run, migration, locks && asksLocks(run, migration))
      const ms = performance.now() - started
      return { ms, ...(await locksAmong(run, held)), measured: [] }
    }
    const { measured, held } = await runOneByOne(run, migration, notices)
    const ms = performance.now() - started
    return { ms, ...(held ?? (await heldLocks(run))), measured }
  } finally {
    sayNotices(run, migration, notices)
  }
}

function sayNotices({ options }: Run, { path }: Migration, collector: NoticeCollector): void {
  const { notices, dropped } = collector.stop()
  for (const { severity, message, position } of notices) {
    options.say(textOf({ path, ...(position ? { position } : {}), message: `${severity}: ${message}` }))
  }
  if (dropped > 0) options.say(`${path} ${dropped} more notices are left out.`)
}

/**
 * A file goes to the server as one message, as it is: one round trip, error positions that are the file's own, and
 * pg_stat_activity shows its text. Statements go one by one to be measured; where the server's time limit would hold for the
 * whole message (before PostgreSQL 13); and where the file changes how strings are read, since one message is parsed as a whole.
 */
function isSentWhole({ options, session }: Run, { text }: Migration): boolean {
  if (options.measure === 'statements') return false
  if (options.statementTimeoutMs > 0 && session.server.versionNumber < 130000) return false
  return !/standard_conforming_strings/i.test(text)
}

const creating = new WeakMap<Migration, boolean>()

/** Whether the locks of a file are asked for; one that only creates has none on what was there before. */
export function asksLocks(run: Run, migration: Migration): boolean {
  if (run.hasEventTriggers || !isSentWhole(run, migration)) return true
  const known = creating.get(migration) ?? createsOnly(migration.statements)
  creating.set(migration, known)
  return !known
}

/** Runs a file and asks, in the same message, whether it has locked what was there before. */
async function runWhole(
  { session, newestRelation, ownRelations }: Run,
  migration: Migration,
  locks: boolean,
): Promise<Completed | undefined> {
  if (migration.statements.length === 0) return undefined
  const asked = locks ? `\n;${heldSql(newestRelation ?? '0', ownRelations)}` : ''
  const text = `${migration.text}${asked}`
  const commands = await runScript(session.main, text, 'last').catch(error => {
    throw wholeFileFailure(error, migration)
  })
  const ended = commands.findIndex(({ command }) => ENDS_TRANSACTION.test(command))
  if (ended >= 0 || session.main.getTransactionStatus() !== 'T') {
    throw transactionEnded(migration, migration.statements[Math.max(ended, 0)])
  }
  return locks ? commands.at(-1) : undefined
}

/** The tag ROLLBACK is also that of ROLLBACK TO SAVEPOINT, after which the transaction is still open. */
const ENDS_TRANSACTION = /^(COMMIT|PREPARE TRANSACTION)$/

async function runOneByOne(
  run: Run,
  migration: Migration,
  notices: NoticeCollector,
): Promise<{ measured: MeasuredStatement[]; held: HeldLocks | undefined }> {
  const measured: MeasuredStatement[] = []
  let held: HeldLocks | undefined
  for (const statement of migration.statements) {
    notices.during(statement)
    const started = performance.now()
    const [completed] = await runScript(run.session.main, statement.text).catch(error => {
      throw statementFailure(error, migration, statement)
    })
    const ms = performance.now() - started
    if (run.session.main.getTransactionStatus() !== 'T' || ENDS_TRANSACTION.test(completed?.command ?? '')) {
      throw transactionEnded(migration, statement)
    }
    if (run.options.measure === 'files') continue
    const { line } = positionAt(migration.text, statement.offset)
    held = await heldLocks(run)
    measured.push({ line, ms, locks: held.locks })
  }
  return { measured, held }
}

function transactionEnded(migration: Migration, statement: Statement | undefined): MigrationError {
  const message =
    "ended the runner's transaction. What ran up to here may be committed, and the file is not recorded as applied: check the database, and remove COMMIT, ROLLBACK and PREPARE TRANSACTION from the file."
  const position = statement && positionAt(migration.text, statement.offset)
  const name = statement ? (/^\w+/.exec(statement.text)?.[0] ?? '').toUpperCase() : 'The file'
  return new MigrationError([
    { path: migration.path, ...(position ? { position } : {}), message: `${name} ${message}` },
  ])
}

type HeldLocks = Pick<RanFile, 'locks' | 'newestRelation'>

async function heldLocks(run: Run): Promise<HeldLocks> {
  const { session, newestRelation, ownRelations } = run
  const [held] = await runScript(session.main, heldSql(newestRelation ?? '0', ownRelations), 'last')
  return locksAmong(run, held)
}

/** @param held the answer to `heldSql` */
async function locksAmong(run: Run, held: Completed | undefined): Promise<HeldLocks> {
  const [holdsOld, newest] = held?.rows[0] ?? []
  return { locks: holdsOld === 't' ? await locksOfFile(run) : [], newestRelation: newest ?? undefined }
}

/** Behind a pooler the side connection may have to wait until `main` has finished, so nothing is measured there. */
async function locksOfFile({ session, table, backendPid }: Run): Promise<readonly MeasuredLock[]> {
  return session.pooled ? [] : locksOf(session, backendPid, [`${table.schema}.${table.name}`])
}
