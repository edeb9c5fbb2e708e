import { readdirSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { type GitRepo, gitRepo, tempDir, writeFiles } from '@tokenledger/testkit'
import type { Session } from '../../src/database/session.ts'
import { type CheckLab, checkLab, sessionOf, sqlToolAt, withDown } from './check-lab.ts'

const FILES = {
  'migrations/001_users.sql': 'CREATE TABLE users (id int PRIMARY KEY, name text);\n',
  'migrations/002_teams.sql': 'CREATE TABLE teams (id int);\n',
}

// The other files of this folder have PostgreSQL 16.
describe('checks on PostgreSQL 18', () => {
  let server: DisposablePostgres
  let repo: GitRepo
  let session: Session
  let lab: CheckLab
  let temp: string
  beforeAll(async () => {
    server = await disposablePostgres({ major: 18 })
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    repo = gitRepo(FILES)
    temp = tempDir('runner-temp-')
    session = await sessionOf(await server.createDatabase())
    lab = checkLab(repo.path, session, { RUNNER_TEMP: temp })
  })
  afterEach(async () => {
    await session.close()
    const left = await server.query(
      `SELECT datname FROM pg_database WHERE datname LIKE 'tokenledger_scratch_%'`,
    )
    expect(left).toEqual([])
    expect(readdirSync(temp)).toEqual([])
    expect(repo.git('worktree', 'list').split('\n')).toHaveLength(1)
  })

  describe('upgrade-path', () => {
    it('passes for a new file after the last release, which pre-releases and other branches are not', async () => {
      repo.git('tag', 'v1.9.0')
      repo.commit({ 'migrations/003_more.sql': 'ALTER TABLE teams ADD title text;\n' })
      repo.git('tag', 'v1.10.0')
      repo.commit({ 'migrations/004_last.sql': 'CREATE INDEX ON users (name);\n' })
      repo.git('tag', 'v2.0.0-rc.1')
      repo.git('checkout', '-q', '-b', 'other', 'v1.9.0')
      repo.commit({ 'README.md': 'other' })
      repo.git('tag', 'v3.0.0')
      repo.git('checkout', '-q', 'main')
      repo.commit({ 'README.md': 'new' })
      expect(await lab.check('upgrade-path')).toMatchObject({
        verdict: 'passed',
        message: 'An upgrade from v1.10.0 gives the schema of a fresh installation.',
      })
    })

    it('fails for an edited old file, with the file and with what the edit changes', async () => {
      repo.git('tag', 'v1.0.0')
      repo.commit({
        'migrations/001_users.sql': 'CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL);\n',
        'migrations/003_new.sql': 'CREATE TABLE new (id int);\n',
      })
      const result = await lab.check('upgrade-path')
      expect(result.verdict).toBe('failed')
      expect(result.message).toMatch(/^Who upgrades from v1\.0\.0 is stopped: migrations\/001_users\.sql/)
      expect(result.problems).toMatchObject([{ path: 'migrations/001_users.sql' }])
      expect(result.diff).toContain('--- version 002 as released\n+++ version 002 as it is now\n')
      expect(result.diff).toContain('-    name text,\n+    name text NOT NULL,\n')
    })

    it('fails for an edit that the tool lets pass', async () => {
      repo.git('tag', 'v1.0.0')
      repo.commit({ 'migrations/002_teams.sql': 'CREATE TABLE teams (id bigint);\n' })
      const tool = sqlToolAt(repo.path)
      // A tool without checksums, as Alembic is.
      const blind = {
        ...tool,
        at: tool.at,
        apply: async (to: Session, options: Parameters<typeof tool.apply>[1]) => {
          if ((await to.main.query(`SELECT to_regclass('users') AS there`)).rows[0]?.there === null) {
            await tool.apply(to, options)
          }
        },
      }
      const result = await lab.check('upgrade-path', { tool: blind })
      expect(result).toMatchObject({
        verdict: 'failed',
        message: expect.stringContaining('gives another schema than a fresh installation'),
      })
      expect(result.diff).toContain('-    id bigint\n+    id integer\n')
    })

    it('upgrades from the base of the input, and from the base of a pull request without a release', async () => {
      const first = repo.git('rev-parse', 'HEAD')
      repo.git('update-ref', 'refs/remotes/origin/main', first)
      repo.commit({ 'migrations/003_more.sql': 'CREATE TABLE more ();\n' })
      const env = { ...lab.context.env, GITHUB_EVENT_NAME: 'pull_request', GITHUB_BASE_REF: 'main' }
      expect((await lab.check('upgrade-path', { env })).message).toContain(`from commit ${first.slice(0, 9)}`)
      expect((await lab.check('upgrade-path', { baseRef: 'HEAD~1' })).message).toContain('from HEAD~1 gives')
    })

    it('is skipped without a base, in a shallow clone with the remedy, and fails then when it is asked for', async () => {
      expect(await lab.check('upgrade-path')).toMatchObject({
        verdict: 'skipped',
        message: expect.stringContaining(
          'Skipped: no release tag to upgrade from, and a run outside of GitHub has no base',
        ),
      })
      repo.commit({ 'README.md': 'second' })
      const clone = tempDir('clone-')
      repo.git('clone', '-q', '--depth=1', `file://${repo.path}`, clone)
      const shallow = checkLab(clone, session, { RUNNER_TEMP: temp })
      expect(await shallow.check('upgrade-path', {}, true)).toMatchObject({
        verdict: 'failed',
        message: expect.stringMatching(
          /could not run: no release tag.*Set fetch-depth: 0 in actions\/checkout/,
        ),
      })
    })

    it('is skipped when the release had no migrations', async () => {
      repo.git('rm', '-q', '-r', 'migrations')
      repo.commit({ 'README.md': 'without' })
      repo.git('tag', '1.0')
      repo.commit(FILES)
      expect(await lab.check('upgrade-path')).toMatchObject({
        verdict: 'skipped',
        message: expect.stringContaining('the migrations of 1.0 cannot be applied'),
      })
    })

    it('leaves nothing behind when a new file fails', async () => {
      repo.git('tag', 'v1')
      repo.git('tag', 'v1.0')
      repo.commit({ 'migrations/003_bad.sql': 'CREATE TABLE bad (id nonsense);\n' })
      expect(await lab.check('upgrade-path')).toMatchObject({
        verdict: 'failed',
        problems: [{ path: 'migrations/003_bad.sql', position: { line: 1, column: 22 } }],
      })
    })
  })

  describe('up-down-up', () => {
    it('passes when all of it is undone', async () => {
      const tool = withDown(lab.context.tool, 'DROP TABLE users, teams')
      expect(await lab.check('up-down-up', { tool })).toMatchObject({
        verdict: 'passed',
        message: 'Up, down, up gives the same schema.',
      })
    })

    it('fails and names what is left', async () => {
      const tool = withDown(lab.context.tool, 'DROP TABLE users')
      const result = await lab.check('up-down-up', { tool })
      expect(result).toMatchObject({
        verdict: 'failed',
        message:
          'Reverting everything leaves CREATE TABLE public.teams. Undo it in the downgrade of the migration that made it.',
      })
      expect(result.diff).toContain('+CREATE TABLE public.teams (')
    })

    it('is skipped for numbered SQL, which has no way back', async () => {
      expect((await lab.check('up-down-up')).message).toBe('Skipped: numbered SQL files cannot be reverted.')
    })
  })

  describe('equivalence', () => {
    const other = (files: Record<string, string>) => {
      writeFiles(repo.path, files)
      return { otherTool: sqlToolAt(repo.path, 'other') }
    }

    it('passes when both ways make the same schema', async () => {
      const same = other({ 'other/1_all.sql': Object.values(FILES).reverse().join('') })
      expect((await lab.check('equivalence', same)).verdict).toBe('passed')
    })

    it('warns of a difference, and fails when it is asked for', async () => {
      const different = other({
        'other/1_all.sql': `${FILES['migrations/001_users.sql']} CREATE TABLE teams (id int DEFAULT 1);`,
      })
      const warned = await lab.check('equivalence', different)
      expect(warned).toMatchObject({
        verdict: 'warned',
        message: expect.stringContaining('make different schemas: +1 −1 lines'),
      })
      expect(warned.diff).toContain('-    id integer\n+    id integer DEFAULT 1\n')
      expect((await lab.check('equivalence', different, true)).verdict).toBe('failed')
    })

    it('warns alone when the same columns stand in another order', async () => {
      const files = {
        'other/1_all.sql': `CREATE TABLE users (name text, id int PRIMARY KEY); ${FILES['migrations/002_teams.sql']}`,
      }
      expect(await lab.check('equivalence', other(files), true)).toMatchObject({
        verdict: 'warned',
        message: expect.stringContaining('the same columns in another order'),
      })
    })
  })
})
