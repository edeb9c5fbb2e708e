import { UserError } from '@tokenledger/kit'
import type { Client } from 'pg'
import type { ServerFacts } from './session.ts'
import { placeOf, type Target } from './target.ts'

/** The oldest major that we accept; older ones have had no fixes since 2023 (postgresql.org, "Versioning Policy"). */
const OLDEST_MAJOR = 12

interface Row {
  readonly version: string
  readonly number: number
  readonly standby: boolean
  readonly read_only: boolean
}

/** One query: the server's version and whether it takes writes. A UserError when it is too old, or cannot write and has to. */
export async function serverFacts(client: Client, target: Target, writes = true): Promise<ServerFacts> {
  const { rows } = await client.query<Row>(
    `SELECT current_setting('server_version') AS version,
            current_setting('server_version_num')::int AS number,
            pg_catalog.pg_is_in_recovery() AS standby,
            current_setting('transaction_read_only') = 'on' AS read_only`,
  )
  const { version = '', number = 0, standby, read_only } = rows[0] ?? {}
  if (number < OLDEST_MAJOR * 10_000) {
    throw new UserError(`${placeOf(target)} is PostgreSQL ${version}; ${OLDEST_MAJOR} or later is needed.`)
  }
  if (writes && standby) {
    throw new UserError(
      `${placeOf(target)} is a standby (in recovery), which takes no writes. Give the primary's host in database-url.`,
    )
  }
  if (writes && read_only) {
    throw new UserError(
      `${placeOf(target)} is read-only for role "${target.user}": default_transaction_read_only is on. Turn it off for this role, or give the primary's host.`,
    )
  }
  // Distributions append their own version: "16.14 (Debian 16.14-1)".
  return { version: version.split(' ')[0] ?? version, versionNumber: number }
}
