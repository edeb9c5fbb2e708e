import type { Version } from '../version.ts'

/** A place that still carries an old version. */
export interface DriftPlace {
  /** In the repository, with forward slashes. */
  readonly path: string
  /** From 1. */
  readonly line: number
  /** As it stands there, without a `v`. */
  readonly version: string
  /** `current`: the version that is bumped; `older`: one before it, left by an earlier bump. */
  readonly age: 'current' | 'older'
}

/** What counts as an old version of the project. */
export interface OldVersions {
  /** The version before the bump. */
  readonly current: Version
  /** Versions that were released; any lower one of the same major version counts without them. */
  readonly released?: readonly Version[]
  /** Names of the project, as they stand before the word: `tokenledger` for `tokenledger_version`. */
  readonly names?: readonly string[]
}
