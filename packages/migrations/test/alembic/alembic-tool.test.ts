import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { writeFiles } from '@tokenledger/testkit'
import { withRunLock } from '../../src/run/run-lock.ts'
import type { ProjectPlace } from '../../src/tool.ts'
import {
  alembicProject,
  projectOn,
  revision,
  sessionOn,
  surroundings,
  TWO_REVISIONS,
  watchedRun,
} from './alembic-project.ts'
import { ALEMBIC, pythonWith } from './python-environment.ts'

let server: DisposablePostgres
let python: string

beforeAll(async () => {
  python = pythonWith(...ALEMBIC, 'psycopg2-binary')
  server = await disposablePostgres({ major: 16 })
}, 120_000)
afterAll(() => server?.close())

const onNewDatabase = (place: ProjectPlace) => projectOn(server, python, place)

async function tables(url: string): Promise<unknown[]> {
  const rows = await server.query(
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
    url,
  )
  return rows.map(({ relname }) => relname)
}

describe('Alembic on an empty database', () => {
  it('applies every revision and reports each with its time, file and name', async () => {
    await using run = await onNewDatabase(alembicProject())
    const { options, applied, said } = watchedRun()
    await run.tool.preflight()
    expect(await run.tool.state(run.session)).toMatchObject({ current: '', applied: [], knowsPending: true })
    await run.tool.apply(run.session, options)
    expect(applied).toMatchObject([
      { version: '0001', name: '0001_users', path: 'alembic/versions/0001_users.py', retries: 0 },
      { version: '0002', name: '0002_teams', path: 'alembic/versions/0002_teams.py', retries: 0 },
    ])
    for (const { ms, startedMs } of applied) expect([ms > 0, startedMs > 0]).toEqual([true, true])
    expect(said.join('\n')).toContain('Running upgrade 0001 -> 0002, revision 0002')
    expect(await run.tool.state(run.session)).toMatchObject({ current: '0002', pending: [] })
    expect(await tables(run.url)).toEqual(['alembic_version', 'teams', 'users'])
  })

  it('does nothing, and starts no Alembic, when it runs again', async () => {
    await using run = await onNewDatabase(alembicProject())
    await run.tool.apply(run.session, watchedRun().options)
    const again = watchedRun()
    await run.tool.apply(run.session, again.options)
    expect([again.applied, again.said]).toEqual([[], []])
  })

  it('stops at the revision that is asked for, which may be the beginning of an id', async () => {
    const files = {
      'alembic/versions/a.py': revision('ab12', null, 'pass'),
      'alembic/versions/b.py': revision('cd34', 'ab12', 'pass'),
    }
    await using run = await onNewDatabase(alembicProject(files))
    await run.tool.apply(run.session, watchedRun({ to: 'ab' }).options)
    expect(await run.tool.state(run.session)).toMatchObject({
      current: 'ab12',
      pending: [{ version: 'cd34', name: 'b' }],
    })
    await expect(run.tool.apply(run.session, watchedRun({ to: 'zz' }).options)).rejects.toThrow(
      '"zz" is no revision of Alembic. The newest are: ab12, cd34. Nothing was run.',
    )
  })

  it('records a baseline without running anything, once', async () => {
    await using run = await onNewDatabase(alembicProject())
    expect(await run.tool.baseline(run.session, '0001', watchedRun().options)).toEqual(['0001_users'])
    expect(await tables(run.url)).toEqual(['alembic_version'])
    expect(await run.tool.baseline(run.session, '0001', watchedRun().options)).toEqual([])
    await expect(run.tool.baseline(run.session, '0002', watchedRun().options)).rejects.toThrow(
      'public.alembic_version is at 0001 already; a baseline is for a database without a record. Use mode: apply.',
    )
  })

  it('reverts everything', async () => {
    await using run = await onNewDatabase(alembicProject())
    await run.tool.apply(run.session, watchedRun().options)
    await run.tool.down?.(run.session, watchedRun().options)
    expect(await tables(run.url)).toEqual(['alembic_version'])
    expect(await run.tool.state(run.session)).toMatchObject({ current: '', applied: [] })
  })

  it('finds the version table that env.py puts into a schema of its own', async () => {
    const place = alembicProject()
    writeFiles(place.root, { 'alembic/env.py': SCHEMA_ENV })
    await using run = await onNewDatabase(place)
    await server.query('CREATE SCHEMA ledger', run.url)
    await run.tool.apply(run.session, watchedRun().options)
    expect(await run.tool.state(run.session)).toMatchObject({ current: '0002' })
  })

  it('creates an index concurrently while it holds the lock, and alters its own version table', async () => {
    const body = `op.execute("ALTER TABLE alembic_version ALTER COLUMN version_num TYPE varchar(128)")
with op.get_context().autocommit_block():
    op.execute("CREATE INDEX CONCURRENTLY users_id ON users (id)")`
    const place = alembicProject({
      ...TWO_REVISIONS,
      'alembic/versions/0003.py': revision('0003', '0002', body),
    })
    await using run = await onNewDatabase(place)
    await run.tool.apply(run.session, watchedRun().options)
    const rows = await server.query(
      "SELECT indisvalid FROM pg_index WHERE indexrelid = 'users_id'::regclass",
      run.url,
    )
    expect(rows).toEqual([{ indisvalid: true }])
  })
})

describe('Alembic and a database that does not fit', () => {
  it('refuses a database at a revision that no file has', async () => {
    await using run = await onNewDatabase(alembicProject())
    await server.query(
      "CREATE TABLE alembic_version (version_num varchar(32)); INSERT INTO alembic_version VALUES ('0009')",
      run.url,
    )
    await expect(run.tool.state(run.session)).rejects.toThrow(
      'public.alembic_version holds 0009, which is in no file of alembic.ini.',
    )
  })

  it('fails when Alembic ends well but has migrated another database', async () => {
    const other = await server.createDatabase()
    const place = alembicProject()
    writeFiles(place.root, {
      'alembic/env.py': `import os\nos.environ["DATABASE_URL"] = "${other}"\n${ENV_OF_URL}`,
    })
    await using run = await onNewDatabase(place)
    await expect(run.tool.apply(run.session, watchedRun().options)).rejects.toThrow(
      /^alembic upgrade 0002 ended well, but 127\.0\.0\.1:\d+\/test_\d+ has no alembic_version, not at 0002\. Make env\.py connect/,
    )
  })

  it('waits for the lock of another run and then names its holder', async () => {
    await using run = await onNewDatabase(alembicProject())
    const table = surroundings(run.url, python).table
    const held = await sessionOn(run.url)
    try {
      await withRunLock(held, table, watchedRun({ runner: 'another run' }).options, async () => {
        await expect(run.tool.apply(run.session, watchedRun({ lockWaitMs: 300 }).options)).rejects.toThrow(
          'Another run holds the migration lock: pid',
        )
      })
    } finally {
      await held.close()
    }
    expect(await tables(run.url)).toEqual([])
  })
})

const ENV_OF_URL = `
import os
from alembic import context
from sqlalchemy import create_engine
with create_engine(os.environ["DATABASE_URL"]).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
`
const SCHEMA_ENV = ENV_OF_URL.replace(
  'connection=connection',
  'connection=connection, version_table_schema="ledger"',
)
