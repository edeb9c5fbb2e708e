import type { Session } from '../database/session.ts'

/** The schema of a database as text that can be compared. */
export interface Schema {
  /** Who rendered it: `pg_dump 16.14` or `catalog`. Texts of different engines cannot be compared. */
  readonly engine: string
  readonly text: string
  /** SHA-256 of the text behind the engine's name and major version: `pg_dump-16:9f…`, `catalog:9f…`. */
  readonly hash: string
  /** Why pg_dump was not used, when it was wanted. */
  readonly reason?: string
}

export interface SchemaOptions {
  /** Tables of migration tools, as SQL spells them; they are left out with all that belongs to them. */
  readonly bookkeeping: readonly string[]
  /** `auto`: pg_dump when it is on PATH and new enough for the server. Default: auto. */
  readonly pgDump?: 'auto' | 'off'
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Reads the schema of a session's database. */
export async function readSchema(_session: Session, _options: SchemaOptions): Promise<Schema> {
  throw new Error('not built yet')
}
