import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import type { ModelDrift } from '../../src/alembic/models.ts'
import { alembicTool } from '../../src/alembic-tool.ts'
import {
  alembicProject,
  ENV_PY,
  projectOn,
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

const MODELS = `
import sqlalchemy as sa
metadata = sa.MetaData()
sa.Table("users", metadata, sa.Column("id", sa.Integer))
teams = sa.Table("teams", metadata, sa.Column("id", sa.Integer))
`
const MODELS_ENV = `from models import metadata\n${ENV_PY.replace('target_metadata=None', 'target_metadata=metadata')}`

/** What the check says after \`upgrade head\`, with these models or none, and with our own table in the database. */
async function drift(models?: string): Promise<ModelDrift | undefined> {
  const files = models ? { 'models.py': models, 'alembic/env.py': MODELS_ENV } : {}
  await using run = await projectOn(server, python, alembicProject({ ...TWO_REVISIONS, ...files }))
  await run.tool.apply(run.session, watchedRun().options)
  await server.query('CREATE TABLE tokenledger_migrations (version int)', run.url)
  return run.tool.models?.(run.session)
}

describe('models and migrations', () => {
  it('agree', async () => {
    expect(await drift(MODELS)).toEqual({ verdict: 'same' })
  })

  it('differ in every way that Alembic tells', async () => {
    const changed = MODELS.replace(
      '"users", metadata, sa.Column("id", sa.Integer)',
      '"users", metadata, sa.Column("id", sa.Text), sa.Column("name", sa.Text, index=True)',
    ).replace(/teams = .*/, 'sa.Table("costs", metadata, sa.Column("id", sa.Integer))')
    const found = await drift(changed)
    expect(found?.verdict).toBe('different')
    const problems = found?.verdict === 'different' ? found.problems : []
    expect(new Set(problems.map(({ path }) => path))).toEqual(new Set(['alembic/env.py']))
    expect(
      problems
        .map(({ message }) =>
          message.replace(
            /^models and migrations differ: (.*)\. Write a revision for it: alembic revision --autogenerate\.$/,
            '$1',
          ),
        )
        .sort(),
    ).toEqual([
      'add column users.name',
      'add index ix_users_name on users',
      'add table costs',
      'modify type users.id from INTEGER to TEXT',
      'remove table teams',
    ])
  })

  it('are not compared without target_metadata', async () => {
    expect(await drift()).toEqual({
      verdict: 'skipped',
      reason: 'env.py has no target_metadata, so there are no models to compare with',
    })
  })

  it('are not compared by an Alembic that cannot', async () => {
    const old = pythonWith('alembic==1.8.1', 'sqlalchemy==1.4.54', 'psycopg2-binary')
    await using run = await projectOn(server, old, alembicProject())
    await run.tool.apply(run.session, watchedRun().options)
    expect(await run.tool.state(run.session)).toMatchObject({ current: '0002' })
    expect(await run.tool.models?.(run.session)).toEqual({
      verdict: 'skipped',
      reason: 'Alembic 1.8.1 has no check; 1.9 does',
    })
  }, 120_000)

  it('that fail to load are told at their line', async () => {
    await using run = await projectOn(
      server,
      python,
      alembicProject({ ...TWO_REVISIONS, 'models.py': 'metadata = nothing\n', 'alembic/env.py': MODELS_ENV }),
    )
    const tool = alembicTool(alembicProject(), surroundings(run.url, python))
    await tool.apply(run.session, watchedRun().options)
    expect(await run.tool.models?.(run.session)).toMatchObject({
      verdict: 'different',
      problems: [{ path: 'alembic/env.py', message: "NameError: name 'nothing' is not defined." }],
    })
  })
})
