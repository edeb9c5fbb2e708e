import type { Migration } from '../files/migration.ts'
import type { AppliedMigration } from './applied.ts'
import type { Run } from './run.ts'
import { runScript } from './script.ts'

/** Between two commits that wait for the disk there is at most about this long. */
const DURABLE_EVERY_MS = 1000

/**
 * What is committed and not yet reported. Only the last commit of a run, and one every second, waits for the disk
 * (synchronous_commit); the others leave that to a later one. This is safe, because the log is written in order: a crash of the
 * server loses a tail of whole transactions, each with its tracking row, so the next run sees exactly what is there. A durable
 * commit makes all before it durable, and nothing is reported earlier. Commits that delete files, and CREATE INDEX
 * CONCURRENTLY, which commits under the server's own setting, are durable anyway (documentation, "Asynchronous Commit").
 */
export class Reported {
  readonly #run: Run
  #waiting: { readonly applied: AppliedMigration; readonly migration: Migration }[] = []
  #durableAt = performance.now()

  constructor(run: Run) {
    this.#run = run
  }

  /** Whether the next commit has to wait for the disk; `afterDurable` when the one before it, not told of yet, does. */
  nextIsDurable(isLast: boolean, afterDurable = false): boolean {
    return isLast || (!afterDurable && performance.now() - this.#durableAt > DURABLE_EVERY_MS)
  }

  committed(migration: Migration, applied: AppliedMigration): void {
    this.#waiting.push({ applied, migration })
  }

  /** Reports all that waits; to be called after a durable commit. */
  durable(): void {
    this.#durableAt = performance.now()
    for (const { applied } of this.#waiting.splice(0)) this.#run.options.onApplied(applied)
  }

  /** Makes what waits durable and reports it, outside of a transaction; for a run that ends before its last file. */
  async settle(): Promise<void> {
    const last = this.#waiting.at(-1)
    if (!last) return
    const { session, table } = this.#run
    // Any commit that writes does it; this one changes nothing.
    const touch = `UPDATE ${table.qualified} SET name = name WHERE version OPERATOR(pg_catalog.=) ${last.migration.version}`
    await runScript(session.main, touch)
    this.durable()
  }

  /** Reports those that the record has after all, and forgets the rest: the connection was lost. */
  keep(versions: ReadonlySet<bigint>): void {
    this.#waiting = this.#waiting.filter(({ migration }) => versions.has(migration.version))
    this.durable()
  }
}
