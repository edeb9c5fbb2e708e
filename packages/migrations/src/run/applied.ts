/** PostgreSQL's table lock modes, the weakest first (documentation, "Explicit Locking"). */
export const LOCK_MODES = [
  'AccessShareLock',
  'RowShareLock',
  'RowExclusiveLock',
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
] as const
export type LockMode = (typeof LOCK_MODES)[number]

/** The strongest lock that was measured on a relation that existed before, and whether its storage was written anew. */
export interface MeasuredLock {
  /** `public.users`, quoted where PostgreSQL needs it. */
  readonly relation: string
  readonly kind: 'table' | 'index' | 'other'
  /** The table of an index. */
  readonly table?: string
  readonly mode: LockMode
  readonly rewritten: boolean
}

/** What a statement cost; measured only when the check `locks` is on. */
export interface MeasuredStatement {
  readonly line: number
  readonly ms: number
  readonly locks: readonly MeasuredLock[]
}

/** One migration that this run applied. */
export interface AppliedMigration {
  readonly version: string
  readonly name: string
  readonly path: string
  /** ms since the start of the run when it began, for the timeline. */
  readonly startedMs: number
  readonly ms: number
  readonly statements: number
  /**
   * Locks of the whole file on what existed before it; empty also where they are not measured: behind a pooler, and for more
   * than 100 files in one transaction.
   */
  readonly locks: readonly MeasuredLock[]
  /** Each statement by itself; empty when statements were not measured. */
  readonly measured: readonly MeasuredStatement[]
  /** Tries that a lock time-out ended before the one that succeeded. */
  readonly retries: number
}
