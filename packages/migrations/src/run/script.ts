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

/** Which rows of a script are kept: a file may select a million of them. */
export type KeptRows = 'none' | 'all' | 'last'

/**
 * Sends all statements of a text as one message of the simple protocol: one round trip, however many they are. The server
 * parses the whole text first, runs it statement by statement, and stops at the first failure (protocol documentation,
 * "Multiple Statements in a Simple Query").
 *
 * @param script a text, or its statements
 *
 * `client.query` would do the same, but tells neither how many statements had run before a failure nor how to drop rows.
 */
export function runScript(
  client: Client,
  script: string | readonly string[],
  kept: KeptRows = 'none',
): Promise<Completed[]> {
  const text = typeof script === 'string' ? script : script.join('; ')
  return new Promise((resolve, reject) => {
    client.query(new Script(text, kept, resolve, reject))
  })
}

interface DataRow {
  readonly fields: readonly (string | null)[]
}

/** The calls that pg makes on the query that is under way. */
class Script implements Submittable {
  readonly #text: string
  readonly #kept: KeptRows
  readonly #resolve: (completed: Completed[]) => void
  readonly #reject: (failure: ScriptFailure) => void
  readonly #completed: Completed[] = []
  #rows: (readonly (string | null)[])[] = []

  constructor(
    text: string,
    kept: KeptRows,
    resolve: (completed: Completed[]) => void,
    reject: (failure: ScriptFailure) => void,
  ) {
    this.#text = text
    this.#kept = kept
    this.#resolve = resolve
    this.#reject = reject
  }

  submit(connection: Connection): void {
    connection.query(this.#text)
  }

  handleRowDescription(): void {}

  handleDataRow({ fields }: DataRow): void {
    if (this.#kept === 'last') this.#rows.length = 0
    if (this.#kept !== 'none') this.#rows.push(fields)
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
