import type { ClientBase } from 'pg'

/** What another migration tool's table says. */
export interface ForeignRecord {
  /** `public.schema_migrations` */
  readonly table: string
  /** `golang-migrate` */
  readonly tool: string
  /** In words: `version 2`, `2 migrations up to 002_add_teams`. */
  readonly says: string
  /** The number of the newest migration that it proves; absent where it proves none. */
  readonly version?: bigint
}

export async function foreignRecords(_client: ClientBase): Promise<ForeignRecord[]> {
  throw new Error('not built yet')
}
