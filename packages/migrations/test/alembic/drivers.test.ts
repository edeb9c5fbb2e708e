import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  type DisposablePostgres,
  disposablePostgres,
  hasPgBouncer,
  startPgBouncer,
} from '@tokenledger/postgres-server'
import { writeFiles } from '@tokenledger/testkit'
import { schemeFor } from '../../src/alembic/scheme.ts'
import { alembicTool } from '../../src/alembic-tool.ts'
import { alembicProject, ENV_PY, projectOn, sessionOn, surroundings, watchedRun } from './alembic-project.ts'
import { ALEMBIC, pythonWith } from './python-environment.ts'

let server: DisposablePostgres

beforeAll(async () => {
  server = await disposablePostgres({ major: 16 })
})
afterAll(() => server?.close())

const ASYNC_ENV = `
import asyncio, os
from alembic import context
from sqlalchemy.ext.asyncio import create_async_engine

def migrate(connection):
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()

async def main():
    engine = create_async_engine(os.environ["DATABASE_URL"])
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()

asyncio.run(main())
`
/** env.py that shows what reached the server. */
const SHOWING_ENV = ENV_PY.replace(
  '    context.configure(',
  `    for name in "lock_timeout", "statement_timeout", "application_name", "client_connection_check_interval":
        print(name, connection.exec_driver_sql("SHOW " + name).scalar(), flush=True)
    connection.rollback()
    context.configure(`,
)

const cases = [
  ['psycopg2 alone, SQLAlchemy 2.0', ['sqlalchemy==2.0.58', 'psycopg2-binary'], ENV_PY],
  ['psycopg alone, SQLAlchemy 2.0', ['sqlalchemy==2.0.58', 'psycopg[binary]'], ENV_PY],
  ['psycopg2 alone, SQLAlchemy 2.1', ['sqlalchemy>=2.1,<2.2', 'psycopg2-binary'], ENV_PY],
  ['asyncpg alone', ['sqlalchemy[asyncio]==2.0.58', 'asyncpg'], ASYNC_ENV],
] as const

describe('the driver that a project has installed', () => {
  it.each(cases)(
    '%s',
    async (_name, packages, env) => {
      const python = pythonWith(ALEMBIC[0], ...packages)
      const place = alembicProject()
      writeFiles(place.root, { 'alembic/env.py': env })
      await using run = await projectOn(server, python, place)
      await run.tool.apply(run.session, watchedRun().options)
      expect(await run.tool.state(run.session)).toMatchObject({ current: '0002' })
    },
    120_000,
  )

  it('gets time-outs and a name by libpq, not by the URL', async () => {
    const python = pythonWith(...ALEMBIC, 'psycopg2-binary')
    const place = alembicProject()
    writeFiles(place.root, { 'alembic/env.py': SHOWING_ENV })
    await using run = await projectOn(server, python, place)
    const { options, said } = watchedRun({ lockTimeoutMs: 1234, statementTimeoutMs: 60_000 })
    await run.tool.apply(run.session, options)
    expect(said.slice(0, 4)).toEqual([
      'lock_timeout 1234ms',
      'statement_timeout 1min',
      expect.stringMatching(/^application_name alembic [0-9a-f]{8} tokenledger-actions\/run-migrations$/),
      'client_connection_check_interval 2s',
    ])
  })
})

// Debian's package; its absence says nothing about us.
const withPooler = hasPgBouncer() ? it : it.skip

describe('a transaction pooler', () => {
  withPooler(
    'gets no time-outs with the login, which it would refuse (needs the Debian package pgbouncer)',
    async () => {
      const python = pythonWith(...ALEMBIC, 'psycopg2-binary')
      const url = await server.createDatabase()
      const pooler = await startPgBouncer(server, { default_pool_size: '5' })
      const pooled = pooler.url(url.split('/').at(-1) ?? '')
      const session = await sessionOn(pooled)
      try {
        expect(session.pooled).toBe(true)
        const tool = alembicTool(alembicProject(), surroundings(pooled, python))
        await tool.apply(session, watchedRun().options)
        expect(await tool.state(session)).toMatchObject({ current: '0002' })
      } finally {
        await session.close()
        await pooler.close()
      }
    },
  )
})

describe('the scheme of DATABASE_URL', () => {
  it.each([
    ['psycopg2', '2.0.58', undefined, 'postgresql'],
    ['psycopg', '2.0.58', undefined, 'postgresql+psycopg'],
    ['psycopg', '2.1.1', undefined, 'postgresql'],
    ['psycopg2', '2.1.1', undefined, 'postgresql+psycopg2'],
    ['asyncpg', '2.0.58', undefined, 'postgresql+asyncpg'],
    ['', '', undefined, 'postgresql'],
    ['psycopg2', '2.0.58', 'postgresql+asyncpg://u@h/d', 'postgresql+asyncpg'],
    ['psycopg', '2.0.58', 'postgresql://u@h/d', 'postgresql+psycopg'],
  ])('with %s and SQLAlchemy %s, and the own URL %s, is %s', (driver, sqlalchemy, url, scheme) => {
    expect(schemeFor({ driver, sqlalchemy }, url)).toBe(scheme)
  })
})
