import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { connect } from '../../src/database/connect.ts'
import type { Session } from '../../src/database/session.ts'
import { applyMigrations } from '../../src/run/apply.ts'
import { measurePending } from '../../src/run/dry-run.ts'
import { given, migration, recordedNames, sessionOn, TABLE } from './given.ts'
import { startRunner } from './runner-process.ts'
import { until } from './until.ts'

const FIRST = migration('001_a', 'CREATE TABLE a ();')
const SLOW = migration('002_slow', 'CREATE TABLE slow (); SELECT pg_sleep(60);')

let server: DisposablePostgres
let url: string
let session: Session

beforeAll(async () => {
  server = await disposablePostgres({ major: 16 })
})
afterAll(() => server.close())
beforeEach(async () => {
  url = await server.createDatabase()
  session = await sessionOn(url)
})
afterEach(() => session.close())

const running = (what: string) => async () =>
  (
    await server.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active' AND query LIKE '%${what}%'`,
      url,
    )
  ).length > 0

describe('a run that is cancelled', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends the statement on the server and says where the database is',
    async signal => {
      const root = tempDir()
      writeFiles(root, { 'migrations/001_a.sql': FIRST.text, 'migrations/002_slow.sql': SLOW.text })
      const runner = startRunner(url, root)
      await until(running('pg_sleep'))
      const started = performance.now()
      runner.kill(signal)
      const { code, output } = await runner.ended
      expect(code).toBe(1)
      expect(output).toMatch(
        /Cancelled: 002_slow\.sql was running for \d+ s; the server statement was cancelled and rolled back\. Database is at 001\.\n$/,
      )
      expect(performance.now() - started).toBeLessThan(5000)
      expect(await running('pg_sleep')()).toBe(false)
      expect(await recordedNames(server, url)).toEqual(['001_a'])
      expect(await server.query("SELECT FROM pg_class WHERE relname = 'slow'", url)).toEqual([])
    },
  )

  test('while it waits for the lock', async () => {
    const job = new AbortController()
    await session.side.query(`SELECT pg_advisory_lock(${TABLE.lockKeys.join(', ')})`)
    const { options, said } = given({ signal: job.signal })
    const waiting = applyMigrations(session, [FIRST], TABLE, options)
    const outcome = expect(waiting).rejects.toThrow('Cancelled: no file was running. Nothing applied.')
    await until(async () => said.length > 0)
    job.abort()
    await outcome
  })

  test('a concurrent index is cancelled too, and the next run builds it', async () => {
    await server.query('CREATE TABLE t (a int)', url)
    const index = migration('002_i', '-- migrate:no-transaction\nCREATE INDEX CONCURRENTLY i ON t (a);')
    const job = new AbortController()
    const writer = await connect(session.target, 'writer', { timeoutMs: 5000 })
    await writer.query('BEGIN; INSERT INTO t VALUES (1)')
    const applying = applyMigrations(session, [index], TABLE, given({ signal: job.signal }).options)
    const outcome = expect(applying).rejects.toThrow(
      /^Cancelled: 002_i\.sql was running for 0 s; the server statement was cancelled; the next run clears up what it has left\./,
    )
    await until(running('CONCURRENTLY'))
    job.abort()
    await outcome
    await writer.query('COMMIT')
    await writer.end()
    await applyMigrations(session, [index], TABLE, given().options)
    expect(await server.query("SELECT indisvalid FROM pg_index WHERE indrelid = 't'::regclass", url)).toEqual(
      [{ indisvalid: true }],
    )
  })
})

describe('a connection that is lost', () => {
  test('in the middle of a file: it says that nothing of it is there', async () => {
    const { options, applied } = given()
    const applying = applyMigrations(session, [FIRST, SLOW], TABLE, options)
    const outcome = expect(applying).rejects.toThrow(
      /^migrations\/002_slow\.sql The connection was lost while 002_slow\.sql ran \(terminating connection due to administrator command\)\. It was rolled back; database is at 001\. Run this again\.$/,
    )
    await until(running('pg_sleep'))
    await server.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()",
      url,
    )
    await outcome
    expect(applied.map(({ name }) => name)).toEqual(['001_a'])
  })

  test('by the network: the backend that still runs the file is ended', async () => {
    const applying = applyMigrations(session, [SLOW], TABLE, given().options)
    const outcome = expect(applying).rejects.toThrow(
      /It was rolled back; nothing applied\. Run this again\.$/,
    )
    await until(running('pg_sleep'))
    const { connection } = session.main as unknown as { connection: { stream: { destroy(): void } } }
    connection.stream.destroy()
    await outcome
    expect(await running('pg_sleep')()).toBe(false)
  })
})

describe('a dry run', () => {
  test('measures and leaves nothing, not even the tracking table', async () => {
    await server.query('CREATE TABLE t (a int)', url)
    const { options, said, applied } = given()
    const files = [
      migration('001_b', 'CREATE TABLE b ();'),
      migration('002_t', 'ALTER TABLE t ADD b text;'),
      migration('003_i', '-- migrate:no-transaction\nCREATE INDEX CONCURRENTLY i ON t (a);'),
    ]
    const measured = await measurePending(session, files, TABLE, options)
    expect(measured.map(({ name, locks }) => [name, locks.map(({ mode }) => mode)])).toEqual([
      ['001_b', []],
      ['002_t', ['AccessExclusiveLock']],
    ])
    expect(said).toEqual(['003_i.sql cannot run in a transaction, so it is not measured.'])
    expect(applied).toEqual([])
    expect(await recordedNames(server, url)).toBeUndefined()
    expect(await server.query("SELECT FROM pg_class WHERE relname = 'b'", url)).toEqual([])
  })

  test('fails as applying would, deferred constraints included', async () => {
    const file = migration(
      '001_d',
      'CREATE TABLE d (id int PRIMARY KEY, up int REFERENCES d DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO d VALUES (1, 2);',
    )
    await expect(measurePending(session, [file], TABLE, given().options)).rejects.toThrow(
      /\(23503\).*nothing applied/,
    )
  })
})
