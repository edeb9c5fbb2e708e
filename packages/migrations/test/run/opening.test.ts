import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { connect } from '../../src/database/connect.ts'
import type { Session } from '../../src/database/session.ts'
import { applyMigrations } from '../../src/run/apply.ts'
import { given, migration, recordedNames, sessionOn, TABLE } from './given.ts'
import { until } from './until.ts'

let server: DisposablePostgres
let url: string
let session: Session

beforeAll(async () => {
  server = await disposablePostgres({ major: 16, settings: { fsync: 'on' } })
})
afterAll(() => server.close())
beforeEach(async () => {
  url = await server.createDatabase()
  session = await sessionOn(url)
})
afterEach(() => session.close())

const LOCK_KEYS = TABLE.lockKeys.join(', ')

/** Another session of the same database, with what the database has set for its sessions since. */
async function reconnect(): Promise<void> {
  await session.close()
  session = await sessionOn(url)
}

describe('the transaction that the end of the one before it opens', () => {
  test('has our isolation and may write, whatever the database has for a default', async () => {
    const name = new URL(url).pathname.slice(1)
    await server.query(`ALTER DATABASE "${name}" SET default_transaction_isolation = 'serializable'`)
    await reconnect()
    const shown = `INSERT INTO seen VALUES (current_setting('transaction_isolation'), current_setting('synchronous_commit'));`
    const files = [
      migration(
        '001_a',
        `CREATE TABLE seen (isolation text, durable text);\n${shown} SELECT pg_advisory_lock(1);`,
      ),
      migration('002_b', shown),
      migration('003_c', shown),
    ]
    await applyMigrations(session, files, TABLE, given().options)
    expect(await server.query('SELECT * FROM seen', url)).toEqual([
      { isolation: 'read committed', durable: 'off' },
      { isolation: 'read committed', durable: 'off' },
      { isolation: 'read committed', durable: 'on' },
    ])
  })

  test('does not go ahead when another session has taken the lock in between', async () => {
    const other = await connect(session.target, 'psql', { timeoutMs: 5000 })
    try {
      const { options, applied, said } = given()
      const files = [migration('001_a', 'SELECT pg_sleep(0.5);'), migration('002_b', 'CREATE TABLE b ();')]
      const running = applyMigrations(session, files, TABLE, options)
      // A session that waits is given the lock at the very moment at which the first file lets go of it.
      const held = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted`
      await until(async () => (await server.query(held, url)).length > 0)
      await other.query(`SELECT pg_advisory_lock(${LOCK_KEYS})`)
      expect(await recordedNames(server, url)).toEqual(['001_a'])
      await other.query(`SELECT pg_sleep(0.3), pg_advisory_unlock(${LOCK_KEYS})`)
      await running
      expect(said.join('\n')).toMatch(/^Waiting for the migration lock: pid \d+/m)
      expect(applied.map(({ name }) => name)).toEqual(['001_a', '002_b'])
    } finally {
      await other.end()
    }
  })

  test('cannot take back the file before it by failing: that one is applied, and reported', async () => {
    await server.query(
      `CREATE ROLE writer LOGIN PASSWORD 'written'; GRANT ALL ON SCHEMA public TO writer`,
      url,
    )
    await session.close()
    session = await sessionOn(url.replace(/\/\/[^@]*@/, '//writer:written@'))
    const { options, applied } = given()
    const files = [
      migration(
        '001_policy',
        `ALTER TABLE ${TABLE.qualified} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY w ON ${TABLE.qualified} FOR INSERT WITH CHECK (true);
CREATE POLICY r ON ${TABLE.qualified} FOR SELECT USING (duration_ms / 0 = 1);`,
      ),
      migration('002_b', 'CREATE TABLE b ();'),
    ]
    await expect(applyMigrations(session, files, TABLE, options)).rejects.toThrow('division by zero')
    expect(await recordedNames(server, url)).toEqual(['001_policy'])
    expect(applied.map(({ name }) => name)).toEqual(['001_policy'])
  })
})

test('only what is new to a file is left out of its locks: an index that the file before it has built is not', async () => {
  const { options, applied } = given()
  const files = [
    migration('001_t', 'CREATE TABLE t (id int);'),
    migration('002_i', '-- migrate:no-transaction\nCREATE INDEX CONCURRENTLY i ON t (id);'),
    migration('003_j', 'CREATE INDEX j ON t (id);'),
    migration('004_drop', 'DROP INDEX i; DROP INDEX j;'),
  ]
  await applyMigrations(session, files, TABLE, options)
  expect(applied[2]?.locks.map(({ relation }) => relation)).toEqual(['public.t'])
  expect(applied[3]?.locks.map(({ relation }) => relation)).toEqual(['public.t', 'public.i', 'public.j'])
})

test('a file that only creates need not be asked, and what it made is there for the next one', async () => {
  const { options, applied } = given()
  const files = [
    migration('001_t', 'CREATE TABLE t (id int); CREATE INDEX i ON t (id);'),
    migration('002_u', 'CREATE TABLE u (id int);'),
    migration('003_alter', 'ALTER TABLE t ADD x int; ALTER TABLE u ADD x int;'),
  ]
  await applyMigrations(session, files, TABLE, options)
  expect(applied.map(({ locks }) => locks.map(({ relation }) => relation))).toEqual([
    [],
    [],
    ['public.t', 'public.u'],
  ])
})

test('where an event trigger runs with it, a file that only creates is asked', async () => {
  await server.query(
    `CREATE TABLE log (tag text);
    CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO log VALUES (tg_tag); END';
    CREATE EVENT TRIGGER noting ON ddl_command_end EXECUTE FUNCTION note()`,
    url,
  )
  const { options, applied } = given()
  await applyMigrations(session, [migration('001_t', 'CREATE TABLE t (id int);')], TABLE, options)
  expect(applied[0]?.locks.map(({ relation }) => relation)).toEqual(['public.log'])
})

test('of many files only one commit a second waits for the disk, and the last one', async () => {
  const files = Array.from({ length: 40 }, (_, n) =>
    migration(`${String(n + 1).padStart(3, '0')}_t`, `CREATE TABLE t${n} ();`),
  )
  const before = await syncs()
  await applyMigrations(session, files, TABLE, given().options)
  // Its counters are told when a session ends.
  await reconnect()
  const after = await syncs()
  expect(after).toBeGreaterThan(before)
  expect(after - before).toBeLessThan(20)
})

async function syncs(): Promise<number> {
  const [row] = await server.query('SELECT wal_sync::int AS n FROM pg_stat_wal', url)
  return Number(row?.n)
}
