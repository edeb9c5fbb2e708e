import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { writeFiles } from '@tokenledger/testkit'
import { Client } from 'pg'
import { MigrationError } from '../../src/problem.ts'
import type { ApplyOptions, ProjectPlace } from '../../src/tool.ts'
import { alembicProject, ENV_PY, projectOn, revision, TWO_REVISIONS, watchedRun } from './alembic-project.ts'
import { ALEMBIC, pythonWith } from './python-environment.ts'

let server: DisposablePostgres
let python: string

beforeAll(async () => {
  python = pythonWith(...ALEMBIC, 'psycopg2-binary')
  server = await disposablePostgres({ major: 16 })
}, 120_000)
afterAll(() => server?.close())

/** Applies a project to a new database and gives its failure with everything that was said. */
async function failure(place: ProjectPlace, changes: Partial<ApplyOptions> = {}) {
  await using run = await projectOn(server, python, place)
  const { options, said, applied } = watchedRun(changes)
  const error = await run.tool.apply(run.session, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof MigrationError)) throw new Error(`no MigrationError but ${error}`)
  const { current } = await run.tool.state(run.session)
  return {
    error,
    problem: error.problems[0],
    output: [...run.said, ...said, error.message].join('\n'),
    applied,
    current,
  }
}

describe('a revision that fails', () => {
  it('is told at its own line with the words of the database and where that is now', async () => {
    const body =
      'op.create_table("later", sa.Column("id", sa.Integer))\nop.execute("ALTER TABLE nowhere ADD a int")'
    const files = { ...TWO_REVISIONS, 'alembic/versions/0003_bad.py': revision('0003', '0002', body) }
    const { problem, applied, current } = await failure(alembicProject(files))
    expect(problem).toMatchObject({
      path: 'alembic/versions/0003_bad.py',
      position: { line: 8, column: 5 },
      message: 'relation "nowhere" does not exist (UndefinedTable). Database is at no revision.',
    })
    expect(problem?.excerpt).toContain('8 |     op.execute("ALTER TABLE nowhere ADD a int")')
    expect([applied, current]).toEqual([[], ''])
  })

  it('leaves the revisions before it, and reports them, when each has its own transaction', async () => {
    const env = ENV_PY.replace('target_metadata=None', 'transaction_per_migration=True')
    const files = {
      ...TWO_REVISIONS,
      'alembic/env.py': env,
      'alembic/versions/0003_bad.py': revision('0003', '0002', '1 / 0'),
    }
    const { problem, applied, current } = await failure(alembicProject(files))
    expect(problem).toMatchObject({
      path: 'alembic/versions/0003_bad.py',
      position: { line: 7, column: 5 },
      message: 'ZeroDivisionError: division by zero. Database is at 0002.',
    })
    expect(applied.map(({ version }) => version)).toEqual(['0001', '0002'])
    expect(current).toBe('0002')
  })

  it('is found before any connection when it cannot be imported', async () => {
    const place = alembicProject({
      ...TWO_REVISIONS,
      'alembic/versions/0003.py': 'revision = "0003"\ndef upgrade(:\n',
    })
    await using run = await projectOn(server, python, place)
    await expect(run.tool.preflight()).rejects.toThrow(
      'alembic/versions/0003.py:2:1 SyntaxError: invalid syntax',
    )
  })

  it('is tried again after a lock time-out, and names who blocks it when the tries are used up', async () => {
    const place = alembicProject({
      'alembic/versions/0001.py': revision('0001', null, 'op.execute("ALTER TABLE busy ADD a int")'),
    })
    await using run = await projectOn(server, python, place)
    await server.query('CREATE TABLE busy (id int)', run.url)
    const blocker = new Client({ connectionString: run.url, application_name: 'a long report' })
    await blocker.connect()
    try {
      await blocker.query('BEGIN; SELECT * FROM busy')
      const { options, said, applied } = watchedRun({ lockTimeoutMs: 400, lockRetries: 1 })
      await expect(run.tool.apply(run.session, options)).rejects.toThrow(
        /^alembic\/versions\/0001\.py:7:5 canceling statement due to lock timeout \(LockNotAvailable\)\. Tried 2 times with a lock time-out of 400 ms\. Blocked by pid \d+ \(a long report, idle in transaction \d+ s\)\. Database is at no revision\.$/,
      )
      expect(said.join('\n')).toMatch(/alembic met a lock\. Blocked by pid \d+ .* Try 2 of 2/)
      const again = watchedRun({
        lockTimeoutMs: 400,
        lockRetries: 9,
        say: line => line.includes('Try 2') && void blocker.query('ROLLBACK'),
      })
      await run.tool.apply(run.session, again.options)
      expect(again.applied).toMatchObject([{ version: '0001', retries: 1 }])
      expect(applied).toEqual([])
    } finally {
      await blocker.end()
    }
  })
})

describe('a password with %', () => {
  it("in env.py's set_main_option is explained, and never shown", async () => {
    const place = alembicProject()
    const env = [
      'import os',
      'from alembic import context',
      'context.config.set_main_option("sqlalchemy.url", os.environ["DATABASE_URL"])',
    ]
    writeFiles(place.root, { 'alembic/env.py': env.join('\n') })
    const { problem, output } = await failure(place)
    expect(problem).toMatchObject({ path: 'alembic/env.py', position: { line: 3 } })
    expect(problem?.message).toContain('config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))')
    expectNoPassword(output)
  })

  it('is not shown when env.py prints its URL in every way it can', async () => {
    const place = alembicProject()
    const prints = `
import os, sys, sqlalchemy
url = os.environ["DATABASE_URL"]
print(url, url.replace("%", "%%"), repr(url), os.environ["PGPASSWORD"], flush=True)
print(sqlalchemy.engine.make_url(url).render_as_string(hide_password=False), file=sys.stderr)
for part in url[:20], url[20:]: sys.stdout.write(part); sys.stdout.flush()
raise RuntimeError(url)
`
    writeFiles(place.root, { 'alembic/env.py': prints })
    const { output } = await failure(place)
    expect(output).toContain('RuntimeError: ***')
    expectNoPassword(output)
  })
})

describe('a run that is cancelled', () => {
  it('ends Alembic and its statement on the server, and leaves nothing half done', async () => {
    const cancel = new AbortController()
    const body = 'op.execute("CREATE TABLE half (id int)")\nop.execute("SELECT pg_sleep(60)")'
    const place = alembicProject({ 'alembic/versions/0001_slow.py': revision('0001', null, body) })
    await using run = await projectOn(server, python, place)
    const sleeping = () =>
      server.query("SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'", run.url)
    const { options, applied } = watchedRun({ signal: cancel.signal })
    const applying = run.tool.apply(run.session, options).catch((error: Error) => error.message)
    while ((await sleeping()).length === 0) await new Promise(resolve => setTimeout(resolve, 50))
    cancel.abort()
    expect(await applying).toMatch(
      /^Cancelled: alembic upgrade 0001 \(revision 0001\) was running for \d+ s; the server statement was cancelled and rolled back\. Database is at no revision\.$/,
    )
    expect(await sleeping()).toEqual([])
    expect(await server.query("SELECT to_regclass('half') AS half", run.url)).toEqual([{ half: null }])
    expect(applied).toEqual([])
    const locks = await server.query(
      "SELECT count(*)::int AS held FROM pg_locks WHERE locktype = 'advisory'",
      run.url,
    )
    expect(locks).toEqual([{ held: 0 }])
  })
})

function expectNoPassword(output: string): void {
  for (const spelling of ['Pa:ss', 'Pa%3Ass', 'w#rd', 'w%23rd', 'Pa%%3Ass'])
    expect(output).not.toContain(spelling)
}
