import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres, type Major } from '@tokenledger/postgres-server'
import { Client } from 'pg'
import type { Session } from '../../src/database/session.ts'
import {
  type Blocker,
  describeBlocker,
  describeHolder,
  holderOf,
  runUrlOf,
  watchBlockers,
} from '../../src/run/blockers.ts'
import { shownQuery } from '../../src/run/shown-query.ts'
import { twoConnections } from './two-connections.ts'

const KEYS = [0x544c4d47, -5] as const
const RUNNER = 'tokenledger-actions/run-migrations acme/shop#9812/1'

describe.each<Major>([16, 18])('on PostgreSQL %i', major => {
  let server: DisposablePostgres
  let url: string
  let session: Session
  let mainPid: number
  const others: Client[] = []
  beforeAll(async () => {
    server = await disposablePostgres({ major, settings: { max_prepared_transactions: '2' } })
    url = await server.createDatabase()
    await server.query("CREATE TABLE t (id int, mail text); CREATE ROLE app LOGIN PASSWORD 'app'", url)
    ;({ session, mainPid } = await twoConnections(server, { url }))
  })
  afterAll(async () => {
    for (const client of others) await client.end()
    await session.close()
    await server.close()
  })

  async function other(
    application_name: string,
    connectionString = url,
  ): Promise<{ client: Client; pid: number }> {
    const client = new Client({ connectionString, application_name })
    await client.connect()
    others.push(client)
    const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
    return { client, pid: rows[0].pid }
  }

  /** Who is seen, through `by`, while `main` waits for table t. */
  async function seenWhileWaiting(by: Session = session): Promise<Blocker[]> {
    await session.main.query('BEGIN')
    let isFree = false
    const locked = () => {
      isFree = true
    }
    const waiting = session.main.query('LOCK TABLE t').then(locked, () => undefined)
    let seen: Blocker[] = []
    while (seen.length === 0 && !isFree) {
      const watch = watchBlockers(by, mainPid, { afterMs: 0, everyMs: 5 })
      await new Promise(resolve => setTimeout(resolve, 20))
      seen = await watch.stop()
    }
    await server.query(`SELECT pg_cancel_backend(${mainPid})`)
    await waiting
    await session.main.query('ROLLBACK')
    return seen
  }

  it('a session that idles in its transaction is named as the blocker, without the values of its query', async () => {
    const { client, pid } = await other('psql')
    await client.query("BEGIN; INSERT INTO t VALUES (1, 'ann@example.org')")
    const [blocker] = await seenWhileWaiting()
    await client.query('ROLLBACK')

    expect(blocker).toMatchObject({
      pid,
      application: 'psql',
      state: 'idle in transaction',
      address: '127.0.0.1',
    })
    expect(blocker?.query).toBe("BEGIN; INSERT INTO t VALUES (1, '…')")
    expect(describeBlocker(blocker as Blocker)).toMatch(/^pid \d+ \(psql, idle in transaction \d+ m?s\)$/)
  })

  it('a session at work is named with its query', async () => {
    const { client, pid } = await other('psql')
    await client.query('BEGIN; LOCK TABLE t')
    const working = client.query("SELECT\n pg_sleep(100), 'ann@example.org' -- secret").catch(() => 0)
    const [blocker] = await seenWhileWaiting()
    await server.query(`SELECT pg_cancel_backend(${pid})`)
    await working
    await client.query('ROLLBACK')

    expect(describeBlocker(blocker as Blocker)).toMatch(
      /^pid \d+ \(psql, active \d+ m?s: SELECT pg_sleep\(100\), '…'\)$/,
    )
  })

  it('a role without pg_read_all_stats learns the name and the role', async () => {
    const { client, pid } = await other('')
    await client.query("BEGIN; INSERT INTO t VALUES (1, 'x')")
    const { client: side } = await other('weak', url.replace(/\/\/.*?@/, '//app:app@'))
    const [blocker] = await seenWhileWaiting({ ...session, side })
    await client.query('ROLLBACK')

    expect(describeBlocker(blocker as Blocker)).toBe(
      `pid ${pid} (of role ledger, whose work is hidden from this one)`,
    )
    expect(describeHolder(blocker as Blocker)).toBe(`pid ${pid}, a session of role ledger`)
  })

  it('a prepared transaction has no session to name', async () => {
    const { client } = await other('psql')
    await client.query("BEGIN; LOCK TABLE t; PREPARE TRANSACTION 'p'")
    const seen = await seenWhileWaiting()
    await client.query("ROLLBACK PREPARED 'p'")
    expect(seen.map(describeBlocker)).toEqual(['a prepared transaction (see pg_prepared_xacts)'])
  })

  it('nobody is seen by a watch that ends before its first look', async () => {
    const watch = watchBlockers(session, mainPid)
    expect(await watch.stop()).toEqual([])
  })

  it('the holder of the migration lock is named, and only as long as it holds it', async () => {
    const { client, pid } = await other(RUNNER)
    await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${KEYS[0]}, ${KEYS[1]})`)
    await client.query("CREATE TABLE made AS SELECT 'ann@example.org' AS mail")
    const holder = await holderOf(session, KEYS)
    const otherKey = await holderOf(session, [KEYS[0], 5])
    await client.query('ROLLBACK')

    expect(describeHolder(holder as Blocker)).toMatch(
      new RegExp(`^pid ${pid}, ${RUNNER} from 127.0.0.1, \\d+ m?s, idle in transaction$`),
    )
    expect(runUrlOf(holder as Blocker, 'https://github.com')).toBe(
      'https://github.com/acme/shop/actions/runs/9812/attempts/1',
    )
    expect([otherKey, await holderOf(session, KEYS)]).toEqual([undefined, undefined])
  })
})

describe('a session', () => {
  const blocker: Blocker = {
    pid: 311,
    application: 'psql',
    role: 'app',
    state: 'idle in transaction',
    ms: 240_000,
    query: 'CREATE INDEX …',
    address: '10.1.0.4',
  }

  it.each([
    [240_000, '4 m'],
    [100, '100 ms'],
    [48_200, '48 s'],
    [3 * 3_600_000, '3 h'],
  ])('of %i ms is described as %s old', (ms, age) => {
    expect(describeBlocker({ ...blocker, ms })).toBe(`pid 311 (psql, idle in transaction ${age})`)
  })

  it('that holds the lock is described as in the failure text', () => {
    const holder = { ...blocker, pid: 14000, application: RUNNER, state: 'active', ms: 48_000 }
    expect(describeHolder(holder)).toBe(`pid 14000, ${RUNNER} from 10.1.0.4, 48 s, running "CREATE INDEX …"`)
  })

  it('whose name PostgreSQL would cut is taken for a run of the own repository when it begins so', () => {
    const cut = { ...blocker, application: 'tokenledger-actions/run-migrations ged1182/TokenL#12345678901/2' }
    const server = 'https://github.com'
    expect(runUrlOf(cut, server, 'ged1182/TokenLedger')).toBe(
      'https://github.com/ged1182/TokenLedger/actions/runs/12345678901/attempts/2',
    )
    expect([runUrlOf(cut, server), runUrlOf(cut, server, 'acme/shop'), runUrlOf(blocker, server)]).toEqual([
      '',
      '',
      '',
    ])
  })
})

it.each([
  [
    "UPDATE t SET a = E'it\\'s', b = 'x' /* 'y' */ WHERE \"q'\" = 1",
    "UPDATE t SET a = E'…', b = '…' WHERE \"q'\" = 1",
  ],
  ['DO $x$ secret $x$', 'DO $$…$$'],
  ["INSERT INTO t VALUES ('cut at 1024 by", "INSERT INTO t VALUES ('…'"],
  [`SELECT ${'a, '.repeat(40)}b`, `SELECT ${'a, '.repeat(17)}a, …`],
])('a query is shown on one line and without its data: %s', (query, shown) => {
  expect(shownQuery(query)).toBe(shown)
})
