import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { tempDir } from '@tokenledger/testkit'
import type { Client } from 'pg'
import { connect } from '../../src/database/connect.ts'
import type { Session } from '../../src/database/session.ts'
import { applyMigrations } from '../../src/run/apply.ts'
import { withRunLock } from '../../src/run/run-lock.ts'
import { given, migration, recordedNames, sessionOn, TABLE } from './given.ts'
import { startRunner } from './runner-process.ts'
import { fingerprint, thirtyFiles } from './thirty-files.ts'
import { until } from './until.ts'

let server: DisposablePostgres
let url: string
let session: Session
let other: Client

beforeAll(async () => {
  server = await disposablePostgres({ major: 18 })
})
afterAll(() => server.close())
beforeEach(async () => {
  url = await server.createDatabase()
  session = await sessionOn(url)
  other = await connect(session.target, 'psql', { timeoutMs: 5000 })
})
afterEach(async () => {
  await other.end()
  await session.close()
})

const LOCK = `pg_advisory_lock(${TABLE.lockKeys.join(', ')})`
const USERS = migration('001_users', 'CREATE TABLE users (id int);')
const ALTER = migration('002_alter', '\nALTER TABLE users ADD name text;')

describe('several runs at once', () => {
  test.each([2, 10])(
    '%d of them apply each file once, and all succeed',
    async runs => {
      const root = tempDir()
      thirtyFiles(root)
      const runners = Array.from({ length: runs }, () => startRunner(url, root))
      const ended = await Promise.all(runners.map(({ ended }) => ended))
      expect(ended.map(({ code, output }) => (code === 0 ? 0 : output))).toEqual(ended.map(() => 0))
      const applied = ended.flatMap(({ output }) => output.match(/^applied .*/gm) ?? [])
      expect(applied.sort()).toEqual((await recordedNames(server, url))?.map(name => `applied ${name}`))
      expect(applied).toHaveLength(30)
      const clean = await server.createDatabase()
      await startRunner(clean, root).ended
      expect(await fingerprint(server, url)).toBe(await fingerprint(server, clean))
    },
    60_000,
  )

  test('one that waits does not deadlock with CREATE INDEX CONCURRENTLY in the holder', async () => {
    await applyMigrations(session, [USERS], TABLE, given().options)
    await other.query('BEGIN; INSERT INTO users VALUES (1)')
    const index = migration('002_i', '-- migrate:no-transaction\nCREATE INDEX CONCURRENTLY i ON users (id);')
    const building = applyMigrations(session, [index], TABLE, given().options)
    await until(async () => (await server.query("SELECT FROM pg_class WHERE relname = 'i'", url)).length > 0)
    const second = await sessionOn(url)
    try {
      const { options, said, applied } = given()
      const waiting = applyMigrations(
        second,
        [index, migration('003_c', 'CREATE TABLE c ();')],
        TABLE,
        options,
      )
      await until(async () => said.some(line => line.startsWith('Waiting for the migration lock: pid ')))
      await other.query('COMMIT')
      await Promise.all([building, waiting])
      expect(applied.map(({ name }) => name)).toEqual(['003_c'])
    } finally {
      await second.close()
    }
  })

  test('a holder that never gives up is named, with its workflow run', async () => {
    const { options } = given({ lockWaitMs: 300 })
    const owner = await sessionOn(url)
    try {
      await owner.main.query(`SELECT ${LOCK}`)
      await expect(applyMigrations(session, [USERS], TABLE, options)).rejects.toThrow(
        /^Another run holds the migration lock: pid \d+, tokenledger-actions\/run-migrations acme\/shop#12\/1 from 127\.0\.0\.1, .*\. Waited \d+ ms\. https:\/\/github\.com\/acme\/shop\/actions\/runs\/12\b/,
      )
    } finally {
      await owner.close()
    }
    expect(await recordedNames(server, url)).toEqual([])
  })

  test('a file that another run has applied from a different text is an error', async () => {
    await applyMigrations(session, [USERS], TABLE, given().options)
    const edited = migration('001_users', 'CREATE TABLE users (id bigint);')
    await expect(applyMigrations(session, [edited], TABLE, given().options)).rejects.toThrow(
      'Another run has just applied a different file as 001',
    )
  })
})

describe('a table that another session has locked', () => {
  beforeEach(async () => {
    await applyMigrations(session, [USERS], TABLE, given().options)
    await other.query('BEGIN; SELECT * FROM users')
  })

  test('is tried again until it is free', async () => {
    const { options, applied, said } = given({ lockTimeoutMs: 200, lockRetries: 20 })
    const applying = applyMigrations(session, [ALTER], TABLE, options)
    await until(async () => said.length >= 2)
    await other.query('COMMIT')
    await applying
    expect(applied[0]?.retries).toBeGreaterThanOrEqual(2)
    expect(said[0]).toBe(
      '002_alter.sql waited too long for a lock (canceling statement due to lock timeout); trying again.',
    )
  })

  test('is given up with the blocker named', async () => {
    const { options } = given({ lockTimeoutMs: 400, lockRetries: 1 })
    await expect(applyMigrations(session, [ALTER], TABLE, options)).rejects.toThrow(
      /^migrations\/002_alter\.sql:2:1 could not lock users within 400 ms, 2 tries\. Blocked by pid \d+ \(psql, idle in transaction \d+ m?s\)\. Rolled back; database is still at 001\.$/,
    )
  })
})

describe('the lock for other tools', () => {
  test('keeps runs away while the work lasts, and holds up no concurrent index', async () => {
    await applyMigrations(session, [USERS], TABLE, given().options)
    await withRunLock(session, TABLE, given().options, async () => {
      const attempt = applyMigrations(session, [ALTER], TABLE, given({ lockWaitMs: 0 }).options)
      await expect(attempt).rejects.toThrow('Another run holds the migration lock')
      await server.query('CREATE INDEX CONCURRENTLY i ON users (id)', url)
    })
    await applyMigrations(session, [ALTER], TABLE, given({ lockWaitMs: 0 }).options)
  })

  test('is free again after a failure of the work', async () => {
    const failing = withRunLock(session, TABLE, given().options, () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    await until(
      async () => (await server.query("SELECT FROM pg_locks WHERE locktype = 'advisory'", url)).length === 0,
    )
  })
})
