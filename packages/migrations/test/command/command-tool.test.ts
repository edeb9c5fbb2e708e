import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { type Files, tempDir, writeFiles } from '@tokenledger/testkit'
import { commandTool } from '../../src/command-tool.ts'
import type { ProjectPlace } from '../../src/tool.ts'
import {
  alembicProject,
  projectOn,
  sessionOn,
  surroundings,
  TWO_REVISIONS,
  watchedRun,
} from '../alembic/alembic-project.ts'
import { ALEMBIC, pythonWith } from '../alembic/python-environment.ts'

let server: DisposablePostgres
let python: string

beforeAll(async () => {
  python = pythonWith(...ALEMBIC, 'psycopg2-binary')
  server = await disposablePostgres({ major: 16 })
}, 120_000)
afterAll(() => server?.close())

/** A project whose command is `python manage.py`, with this program. */
function project(program: string, files: Files = {}): ProjectPlace {
  const root = tempDir('command-project-')
  writeFiles(root, { 'manage.py': program, ...files })
  return { root, workingDirectory: '.' }
}

const SQL = (statement: string) => `
import os, psycopg2
connection = psycopg2.connect(os.environ["DATABASE_URL"])
connection.cursor().execute(${JSON.stringify(statement)})
connection.commit()
`

async function commandOn(place: ProjectPlace, command = 'python manage.py db init') {
  await using made = await projectOn(server, python, place)
  const session = await sessionOn(made.url)
  const said: string[] = []
  const given = surroundings(made.url, python, said)
  const env = { ...given.env, VIRTUAL_ENV: python.replace('/bin/python', '') }
  const tool = commandTool(place, { ...given, command, env, alembic: {} })
  return {
    url: made.url,
    tool,
    session,
    said,
    async [Symbol.asyncDispose]() {
      await session.close()
    },
  }
}

describe("a command of the project's own", () => {
  it('is reported when it changes the schema, and is fine when it changes nothing', async () => {
    await using run = await commandOn(project(SQL('CREATE TABLE IF NOT EXISTS ledger (id int)')))
    await run.tool.preflight()
    expect(run.said).toEqual([`Command python manage.py db init, program ${python}.`])
    expect(await run.tool.state(run.session)).toEqual({
      current: '',
      applied: [],
      pending: [],
      knowsPending: false,
    })
    const [first, second] = [watchedRun(), watchedRun()]
    await run.tool.apply(run.session, first.options)
    await run.tool.apply(run.session, second.options)
    expect([first.applied, second.applied]).toMatchObject([
      [{ name: 'python manage.py db init', version: '' }],
      [],
    ])
  })

  it('that ends with 0 and leaves the database empty is an error', async () => {
    await using run = await commandOn(project('print("Migration system not fully implemented yet")'))
    await expect(run.tool.apply(run.session, watchedRun().options)).rejects.toThrow(
      /^python manage\.py db init ended with code 0, but 127\.0\.0\.1:\d+\/test_\d+ is still empty\. Make the command connect to DATABASE_URL, commit, and end with another code when it fails\.$/,
    )
  })

  it('that fails is told with its code and last lines, without the password', async () => {
    await using run = await commandOn(
      project('import os, sys\nprint("bad", os.environ["DATABASE_URL"])\nsys.exit(4)'),
    )
    const { options, said } = watchedRun()
    const message = await run.tool.apply(run.session, options).catch((error: Error) => error.message)
    expect(message).toMatch(
      /^python manage\.py db init failed with code 4: bad (postgresql:\/\/ledger:)?\*\*\*/,
    )
    for (const text of [String(message), ...said]) expect(text).not.toMatch(/Pa:ss|Pa%3Ass/)
  })

  it('gets a hint when the driver of its URL is missing', async () => {
    await using run = await commandOn(project('import psycopg'))
    await expect(run.tool.apply(run.session, watchedRun().options)).rejects.toThrow(
      "ModuleNotFoundError: No module named 'psycopg'\nSQLAlchemy takes postgresql:// for psycopg2, and from 2.1 on for psycopg.",
    )
  })

  it('must bring alembic_version to the head, where that table is', async () => {
    const files = {
      'alembic.ini': '[alembic]\nscript_location = %(here)s/alembic\n',
      'alembic/env.py': '',
      ...TWO_REVISIONS,
    }
    const stops = SQL(
      "CREATE TABLE alembic_version (version_num text); INSERT INTO alembic_version VALUES ('0001')",
    )
    await using run = await commandOn(project(stops, files))
    await expect(run.tool.apply(run.session, watchedRun().options)).rejects.toThrow(
      'python manage.py db init ended with code 0, but public.alembic_version is at 0001 and the newest revision is 0002. Make the command upgrade to the head, and end with another code when it fails.',
    )
  })

  it('that runs Alembic is reported revision by revision', async () => {
    const program = 'from alembic.config import main\nmain(["upgrade", "head"])'
    const place = alembicProject({ ...TWO_REVISIONS, 'manage.py': program })
    await using run = await commandOn(place)
    const { options, applied } = watchedRun()
    await run.tool.apply(run.session, options)
    expect(applied.map(({ version, path }) => [version, path])).toEqual([
      ['0001', 'alembic/versions/0001_users.py'],
      ['0002', 'alembic/versions/0002_teams.py'],
    ])
    expect(await run.tool.state(run.session)).toMatchObject({
      current: '0002',
      knowsPending: true,
      pending: [],
    })
  })

  it('does not need the Alembic that is in the project', async () => {
    const files = { 'alembic.ini': '[alembic]\nscript_location = nowhere\n' }
    await using run = await commandOn(project(SQL('CREATE TABLE ledger (id int)'), files))
    await run.tool.apply(run.session, watchedRun().options)
    expect(run.said[0]).toMatch(/^The revisions of Alembic are not looked at: /)
  })

  it('runs the code of another checkout when it is looked at there', async () => {
    await using run = await commandOn(project(SQL('CREATE TABLE ledger (id int)')))
    const older = project(SQL('CREATE TABLE older (id int)'))
    await run.tool.at(older.root).apply(run.session, watchedRun().options)
    expect(
      await server.query(
        "SELECT to_regclass('older')::text AS older, to_regclass('ledger') AS ledger",
        run.url,
      ),
    ).toEqual([{ older: 'older', ledger: null }])
  })

  it('that is no program is told before anything runs, and a baseline needs files', async () => {
    await using run = await commandOn(project(''), 'tokenledgr db init')
    await expect(run.tool.preflight()).rejects.toThrow(
      `Input command: there is no program "tokenledgr" in .'s virtual environment or on PATH.`,
    )
    await expect(run.tool.baseline(run.session, '1', watchedRun().options)).rejects.toThrow(
      'mode: baseline needs numbered SQL files or Alembic; "tokenledgr db init" keeps its own record. Set tool and path.',
    )
  })

  it('is cancelled on the server too', async () => {
    const cancel = new AbortController()
    await using run = await commandOn(project(SQL('SELECT pg_sleep(60)')))
    const sleeping = () =>
      server.query("SELECT pid FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'", run.url)
    const applying = run.tool
      .apply(run.session, watchedRun({ signal: cancel.signal }).options)
      .catch((error: Error) => error.message)
    while ((await sleeping()).length === 0) await new Promise(resolve => setTimeout(resolve, 50))
    cancel.abort()
    expect(await applying).toMatch(/^Cancelled: python manage\.py db init was running for \d+ s\./)
    expect(await sleeping()).toEqual([])
  })
})
