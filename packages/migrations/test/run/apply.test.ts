import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import type { Session } from '../../src/database/session.ts'
import { applyMigrations } from '../../src/run/apply.ts'
import { given, migration, recordedNames, sessionOn, TABLE } from './given.ts'

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

const count = async (sql: string) => Number((await server.query(`SELECT count(*) AS n ${sql}`, url))[0]?.n)

describe('applying files', () => {
  test('each file is applied, recorded and reported in order', async () => {
    const { options, applied } = given()
    const files = [
      migration('001_users', 'CREATE TABLE users (id int PRIMARY KEY);\nINSERT INTO users VALUES (1), (2);'),
      migration('002_names', 'ALTER TABLE users ADD name text;'),
    ]
    await applyMigrations(session, files, TABLE, options)
    expect(await recordedNames(server, url)).toEqual(['001_users', '002_names'])
    expect(applied.map(({ version, statements }) => [version, statements])).toEqual([
      ['001', 2],
      ['002', 1],
    ])
    expect(applied[1]?.locks).toEqual([
      expect.objectContaining({ relation: 'public.users', mode: 'AccessExclusiveLock', rewritten: false }),
    ])
    const rows = await server.query(
      `SELECT checksum, statements, runner, run_url FROM ${TABLE.qualified}`,
      url,
    )
    expect(rows[0]).toEqual({
      checksum: files[0]?.checksum,
      statements: 2,
      runner: 'tokenledger-actions/run-migrations acme/shop#12/1',
      run_url: 'https://github.com/acme/shop/actions/runs/12',
    })
  })

  test('a file that fails leaves nothing, and those before it stay and are reported', async () => {
    const { options, applied } = given()
    const files = [
      migration('001_a', 'CREATE TABLE a ();'),
      migration(
        '002_b',
        'CREATE TABLE b (id int UNIQUE);\nINSERT INTO b VALUES (1);\nINSERT INTO b VALUES (1);',
      ),
      migration('003_c', 'CREATE TABLE c ();'),
    ]
    await expect(applyMigrations(session, files, TABLE, options)).rejects.toThrow(
      'migrations/002_b.sql:3:1 duplicate key value violates unique constraint "b_id_key" (23505). Rolled back; database is still at 001.',
    )
    expect(await recordedNames(server, url)).toEqual(['001_a'])
    expect(applied.map(({ name }) => name)).toEqual(['001_a'])
    expect(await count("FROM pg_class WHERE relname IN ('b', 'c')")).toBe(0)
  })

  test('a syntax error has its own place, whichever statement it is in', async () => {
    const { options } = given()
    const file = migration(
      '001_a',
      'CREATE TABLE a ();\n-- 😀\nSELECT 1;\nCREATE TABLE b (id intt);\nSELEC 2;',
    )
    await expect(applyMigrations(session, [file], TABLE, options)).rejects.toThrow(
      'migrations/001_a.sql:5:1 syntax error at or near "SELEC" (42601). Rolled back; nothing applied.',
    )
  })

  test('the statements of a file are measured one by one on demand', async () => {
    const { options, applied } = given({ measure: 'statements' })
    await applyMigrations(
      session,
      [
        migration('001_a', 'CREATE TABLE a (id int);'),
        migration('002_b', 'SELECT 1;\n\nALTER TABLE a ALTER id TYPE bigint;'),
      ],
      TABLE,
      options,
    )
    expect(
      applied[1]?.measured.map(({ line, locks }) => [line, locks.map(({ rewritten }) => rewritten)]),
    ).toEqual([
      [1, []],
      [3, [true]],
    ])
  })

  test('a deferred constraint that fails at COMMIT is the error of its file', async () => {
    const { options } = given()
    const file = migration(
      '001_a',
      `CREATE TABLE a (id int PRIMARY KEY, parent int REFERENCES a DEFERRABLE INITIALLY DEFERRED);
INSERT INTO a VALUES (1, 9);`,
    )
    await expect(applyMigrations(session, [file], TABLE, options)).rejects.toThrow(
      /^migrations\/001_a\.sql insert or update on table "a" violates foreign key constraint "a_parent_fkey" \(23503\).* nothing applied\.$/,
    )
    expect(await count("FROM pg_class WHERE relname = 'a'")).toBe(0)
  })

  test('what one file sets does not reach the next one, nor its tracking row', async () => {
    await server.query('CREATE ROLE app_owner; GRANT ALL ON SCHEMA public TO app_owner', url)
    const { options } = given()
    const files = [
      migration(
        '001_sets',
        `SELECT set_config('search_path', '', false); SET SESSION AUTHORIZATION app_owner; SET ROLE app_owner;
SET statement_timeout = '1d'; CREATE TEMP TABLE scratch (); PREPARE one AS SELECT 1; LISTEN jobs;
SELECT pg_advisory_lock(42); DECLARE kept CURSOR WITH HOLD FOR SELECT 1;`,
      ),
      migration(
        '002_sees',
        `CREATE TABLE seen AS SELECT current_user::text AS role, current_setting('search_path') AS path,
  current_setting('statement_timeout') AS timeout, to_regclass('pg_temp.scratch') IS NOT NULL AS scratch,
  (SELECT count(*)::int FROM pg_prepared_statements WHERE name = 'one') AS prepared,
  (SELECT count(*)::int FROM pg_listening_channels()) AS channels, (SELECT count(*)::int FROM pg_cursors WHERE name = 'kept') AS cursors,
  (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND objid = 42) AS locks;`,
      ),
    ]
    await applyMigrations(session, files, TABLE, options)
    expect(await server.query('SELECT * FROM seen', url)).toEqual([
      {
        role: 'ledger',
        path: '"$user", public',
        timeout: '0',
        scratch: false,
        prepared: 0,
        channels: 0,
        cursors: 0,
        locks: 0,
      },
    ])
  })

  test('a file that ends the transaction is named, and what is said to be recorded is', async () => {
    const { options } = given()
    const file = migration('001_a', 'CREATE TABLE a ();\nCOMMIT;\nCREATE TABLE b ();')
    await expect(applyMigrations(session, [file], TABLE, options)).rejects.toThrow(
      "migrations/001_a.sql:2:1 COMMIT ended the runner's transaction.",
    )
    expect(await recordedNames(server, url)).toEqual([])
  })

  test('a procedure that commits fails with the remedy', async () => {
    const { options } = given()
    const file = migration(
      '001_p',
      'CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;\nCALL p();',
    )
    await expect(applyMigrations(session, [file], TABLE, options)).rejects.toThrow(
      /invalid transaction termination \(2D000\).*The runner opens the transaction itself.*nothing applied/,
    )
    expect(await count("FROM pg_proc WHERE proname = 'p'")).toBe(0)
  })

  test('a file is read with the string rules that it sets', async () => {
    const { options } = given()
    const file = migration(
      '001_a',
      "SET standard_conforming_strings = off; CREATE TABLE a AS SELECT 'it\\'s; one'::text AS v;",
    )
    const whole = {
      ...file,
      statements: [
        { text: 'SET standard_conforming_strings = off', offset: 0 },
        { text: file.text.slice(39, -1), offset: 39 },
      ],
    }
    await applyMigrations(session, [whole], TABLE, options)
    expect(await server.query('SELECT v FROM a', url)).toEqual([{ v: "it's; one" }])
  })

  test('what the server says is passed on with its file', async () => {
    const { options, said } = given()
    const file = migration('001_a', "SELECT 1;\nDO $$ BEGIN RAISE WARNING 'look here'; END $$;")
    await applyMigrations(session, [file], TABLE, options)
    expect(said).toEqual([expect.stringMatching(/^migrations\/001_a\.sql(:2:\d+)? WARNING: look here$/)])
  })

  test('a run that is cancelled before it starts changes nothing', async () => {
    const file = migration('001_a', 'CREATE TABLE a ();')
    const { options } = given({ signal: AbortSignal.abort() })
    await expect(applyMigrations(session, [file], TABLE, options)).rejects.toThrow(
      'Cancelled before any file was started.',
    )
    expect(await recordedNames(server, url)).toBeUndefined()
  })

  test('a file of comments alone is applied', async () => {
    const { options } = given()
    await applyMigrations(session, [migration('001_none', '-- nothing\n')], TABLE, options)
    expect(await recordedNames(server, url)).toEqual(['001_none'])
  })
})

describe('all files in one transaction', () => {
  const files = [
    migration('001_a', "SELECT set_config('search_path', '', false); CREATE TABLE public.a ();"),
    migration('002_b', 'CREATE TABLE b (id int);'),
  ]

  test('they are applied together', async () => {
    const { options, applied } = given({ transaction: 'all' })
    await applyMigrations(session, files, TABLE, options)
    expect(applied).toHaveLength(2)
    expect(await count(`FROM ${TABLE.qualified} GROUP BY xmin`)).toBe(2)
  })

  test('a failure of the last one leaves none', async () => {
    const { options, applied } = given({ transaction: 'all' })
    const broken = migration('003_c', 'SELECT 1/0;')
    await expect(applyMigrations(session, [...files, broken], TABLE, options)).rejects.toThrow(
      'migrations/003_c.sql:1:1 division by zero (22012). Rolled back; nothing applied.',
    )
    expect(applied).toEqual([])
    expect(await recordedNames(server, url)).toEqual([])
  })

  test('a no-transaction file cannot be among them', async () => {
    const { options } = given({ transaction: 'all' })
    const alone = migration('003_c', '-- migrate:no-transaction\nVACUUM;')
    await expect(applyMigrations(session, [...files, alone], TABLE, options)).rejects.toThrow(
      '003_c.sql is marked "-- migrate:no-transaction" and cannot be part of transaction: all.',
    )
    expect(await recordedNames(server, url)).toBeUndefined()
  })
})
