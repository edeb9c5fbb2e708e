import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  type DisposablePostgres,
  disposablePostgres,
  hasPgBouncer,
  type PgBouncer,
  startPgBouncer,
} from '@tokenledger/postgres-server'
import { openSession } from '../../src/database/open-session.ts'
import { parseTarget } from '../../src/database/parse-target.ts'

let server: DisposablePostgres
beforeAll(async () => {
  server = await disposablePostgres()
})
afterAll(() => server?.close())

const open = (url: string, timeoutMs = 5000) =>
  openSession(parseTarget({ url, env: {} }), { applicationName: 'test', timeoutMs })

async function pooled(url: string): Promise<boolean> {
  const session = await open(url)
  await session.close()
  return session.pooled
}

test('a direct connection is not pooled', async () => {
  expect(await pooled(server.url())).toBe(false)
})

const SETTINGS = [1, 2, 5].flatMap(size => [0, 1].map(roundRobin => [size, roundRobin] as const))

;(hasPgBouncer() ? describe : describe.skip)('PgBouncer (needs the Debian package pgbouncer)', () => {
  const bouncers: PgBouncer[] = []
  afterAll(() => Promise.all(bouncers.map(bouncer => bouncer.close())))

  async function bouncer(pool_mode: string, size: number, roundRobin: number): Promise<PgBouncer> {
    const started = await startPgBouncer(server, {
      pool_mode,
      default_pool_size: String(size),
      server_round_robin: String(roundRobin),
    })
    bouncers.push(started)
    return started
  }

  test.each(SETTINGS)(
    'in transaction mode is found: pool of %d, round robin %d',
    async (size, roundRobin) => {
      const { url } = await bouncer('transaction', size, roundRobin)
      // A pool in use has several processes to hand out.
      const others = await Promise.all(Array.from({ length: 3 }, () => open(url('ledger'))))
      await Promise.all(
        others.flatMap(({ main, side }) => [main, side]).map(client => client.query('SELECT pg_sleep(0.01)')),
      )
      for (let i = 0; i < 5; i++) expect(await pooled(url('ledger'))).toBe(true)
      await Promise.all(others.map(other => other.close()))
    },
  )

  test.each(SETTINGS)(
    'in statement mode is refused: pool of %d, round robin %d',
    async (size, roundRobin) => {
      const { url } = await bouncer('statement', size, roundRobin)
      await expect(open(url('ledger'))).rejects.toThrow(
        'This URL goes through a pooler in statement mode, which allows no transactions. Use the direct port for migrations.',
      )
    },
  )

  test.each(SETTINGS.filter(([size]) => size > 1))(
    'in session mode is like a direct connection: pool of %d, round robin %d',
    async (size, roundRobin) => {
      const { url } = await bouncer('session', size, roundRobin)
      for (let i = 0; i < 5; i++) expect(await pooled(url('ledger'))).toBe(false)
    },
  )

  test('in session mode with a pool of one has none for the second connection, and that is said', async () => {
    const { url } = await bouncer('session', 1, 0)
    await expect(open(url('ledger'), 60_000)).rejects.toThrow(
      /a pooler with no connection to spare, and a run needs two/,
    )
    expect(await server.query(`SELECT 1 FROM pg_stat_activity WHERE state LIKE '%transaction%'`)).toEqual([])
  })
})
