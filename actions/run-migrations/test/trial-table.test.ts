import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres, type Major } from '@tokenledger/postgres-server'
import { runBundle, tempDir } from '@tokenledger/testkit'

const EXAMPLE = fileURLToPath(new URL('../../../examples/tokenledger/migrations', import.meta.url))
const NO_TRANSACTION = '-- migrate:no-transaction\n'

/** Files on which other runners fail, lie or leave half of the work, and what this one does with each of them. */
describe.each<Major>([16, 18])('the trial table on PostgreSQL %i', major => {
  let server: DisposablePostgres
  let workspace: string
  let url: string
  beforeAll(async () => {
    server = await disposablePostgres({ major })
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    workspace = tempDir('trial ')
    mkdirSync(join(workspace, 'migrations'))
    url = await server.createDatabase()
  })

  const write = (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(workspace, 'migrations', name), text)
  }
  const run = (inputs: Readonly<Record<string, string>> = {}) =>
    runBundle('run-migrations', { workspace, inputs: { 'database-url': url, ...inputs } })
  const migrate = async (files: Readonly<Record<string, string>>, inputs = {}) => {
    write(files)
    return run(inputs)
  }
  const select = (sql: string) => server.query(sql, url)
  const recorded = async () =>
    (await select('SELECT name FROM tokenledger_migrations ORDER BY version')).map(({ name }) => name)

  it("applies TokenLedger's own files as they are, and records both", async () => {
    cpSync(EXAMPLE, join(workspace, 'migrations'), { recursive: true })
    expect(await run()).toMatchObject({ exitCode: 0, outputs: { 'applied-count': '2' } })
    expect(await recorded()).toEqual(['001_initial', '002_teams_and_daily_costs'])
  })

  it('refuses CREATE INDEX CONCURRENTLY at its line, and runs it with the directive', async () => {
    const index = '-- an index\nCREATE INDEX CONCURRENTLY i ON t (id);\n'
    const refused = await migrate({ '001_t.sql': 'CREATE TABLE t (id int);', '002_idx.sql': index })
    expect(refused.exitCode).toBe(1)
    expect(refused.annotations).toMatchObject([{ file: 'migrations/002_idx.sql', line: 2, column: 1 }])
    expect(refused.stdout).toContain(
      'CREATE INDEX CONCURRENTLY cannot run in a transaction. Put it alone in its file with the first line "-- migrate:no-transaction".',
    )
    expect(await select("SELECT to_regclass('t') AS t")).toEqual([{ t: null }])
    const applied = await migrate({ '002_idx.sql': NO_TRANSACTION + index })
    expect(applied).toMatchObject({ exitCode: 0, outputs: { 'applied-count': '2' } })
  })

  it('refuses a second statement beside CREATE INDEX CONCURRENTLY, and runs the two in files of their own', async () => {
    const index = `${NO_TRANSACTION}CREATE INDEX CONCURRENTLY i ON t (id);\n`
    const both = {
      '001_t.sql': 'CREATE TABLE t (id int);',
      '002_idx.sql': `${index}ALTER TABLE t ADD x int;`,
    }
    expect((await migrate(both)).annotations).toMatchObject([{ file: 'migrations/002_idx.sql', line: 3 }])
    const split = await migrate({ '002_idx.sql': index, '003_x.sql': 'ALTER TABLE t ADD x int;' })
    expect(split).toMatchObject({ exitCode: 0, outputs: { 'current-version': '003' } })
  })

  it('takes a function with its own quotes, semicolons and misleading comments for one statement', async () => {
    const body = "BEGIN\n  -- up migration: it's not; really\n  RETURN 'a;''b';\nEND"
    const create = `CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $body$\n${body};\n$body$;\nSELECT f();`
    expect(await migrate({ '001_f.sql': create })).toMatchObject({ exitCode: 0 })
    expect(await select('SELECT f()')).toEqual([{ f: "a;'b" }])
  })

  const emoji = '-- 🎉🎉 thirty-six lines of it\n'.repeat(36)
  it.each([
    ['a syntax error', "SELECT '🎉 and é';        CREATE TABLE s(id int int);", 48, '42601'],
    ['an undefined column', 'SELECT id, name,nope FROM t;', 17, '42703'],
    ['a duplicate key, which has no position', 'INSERT INTO t VALUES (1), (1);', 1, '23505'],
  ])('finds %s in line 37 after lines of emoji', async (_, line, column, code) => {
    const table = 'CREATE TABLE t (id int PRIMARY KEY, name text);'
    const failed = await migrate({ '001_t.sql': table, '002_bad.sql': `${emoji}${line}\n` })
    expect(failed.exitCode).toBe(1)
    expect(failed.annotations).toMatchObject([{ file: 'migrations/002_bad.sql', line: 37, column }])
    expect(failed.stdout).toContain(`(${code})`)
    expect(failed.outputs).toMatchObject({ 'current-version': '001', 'applied-count': '1' })
  })

  it('finds an error inside a DO block', async () => {
    const block = "DO $$\nBEGIN\n  -- two lines\n  RAISE EXCEPTION 'no';\nEND $$;\n"
    const failed = await migrate({ '001_do.sql': `${block}` })
    expect(failed.annotations).toMatchObject([{ file: 'migrations/001_do.sql', line: 4 }])
  })

  it('reads a byte order mark and Windows line ends, and counts through them', async () => {
    const good = '\uFEFFCREATE TABLE t (id int);\r\nSELECT 1;\r\n'
    expect(await migrate({ '001_bom.sql': good })).toMatchObject({ exitCode: 0 })
    const failed = await migrate({ '002_bom.sql': '\uFEFFSELECT 1;\r\n\r\nSELECT nope;\r\n' })
    expect(failed.annotations).toMatchObject([{ file: 'migrations/002_bom.sql', line: 3, column: 8 }])
  })

  it.each([
    ['\\set x 1\nSELECT 1;', 1, 1, 'psql meta-command \\set'],
    ['\\i other.sql\n', 1, 1, 'psql meta-command \\i'],
    [
      'CREATE TABLE t (id int);\nCOPY t FROM stdin;\n1\n\\.\n',
      2,
      1,
      'COPY … FROM stdin is not supported; use INSERT.',
    ],
    [
      'SELECT 1;\nBEGIN;\nSELECT 2;',
      2,
      1,
      'BEGIN: the runner opens the transaction itself. Remove BEGIN/COMMIT.',
    ],
  ])('refuses %j before it connects', async (text, line, column, message) => {
    const refused = await migrate(
      { '001_x.sql': text },
      { 'database-url': 'postgresql://u:p@127.0.0.1:9/none' },
    )
    expect(refused.exitCode).toBe(1)
    expect(refused.annotations[0]).toMatchObject({ file: 'migrations/001_x.sql', line, column })
    expect(refused.annotations[0]?.message).toContain(message)
  })

  it('adds a value to a type in one file and uses it in the next', async () => {
    const files = {
      '001_type.sql': "CREATE TYPE mood AS ENUM ('sad');",
      '002_value.sql': "ALTER TYPE mood ADD VALUE 'happy';",
      '003_use.sql': "CREATE TABLE t (m mood DEFAULT 'happy');",
    }
    expect(await migrate(files)).toMatchObject({ exitCode: 0, outputs: { 'applied-count': '3' } })
  })

  it('names a file that was edited after it was applied, and one that is gone', async () => {
    await migrate({ '001_a.sql': 'CREATE TABLE a ();', '002_b.sql': 'CREATE TABLE b ();' })
    const edited = await migrate({ '001_a.sql': 'CREATE TABLE a (id int);' })
    expect(edited.exitCode).toBe(1)
    expect(edited.stdout).toMatch(
      /migrations\/001_a\.sql was changed after it was applied on \d{4}-\d\d-\d\d/,
    )
    rmSync(join(workspace, 'migrations', '002_b.sql'))
    const gone = await migrate({ '001_a.sql': 'CREATE TABLE a ();' })
    expect(gone.exitCode).toBe(1)
    expect(gone.stdout).toContain('002_b is recorded as applied but migrations/002_b.sql is gone')
  })

  it('orders 9 before 10, and refuses two files of one version and a late one', async () => {
    await migrate({ '9_a.sql': 'CREATE TABLE a ();', '10_b.sql': 'ALTER TABLE a ADD b int;' })
    expect(await recorded()).toEqual(['9_a', '10_b'])
    const late = await migrate({ '8_c.sql': 'CREATE TABLE c ();' })
    expect(late.stdout).toContain('8_c.sql is not applied but 10_b.sql is.')
    const double = await migrate({ '010_d.sql': 'CREATE TABLE d ();' })
    expect(double.stdout).toMatch(/Version 0?10 is used twice/)
    expect([late.exitCode, double.exitCode]).toEqual([1, 1])
  })

  it('keeps what a file sets in its session from the next one', async () => {
    const files = {
      '001_dump.sql': "SELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE public.a ();",
      '002_role.sql': 'CREATE TABLE b (); SET ROLE pg_monitor;',
      '003_c.sql': 'CREATE TABLE c ();',
    }
    expect(await migrate(files)).toMatchObject({ exitCode: 0, outputs: { 'applied-count': '3' } })
  })

  it('lets the second of two runs wait and find nothing to do', async () => {
    write({ '001_slow.sql': 'CREATE TABLE t (); SELECT pg_sleep(1);', '002_b.sql': 'CREATE TABLE b ();' })
    const runs = await Promise.all([run(), run()])
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0])
    const counts = runs.map(({ outputs }) => Number(outputs['applied-count']))
    expect(counts.reduce((sum, count) => sum + count)).toBe(2)
  })

  it('leaves nothing of a file in whose middle it is killed', async () => {
    write({ '001_a.sql': 'CREATE TABLE a ();', '002_slow.sql': 'CREATE TABLE b (); SELECT pg_sleep(60);' })
    const running = killedRun(workspace, url)
    const isRunning =
      "SELECT count(*) > 0 AS slow FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()"
    while ((await select(isRunning))[0]?.slow !== true) await sleep(20)
    running.kill('SIGKILL')
    await once(running, 'exit')
    while ((await select(isRunning))[0]?.slow === true) await sleep(50)
    expect(await recorded()).toEqual(['001_a'])
    expect(await select("SELECT to_regclass('b') AS b")).toEqual([{ b: null }])
    expect(await select("SELECT count(*)::int AS locks FROM pg_locks WHERE locktype = 'advisory'")).toEqual([
      { locks: 0 },
    ])
    write({ '002_slow.sql': 'CREATE TABLE b ();' })
    expect(await run()).toMatchObject({ exitCode: 0, outputs: { 'applied-count': '1' } })
  })

  it('does not take an invalid index for a success, neither the first time nor with IF NOT EXISTS', async () => {
    const index = `${NO_TRANSACTION}CREATE UNIQUE INDEX CONCURRENTLY tu ON t (id);`
    const first = await migrate({
      '001_t.sql': 'CREATE TABLE t (id int); INSERT INTO t VALUES (1), (1);',
      '004_idx.sql': index,
    })
    expect(first.exitCode).toBe(1)
    const again = await migrate({
      '004_idx.sql': index.replace('CONCURRENTLY', 'CONCURRENTLY IF NOT EXISTS'),
    })
    expect(again.exitCode).toBe(1)
    expect(again.stdout).toContain(
      'Index tu on t is INVALID after 004_idx.sql. DROP INDEX CONCURRENTLY tu; fix the duplicates; rerun.',
    )
    expect(again.outputs['current-version']).toBe('001')
  })
})

/** The bundle without testkit around it, since that ends what it starts gently. */
function killedRun(workspace: string, url: string) {
  const bundle = fileURLToPath(new URL('../../../dist/run-migrations/index.js', import.meta.url))
  const env = {
    PATH: process.env.PATH,
    GITHUB_WORKSPACE: workspace,
    'INPUT_DATABASE-URL': url,
    RUNNER_TEMP: tempDir(),
  }
  return spawn(process.execPath, [bundle], { cwd: workspace, env, stdio: 'ignore' })
}
