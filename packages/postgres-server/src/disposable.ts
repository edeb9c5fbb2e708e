import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { freePort } from './ports.ts'
import { type Major, startPostgres } from './server.ts'

export const DISPOSABLE = { user: 'ledger', password: 'Pa:ss/w#rd 1', database: 'ledger' } as const

export interface DisposablePostgres {
  readonly port: number
  /** `16.14`, as the programs say. */
  readonly version: string
  /** The URL of a database, with the superuser's name and (percent-encoded) password. Default: the first database. */
  url(database?: string): string
  /** Creates an empty database and returns its URL. */
  createDatabase(): Promise<string>
  /** Runs SQL in a database as the superuser and returns the rows of the last statement. */
  query(sql: string, url?: string): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

export interface DisposableOptions {
  readonly major?: Major
  readonly settings?: Readonly<Record<string, string>>
}

/** A server for one test file or bench: free port, own folder in TMPDIR, as many empty databases as asked for. */
export async function disposablePostgres(options: DisposableOptions = {}): Promise<DisposablePostgres> {
  // Another account may run the server, so its folder lies outside folders that are closed to others.
  const folder = await mkdtemp(join(tmpdir(), 'disposable-postgres-'))
  await chmod(folder, 0o711)
  const port = await freePort()
  const server = await startPostgres({
    ...DISPOSABLE,
    ...options,
    port,
    folder: join(folder, 'server'),
    wantedBy: 'a test',
    env: { PATH: process.env.PATH ?? '' },
  })
  let created = 0
  const url = (database: string = DISPOSABLE.database) =>
    `postgresql://${DISPOSABLE.user}:${encodeURIComponent(DISPOSABLE.password)}@127.0.0.1:${port}/${database}`
  const query = async (sql: string, target = url()) => {
    const client = new Client({ connectionString: target })
    await client.connect()
    try {
      const result = await client.query(sql)
      return (Array.isArray(result) ? result.at(-1) : result).rows
    } finally {
      await client.end()
    }
  }
  return {
    port,
    version: server.version,
    url,
    query,
    createDatabase: async () => {
      const name = `test_${++created}`
      await query(`CREATE DATABASE ${name}`)
      return url(name)
    },
    close: async () => {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
