import { isNativeError } from 'node:util/types'
import type { Migration } from '../files/migration.ts'
import { MigrationError } from '../problem.ts'
import { offsetOfCharacter } from '../sql/position.ts'
import type { Statement } from '../sql/statement.ts'
import { problemOf } from './locate.ts'
import { type Run, standOf } from './run.ts'
import { ScriptFailure } from './script.ts'

/** A failure while a file ran: what was said, and the statement that is to blame where that is known. */
export class FileFailure extends Error {
  readonly migration: Migration
  readonly statement: Statement | undefined
  readonly sentWhole: boolean
  override readonly cause: Error

  constructor(cause: Error, migration: Migration, statement: Statement | undefined, sentWhole: boolean) {
    super(cause.message)
    this.cause = cause
    this.migration = migration
    this.statement = statement
    this.sentWhole = sentWhole
  }
}

/** The failure of a file that went to the server as one message. A syntax error is found before anything runs. */
export function wholeFileFailure(error: unknown, migration: Migration): FileFailure {
  const { cause, completed } = asScriptFailure(error)
  const position = Number((cause as ServerError).position)
  const offset = position ? offsetOfCharacter(migration.text, position) : undefined
  const statement =
    offset === undefined
      ? migration.statements[completed]
      : (migration.statements.findLast(candidate => candidate.offset <= offset) ?? migration.statements[0])
  return new FileFailure(cause, migration, statement, true)
}

export function statementFailure(error: unknown, migration: Migration, statement: Statement): FileFailure {
  return new FileFailure(asScriptFailure(error).cause, migration, statement, false)
}

export function asScriptFailure(error: unknown): ScriptFailure {
  if (error instanceof ScriptFailure) return error
  return new ScriptFailure(isNativeError(error) ? error : new Error(String(error)), 0)
}

interface ServerError extends Error {
  readonly code?: string
  readonly position?: string
  readonly severity?: string
}

/** SQLSTATE of what the server said; undefined for what the system or pg said. */
export function sqlState(error: unknown): string | undefined {
  const said = causeOf(error) as ServerError
  return said.severity ? said.code : undefined
}

/** What was said at the bottom of our own wrappers. */
export function causeOf(error: unknown): Error {
  if (error instanceof FileFailure || error instanceof ScriptFailure) return causeOf(error.cause)
  return isNativeError(error) ? error : new Error(String(error))
}

/** Whether the file may succeed when it is tried again: a lock time-out, a deadlock, a serialisation failure. */
export function isLockFailure(error: unknown): boolean {
  return ['55P03', '40P01', '40001'].includes(sqlState(error) ?? '')
}

/** The error of a file that was rolled back. */
export async function rolledBack(run: Run, failure: FileFailure): Promise<MigrationError> {
  const { migration, statement, sentWhole, cause } = failure
  const problem = problemOf(
    cause,
    migration,
    statement,
    sentWhole ? { text: migration.text, offset: 0 } : undefined,
  )
  return new MigrationError([
    { ...problem, message: `${problem.message}${hintOf(cause)}. ${await rolledBackText(run)}` },
  ])
}

export async function rolledBackText(run: Run): Promise<string> {
  const stand = await standOf(run)
  if (stand === undefined) return 'Rolled back.'
  return stand ? `Rolled back; database is still at ${stand}.` : 'Rolled back; nothing applied.'
}

function hintOf(cause: ServerError): string {
  if (cause.code === '25001') {
    return '. It cannot run in a transaction: put it alone in its file with the first line "-- migrate:no-transaction"'
  }
  if (cause.code === '2D000') {
    return '. The runner opens the transaction itself; a procedure that ends transactions needs a file of its own with the first line "-- migrate:no-transaction"'
  }
  return ''
}
