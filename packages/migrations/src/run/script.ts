import type { Client, Connection, Submittable } from 'pg'

/** What one statement of a script answered. */
export interface Completed {
  /** The command tag's first word or words, such as `SELECT` or `CREATE TABLE`. */
  readonly command: string
  /** In text format; empty unless rows were asked for. */
  readonly rows: readonly (readonly (string | null)[])[]
}

/** A script that failed, after `completed` of its statements had run. `cause` is what the server or the system said. */
export class ScriptFailure extends Error {
  readonly completed: number
  override readonly cause: Error

  constructor(cause: Error, completed: number) {
    super(cause.message)
    this.cause = cause
    this.completed = completed
  }
}

/**
 * Sends all statements of a text as one message of the simple protocol: one round trip, however many they are. The server
 * parses the whole text first, runs it statement by statement, and stops at the first failure (protocol documentation,
 * "Multiple Statements in a Simple Query"). Rows are dropped unless `keepRows`: a file may select a million of them.
 *
 * `client.query` would do the same, but tells neither how many statements had run before a failure nor how to drop rows.
 */
export function runScript(client: Client, text: string, keepRows = false): Promise<Completed[]> {
  return new Promise((resolve, reject) => {
    client.query(new Script(text, keepRows, resolve, reject))
  })
}

interface DataRow {
  readonly fields: readonly (string | null)[]
}

/** The calls that pg makes on the query that is under way. */
class Script implements Submittable {
  readonly #text: string
  readonly #keepRows: boolean
  readonly #resolve: (completed: Completed[]) => void
  readonly #reject: (failure: ScriptFailure) => void
  readonly #completed: Completed[] = []
  #rows: (readonly (string | null)[])[] = []

  constructor(
    text: string,
    keepRows: boolean,
    resolve: (completed: Completed[]) => void,
    reject: (failure: ScriptFailure) => void,
  ) {
    this.#text = text
    this.#keepRows = keepRows
    this.#resolve = resolve
    this.#reject = reject
  }

  submit(connection: Connection): void {
    connection.query(this.#text)
  }

  handleRowDescription(): void {}

  handleDataRow({ fields }: DataRow): void {
    if (this.#keepRows) this.#rows.push(fields)
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#completed.push({ command: text.replace(/ [\d ]+$/, ''), rows: this.#rows })
    this.#rows = []
  }

  handleEmptyQuery(): void {}

  handleCopyInResponse(connection: { sendCopyFail(reason: string): void }): void {
    connection.sendCopyFail('a migration has no standard input')
  }

  handleCopyData(): void {}

  handleError(error: Error): void {
    this.#reject(new ScriptFailure(error, this.#completed.length))
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#completed)
  }
}
