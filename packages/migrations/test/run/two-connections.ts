import type { DisposablePostgres } from '@tokenledger/postgres-server'
import { Client } from 'pg'
import type { Session } from '../../src/database/session.ts'

/** Two plain connections to a new, empty database, and the backend of the first. */
export async function twoConnections(
  server: DisposablePostgres,
  { url = '', pooled = false }: { readonly url?: string; readonly pooled?: boolean } = {},
): Promise<{ readonly session: Session; readonly mainPid: number }> {
  const connectionString = url || (await server.createDatabase())
  const [main, side] = [new Client({ connectionString }), new Client({ connectionString })]
  await main.connect()
  await side.connect()
  const { rows } = await main.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const session = {
    main,
    side,
    pooled,
    server: { version: server.version, versionNumber: 0 },
    close: async () => {
      await main.end()
      await side.end()
    },
  }
  return { session: session as unknown as Session, mainPid: rows[0]?.pid ?? 0 }
}
