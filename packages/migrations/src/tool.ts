import type { ModelDrift } from './alembic/models.ts'
import type { Session } from './database/session.ts'
import type { Problem } from './problem.ts'
import type { AppliedMigration } from './run/applied.ts'

export type ToolKind = 'sql' | 'alembic' | 'command'

/** A migration that the database does not have yet. */
export interface PendingMigration {
  readonly version: string
  readonly name: string
  /** Path relative to the repository; absent for a command, which does not tell. */
  readonly path?: string
}

/** What the database says about itself; read from its tables, never from what a program prints. */
export interface ToolState {
  /** The version that the database is at; empty before the first migration. */
  readonly current: string
  readonly applied: readonly { readonly version: string; readonly name: string; readonly appliedAt?: Date }[]
  readonly pending: readonly PendingMigration[]
  /** True when `pending` is all there is to know: a command of the project's own does not tell what it would do. */
  readonly knowsPending: boolean
  /** Why `apply` refuses: the database has tables and no record, so that nobody knows what is pending. Mode baseline mends it. */
  readonly unrecorded?: string
}

export interface ApplyOptions {
  /** The last version to apply; everything when absent. */
  readonly to?: string
  /** All pending files in one transaction, or one for each file. */
  readonly transaction: 'file' | 'all'
  /** How long to wait for another run that holds the migration lock, in ms. */
  readonly lockWaitMs: number
  /** PostgreSQL's lock_timeout for each statement, in ms; 0 waits without end. */
  readonly lockTimeoutMs: number
  /** Further tries of a file after a lock time-out. */
  readonly lockRetries: number
  /** PostgreSQL's statement_timeout, in ms; 0 for none. */
  readonly statementTimeoutMs: number
  /** Locks are always measured for each file; `statements` measures each statement by itself. */
  readonly measure: 'files' | 'statements'
  /** Who runs, for the tracking table: `tokenledger-actions/run-migrations owner/repo#12/1`. */
  readonly runner: string
  /** Page of the workflow run, for the tracking table and for who finds the lock taken; empty outside GitHub. */
  readonly runUrl: string
  /** Aborted when the job is cancelled. */
  readonly signal: AbortSignal
  readonly say: (line: string) => void
  /** Called after each migration that is committed, so that a failure later on still reports it. */
  readonly onApplied: (migration: AppliedMigration) => void
}

/** Plain SQL, Alembic or a command of the project's own, seen alike. */
export interface MigrationTool {
  readonly kind: ToolKind
  /** Everything that can be known to be wrong before any connection. Throws a MigrationError with all of it. */
  preflight(): Promise<void>
  /** Throws a MigrationError when database and files contradict each other (edited, deleted, late files). */
  state(session: Session): Promise<ToolState>
  /** Takes the migration lock, brings the database to `to`, and verifies from the database that it is there. */
  apply(session: Session, options: ApplyOptions): Promise<void>
  /** Records everything up to `version` as applied without running it; returns what was recorded. */
  baseline(session: Session, version: string, options: ApplyOptions): Promise<string[]>
  /** Reverts everything; absent where the tool has no way back. */
  down?(session: Session, options: ApplyOptions): Promise<void>
  /** Branches, duplicates and gaps of the history, read without a database; absent where files cannot branch. */
  heads?(): Promise<readonly Problem[]>
  /** Whether the project's models and the session's database, which must be at the head, agree; absent without models. */
  models?(session: Session): Promise<ModelDrift>
  /** The same tool over another checkout of the same repository. */
  at(root: string): MigrationTool
}

/** Where a project lies: the checkout, and the project's folder in it. */
export interface ProjectPlace {
  /** Absolute path of the checkout. */
  readonly root: string
  /** The project's folder relative to `root`, with forward slashes; `.` for the checkout itself. */
  readonly workingDirectory: string
}
