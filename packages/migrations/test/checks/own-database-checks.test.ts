import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { gitRepo } from '@tokenledger/testkit'
import type { Session } from '../../src/database/session.ts'
import type { AppliedMigration } from '../../src/run/applied.ts'
import { type CheckLab, checkLab, sessionOf } from './check-lab.ts'

const FILES = {
  'migrations/001_users.sql': 'CREATE TABLE users (id int, name text);\n',
  'migrations/002_more.sql': `-- the second

CREATE INDEX users_id ON users (id);
ALTER TABLE users ALTER id TYPE bigint;
CREATE TABLE alone (id int);
`,
}

describe('checks of the database itself', () => {
  let server: DisposablePostgres
  let session: Session
  let lab: CheckLab
  beforeAll(async () => {
    server = await disposablePostgres({ major: 16 })
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    session = await sessionOf(await server.createDatabase())
    lab = checkLab(gitRepo(FILES).path, session)
  })
  afterEach(() => session.close())

  const applied = async () => {
    const done: AppliedMigration[] = []
    const measured = { measure: 'statements', onApplied: (one: AppliedMigration) => done.push(one) } as const
    await lab.context.tool.apply(session, { ...lab.context.options, ...measured })
    return done
  }

  it('twice passes after a run, and leaves the database as it is', async () => {
    await applied()
    expect(await lab.check('twice')).toMatchObject({
      verdict: 'passed',
      message: 'A second run applied nothing and changed nothing.',
    })
  })

  it('twice fails for a tool that runs a file again', async () => {
    await applied()
    const { tool } = lab.context
    const forgetful = {
      ...tool,
      apply: async (on: Session, options: typeof lab.context.options) => {
        await on.main.query(
          'DELETE FROM tokenledger_migrations WHERE version = 2; DROP INDEX users_id; DROP TABLE alone; ALTER TABLE users ADD x int',
        )
        await tool.apply(on, options)
      },
    }
    const result = await lab.check('twice', { tool: forgetful })
    expect(result.message).toMatch(/^A second run applied 002_more \(3 statements\) again\./)
    expect([result.verdict, result.diff]).toEqual(['failed', expect.stringContaining('    x integer\n')])
  })

  it('twice never applies what is pending', async () => {
    expect((await lab.check('twice', {}, true)).message).toBe(
      'It was asked for and could not run: 2 migrations are still to be applied, and this check must not do that.',
    )
    expect((await session.main.query(`SELECT to_regclass('users') AS users`)).rows[0].users).toBeNull()
  })

  it('locks warns of each statement of a new file that others would wait for, at its line', async () => {
    const newPaths = new Set(['migrations/002_more.sql'])
    const result = await lab.check('locks', { applied: await applied(), newPaths })
    const ms = expect.stringMatching(/[\d.]+ ms here/)
    expect(result).toMatchObject({
      verdict: 'warned',
      message: '2 statements of new files would hold up others on a live database.',
    })
    expect(result.problems).toEqual([
      { path: 'migrations/002_more.sql', position: { line: 3, column: 1 }, message: ms },
      { path: 'migrations/002_more.sql', position: { line: 4, column: 1 }, message: ms },
    ])
    const [index, type] = result.problems.map(({ message }) => message.replace(/[\d.]+ ms/, 'N ms'))
    expect(index).toMatch(
      /^blocks writes of (public\.)?users \(ShareLock, held N ms here\)\. Use CREATE INDEX CONCURRENTLY, alone in a file/,
    )
    expect(type).toMatch(
      /^blocks reads and writes of (public\.)?users \(AccessExclusiveLock, held N ms here\) and writes the whole table anew\. Add a new column/,
    )
  })

  it('locks says nothing of files that are merged, and without a base', async () => {
    const done = await applied()
    expect(await lab.check('locks', { applied: done, newPaths: new Set<string>() })).toMatchObject({
      verdict: 'passed',
      problems: [],
    })
    expect((await lab.check('locks', { applied: done })).message).toContain('without a base')
  })

  it('invalid fails for an invalid index and warns of a constraint that is not valid', async () => {
    await session.main.query('CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)')
    expect((await lab.check('invalid')).verdict).toBe('passed')
    await session.main.query('ALTER TABLE t ADD CONSTRAINT big CHECK (a > 5) NOT VALID')
    expect(await lab.check('invalid')).toMatchObject({
      verdict: 'warned',
      message: expect.stringContaining('Constraint big on t is NOT VALID'),
    })
    await session.main.query('CREATE UNIQUE INDEX CONCURRENTLY torn ON t (a)').catch(() => undefined)
    expect(await lab.check('invalid')).toMatchObject({
      verdict: 'failed',
      problems: [{ message: expect.stringContaining('Index torn on t is INVALID') }, {}],
    })
  })

  it('heads passes for numbered files, and tells what a tool with branches finds', async () => {
    expect(await lab.check('heads')).toMatchObject({
      verdict: 'passed',
      message: 'Numbered files have no branches.',
    })
    const problems = [{ path: 'versions/2.py', message: 'alembic has 2 heads' }]
    const tool = { ...lab.context.tool, heads: async () => problems }
    expect(await lab.check('heads', { tool })).toMatchObject({
      verdict: 'failed',
      message: 'alembic has 2 heads',
      problems,
    })
  })

  it('models tells the verdict of a tool that has models', async () => {
    const drift = (models: NonNullable<typeof lab.context.tool.models>) => ({
      tool: { ...lab.context.tool, models },
    })
    const problems = [{ message: 'models and migrations differ: add column a.b' }]
    const results = [
      await lab.check('models'),
      await lab.check(
        'models',
        drift(async () => ({ verdict: 'same' })),
      ),
      await lab.check(
        'models',
        drift(async () => ({ verdict: 'different', problems })),
      ),
      await lab.check(
        'models',
        drift(async () => ({ verdict: 'skipped', reason: 'env.py has no target_metadata' })),
        true,
      ),
    ]
    expect(results.map(({ verdict }) => verdict)).toEqual(['skipped', 'passed', 'failed', 'failed'])
  })

  it('a check that breaks is a failed check with its message, and the next one runs', async () => {
    const tool = { ...lab.context.tool, heads: () => Promise.reject(new Error('no such file')) }
    expect(await lab.check('heads', { tool })).toMatchObject({
      name: 'heads',
      verdict: 'failed',
      message: 'It broke: no such file',
      ms: expect.any(Number),
    })
  })
})
