import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  type DisposablePostgres,
  disposablePostgres,
  hasPgBouncer,
  type Major,
  startPgBouncer,
} from '../src/index.ts'

describe.each<Major>([16, 18])('a disposable PostgreSQL %i', major => {
  let server: DisposablePostgres
  beforeAll(async () => {
    server = await disposablePostgres({ major })
  })
  afterAll(() => server.close())

  it('is of that version and has empty databases', async () => {
    const url = await server.createDatabase()
    await server.query('CREATE TABLE t (id int)', url)
    const [row] = await server.query('SELECT current_database() AS name, version() AS version', url)
    expect(row).toMatchObject({ name: 'test_1', version: expect.stringContaining(`PostgreSQL ${major}.`) })
    const other = await server.createDatabase()
    expect(await server.query("SELECT to_regclass('t') AS t", other)).toEqual([{ t: null }])
  })

  const pooled = hasPgBouncer() ? it : it.skip
  pooled(
    'is reached through PgBouncer, whose clients share a backend (needs the Debian package pgbouncer)',
    async () => {
      const pooler = await startPgBouncer(server)
      try {
        const pid = () => server.query('SELECT pg_backend_pid() AS pid', pooler.url('ledger'))
        expect(await pid()).toEqual(await pid())
      } finally {
        await pooler.close()
      }
    },
  )
})
