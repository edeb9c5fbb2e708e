import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { type Files, type GitRepo, gitRepo } from '@tokenledger/testkit'
import { alembicTool } from '../../src/alembic-tool.ts'
import type { CheckContext } from '../../src/checks/check.ts'
import type { Session } from '../../src/database/session.ts'
import { ENV_PY, revision, surroundings, TWO_REVISIONS } from '../alembic/alembic-project.ts'
import { ALEMBIC, pythonWith } from '../alembic/python-environment.ts'
import { type CheckLab, checkLab, sessionOf, sqlToolAt } from './check-lab.ts'

const PROJECT: Files = {
  'alembic.ini': '[alembic]\nscript_location = %(here)s/alembic\n',
  'alembic/env.py': ENV_PY,
  ...TWO_REVISIONS,
}
const USERS = 'alembic/versions/0001_users.py'

describe('checks of an Alembic project', () => {
  let server: DisposablePostgres
  let python: string
  let repo: GitRepo
  let session: Session
  let lab: CheckLab
  let alembic: Pick<CheckContext, 'tool'>
  beforeAll(async () => {
    python = pythonWith(...ALEMBIC, 'psycopg2-binary')
    server = await disposablePostgres({ major: 16 })
  })
  afterAll(() => server?.close())
  beforeEach(async () => {
    repo = gitRepo(PROJECT)
    const url = await server.createDatabase()
    session = await sessionOf(url)
    lab = checkLab(repo.path, session)
    const place = { root: repo.path, workingDirectory: '.' }
    alembic = { tool: alembicTool(place, surroundings(url, python)) }
  })
  afterEach(async () => {
    await session.close()
    expect(await server.query(`SELECT FROM pg_database WHERE datname LIKE 'tokenledger_scratch_%'`)).toEqual(
      [],
    )
  })

  it('up-down-up passes, and names the table that a downgrade forgets', async () => {
    expect((await lab.check('up-down-up', alembic)).message).toBe('Up, down, up gives the same schema.')
    const forgetful = revision('0001', null, 'op.create_table("users", sa.Column("id", sa.Integer))')
    repo.commit({ [USERS]: forgetful })
    const place = { root: repo.path, workingDirectory: '.' }
    const tool = alembicTool(place, surroundings(server.url(session.target.database), python))
    expect(await lab.check('up-down-up', { tool })).toMatchObject({
      verdict: 'failed',
      message: expect.stringContaining('Reverting everything leaves CREATE TABLE public.users.'),
    })
  })

  it('upgrade-path shows a released revision that was edited, which Alembic does not notice', async () => {
    repo.git('tag', 'v1.0.0')
    expect((await lab.check('upgrade-path', { ...alembic, baseRef: 'v1.0.0' })).verdict).toBe('passed')
    repo.commit({
      [USERS]: revision(
        '0001',
        null,
        'op.create_table("users", sa.Column("id", sa.BigInteger))',
        'op.drop_table("users")',
      ),
    })
    const result = await lab.check('upgrade-path', alembic)
    expect(result).toMatchObject({
      verdict: 'failed',
      message: expect.stringContaining(
        'An upgrade from v1.0.0 gives another schema than a fresh installation',
      ),
    })
    expect(result.diff).toContain('-    id bigint\n+    id integer\n')
  })

  it('equivalence compares it with numbered SQL', async () => {
    repo.commit({ 'migrations/001_all.sql': 'CREATE TABLE users (id int); CREATE TABLE teams (id int);\n' })
    const both = { otherTool: alembic.tool, tool: sqlToolAt(repo.path) }
    expect(await lab.check('equivalence', both)).toMatchObject({
      verdict: 'passed',
      message: 'The numbered SQL files and Alembic make the same schema.',
    })
  })

  it('twice passes, and heads names two heads', async () => {
    await alembic.tool.apply(session, lab.context.options)
    expect((await lab.check('twice', alembic)).verdict).toBe('passed')
    expect((await lab.check('heads', alembic)).message).toBe('The history has one head.')
    repo.commit({ 'alembic/versions/0003_late.py': revision('0003', '0001', 'pass') })
    const place = { root: repo.path, workingDirectory: '.' }
    const tool = alembicTool(place, surroundings(server.url(session.target.database), python))
    expect(await lab.check('heads', { tool })).toMatchObject({
      verdict: 'failed',
      message: expect.stringContaining('2 heads'),
    })
  })

  it('models cannot run without target_metadata, and that is a failure when it is asked for', async () => {
    await alembic.tool.apply(session, lab.context.options)
    expect(await lab.check('models', alembic)).toMatchObject({
      verdict: 'skipped',
      message: expect.stringContaining('env.py has no target_metadata'),
    })
    expect((await lab.check('models', alembic, true)).verdict).toBe('failed')
  })
})
