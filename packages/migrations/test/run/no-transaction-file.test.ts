import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { connect } from '../../src/database/connect.ts'
import type { Session } from '../../src/database/session.ts'
import { applyMigrations } from '../../src/run/apply.ts'
import { given, migration, recordedNames, sessionOn, TABLE } from './given.ts'
import { startRunner } from './runner-process.ts'
import { until } from './until.ts'

const TABLE_FILE = migration('001_t', 'CREATE TABLE t (a int); INSERT INTO t VALUES (1), (2);')
const INDEX_FILE = migration(
  '002_idx',
  '-- migrate:no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY tu ON t (a);\n',
)

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

const indexes = () =>
  server.query(
    `SELECT indexrelid::regclass::text AS name, indisvalid AS valid FROM pg_index WHERE indrelid = 't'::regclass ORDER BY 1`,
    url,
  )
const comment = async () =>
  (await server.query(`SELECT obj_description('${TABLE.qualified}'::regclass) AS text`, url))[0]?.text

describe('a file outside of a transaction', () => {
  test('runs, is recorded and leaves no lock, setting or mark', async () => {
    const { options, applied } = given()
    const vacuum = migration('003_v', "-- migrate:no-transaction\nSET work_mem = '5MB';\nVACUUM t;\n")
    await applyMigrations(session, [TABLE_FILE, INDEX_FILE, vacuum], TABLE, options)
    expect(await recordedNames(server, url)).toEqual(['001_t', '002_idx', '003_v'])
    expect(applied.map(({ name }) => name)).toEqual(['001_t', '002_idx', '003_v'])
    expect(await indexes()).toEqual([{ name: 'tu', valid: true }])
    expect(await comment()).toBeNull()
    const { rows } = await session.main.query(
      "SELECT current_setting('work_mem') AS mem, current_setting('lock_timeout') AS lock, (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory') AS locks",
    )
    expect(rows).toEqual([{ mem: '4MB', lock: '0', locks: 0 }])
  })

  test('duplicates leave an INVALID index, which is named with the remedy', async () => {
    const { options } = given()
    const twice = migration('001_t', 'CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1);')
    const failing = applyMigrations(session, [twice, INDEX_FILE], TABLE, options)
    await expect(failing).rejects.toThrow(
      'migrations/002_idx.sql:2:1 could not create unique index "tu" (23505). Database is still at 001. Index tu on t is INVALID after 002_idx.sql. DROP INDEX CONCURRENTLY tu; fix the duplicates; rerun.',
    )
    expect(await recordedNames(server, url)).toEqual(['001_t'])
    expect(await comment()).toBeNull()
  })

  test('IF NOT EXISTS does not make an INVALID index good', async () => {
    await server.query('CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)', url)
    await server.query('CREATE UNIQUE INDEX CONCURRENTLY tu ON t (a)', url).catch(() => undefined)
    const { options } = given()
    const file = migration(
      '002_idx',
      '-- migrate:no-transaction\nSET search_path = public, pg_catalog;\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS tu ON t (a);',
    )
    await expect(applyMigrations(session, [file], TABLE, options)).rejects.toThrow(
      'migrations/002_idx.sql Index tu on t is INVALID after 002_idx.sql.',
    )
    expect(await recordedNames(server, url)).toEqual([])
  })

  test.each([
    ['two statements', 'VACUUM t;\nANALYZE t;', 'exactly one statement besides SET'],
    ['an index without a name', 'CREATE INDEX CONCURRENTLY ON t (a);', 'needs the name of the index'],
  ])('%s are refused', async (_, sql, text) => {
    const { options } = given()
    const file = migration('002_x', `-- migrate:no-transaction\n${sql}`)
    await expect(applyMigrations(session, [TABLE_FILE, file], TABLE, options)).rejects.toThrow(text)
    expect(await recordedNames(server, url)).toEqual(['001_t'])
  })
})

describe('a run that is cut off in such a file', () => {
  test('while the index is built: the next one drops what is left and builds it', async () => {
    const root = tempDir()
    writeFiles(root, { 'migrations/001_t.sql': TABLE_FILE.text, 'migrations/002_idx.sql': INDEX_FILE.text })
    await applyMigrations(session, [TABLE_FILE], TABLE, given().options)
    const writer = await connect(session.target, 'writer', { timeoutMs: 5000 })
    await writer.query('BEGIN; INSERT INTO t VALUES (3)')
    const runner = startRunner(url, root)
    await until(async () => (await indexes()).length > 0)
    runner.kill('SIGKILL')
    await runner.ended
    const holds = "SELECT FROM pg_locks WHERE locktype = 'advisory'"
    await until(async () => (await server.query(holds, url)).length === 0)
    await writer.query('COMMIT')
    await writer.end()
    expect(await indexes()).toEqual([{ name: 'tu', valid: false }])

    const { options, said } = given()
    await applyMigrations(session, [INDEX_FILE], TABLE, options)
    expect(said).toContain('Dropping index tu, which that run has left INVALID.')
    expect(await indexes()).toEqual([{ name: 'tu', valid: true }])
    expect(await recordedNames(server, url)).toEqual(['001_t', '002_idx'])
  })

  test.each([
    ['CREATE INDEX CONCURRENTLY', 'CREATE INDEX CONCURRENTLY tv ON t (a)'],
    ['DROP INDEX CONCURRENTLY', 'DROP INDEX CONCURRENTLY ti'],
  ])('after %s and before its row: the next one records it', async (_, sql) => {
    const file = migration('002_x', `-- migrate:no-transaction\n${sql};`)
    await applyMigrations(
      session,
      [migration('001_t', `${TABLE_FILE.text} CREATE INDEX ti ON t (a);`)],
      TABLE,
      given().options,
    )
    // The record refuses the row, as if the runner had been killed just before it.
    await server.query(`ALTER TABLE ${TABLE.qualified} ADD CHECK (version <> 2)`, url)
    await expect(applyMigrations(session, [file], TABLE, given().options)).rejects.toThrow(
      'violates check constraint',
    )
    await server.query(
      `ALTER TABLE ${TABLE.qualified} DROP CONSTRAINT tokenledger_migrations_version_check`,
      url,
    )
    const after = await indexes()
    await applyMigrations(session, [file], TABLE, given().options)
    expect(await indexes()).toEqual(after)
    expect(await recordedNames(server, url)).toEqual(['001_t', '002_x'])
    expect(await comment()).toBeNull()
  })
})
