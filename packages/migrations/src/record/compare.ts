import type { LastChange } from '../files/git-history.ts'
import type { Migration } from '../files/migration.ts'
import type { Problem } from '../problem.ts'
import type { RecordedMigration } from './record.ts'

export interface CompareOptions {
  readonly outOfOrder: 'error' | 'allow'
  readonly checksums: 'error' | 'warn'
  /** The input accept-checksum: a checksum, or its first 8 or more digits, by version. */
  readonly accepted: ReadonlyMap<string, string>
  /** Commits by path, for the texts; see {@link Comparison.suspects}. */
  readonly changes?: ReadonlyMap<string, LastChange>
}

export interface Comparison {
  /** Files that the record does not have, in order of version. */
  readonly pending: readonly Migration[]
  readonly applied: readonly RecordedMigration[]
  /** Edited files whose checksum the workflow accepts: the record has to take it over. */
  readonly accept: readonly Migration[]
  readonly problems: readonly Problem[]
  readonly warnings: readonly Problem[]
  /** Paths whose last commit would make the texts better. */
  readonly suspects: readonly string[]
}

export function compare(
  _files: readonly Migration[],
  _record: readonly RecordedMigration[],
  _options: CompareOptions,
): Comparison {
  throw new Error('not built yet')
}
