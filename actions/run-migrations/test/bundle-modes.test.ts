import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { runBundle } from '@tokenledger/testkit'
import { databaseServer, essence, TWO_FILES } from './database-job.ts'

let started: Awaited<ReturnType<typeof databaseServer>>
beforeAll(async () => {
  started = await databaseServer()
})
afterAll(() => started.server.close())

const UP_TO_DATE = { exitCode: 0, annotations: [], verdict: 'current', applied: '0', current: '002' }

describe('mode apply', () => {
  it('applies two files in a workspace with a space and an umlaut; a rerun has nothing to do', async () => {
    const { run, query } = await started.job()
    const first = await run()
    expect(essence(first)).toEqual({
      exitCode: 0,
      annotations: [],
      verdict: 'applied',
      applied: '2',
      current: '002',
    })
    expect(first.outputs).toMatchObject({ tool: 'sql', 'previous-version': '', 'pending-count': '0' })
    expect(first.outputs['server-version']).toMatch(/^16\.\d+$/)
    expect(JSON.parse(first.outputs.applied ?? '')).toMatchObject([
      { version: '001', name: '001_teams', statements: 2 },
      { version: '002', name: '002_users', statements: 1 },
    ])
    expect(first.summary).toMatch(
      /^### ✅ 2 migrations applied in .*; the database is at 002 \(PostgreSQL 16\.\d+, waited /,
    )
    expect(first.summary).toMatch(
      /\| 002 \| `migrations\/002_users\.sql` \| 1 \| \d+ ms \| \w+ on `public\.teams` \| no \|/,
    )
    expect(first.summary).toContain('```mermaid\ngantt')
    expect(await query('SELECT name FROM teams')).toEqual([{ name: 'a;b' }])
    expect(essence(await run())).toEqual(UP_TO_DATE)
  })

  it('shows how the schema changed, and gives the diff as a file', async () => {
    const { run } = await started.job()
    const { summary, outputs } = await run()
    expect(outputs['schema-hash']).toMatch(/[0-9a-f]{64}$/)
    expect(outputs['schema-diff-file']).toMatch(/schema\.diff$/)
    expect(summary).toMatch(/<summary>Schema: what changed<\/summary>\n\n```diff\n[^`]*^\+.*users/m)
  })

  it('takes the URL from DATABASE_URL when the input is empty', async () => {
    const { run, url } = await started.job()
    const result = await run({ 'database-url': '' }, { env: { DATABASE_URL: url } })
    expect(essence(result)).toMatchObject({ exitCode: 0, applied: '2' })
  })

  it('stops at the version of the input to', async () => {
    const { run } = await started.job()
    const { outputs } = await run({ to: '001' })
    expect(outputs).toMatchObject({ 'current-version': '001', 'applied-count': '1', 'pending-count': '1' })
  })

  it('runs the checks that are named, and has a row for each', async () => {
    const { run } = await started.job()
    const { exitCode, summary } = await run({ checks: 'twice, locks, invalid' })
    expect(exitCode).toBe(0)
    for (const check of ['twice', 'locks', 'invalid']) expect(summary).toContain(`| ${check} | ✅ passed |`)
  })
})

describe('the other modes', () => {
  it('plan says what would run, measures it, and changes nothing', async () => {
    const { run, query } = await started.job()
    const planned = await run({ mode: 'plan' })
    expect(essence(planned)).toMatchObject({ exitCode: 0, verdict: 'pending', applied: '0', current: '' })
    expect(planned.outputs).toMatchObject({ 'pending-count': '2' })
    expect(planned.summary).toContain('| 002 | `migrations/002_users.sql` | `CREATE TABLE users')
    expect(planned.summary).toContain('Executed and rolled back')
    expect(
      await query("SELECT to_regclass('teams') AS teams, to_regclass('tokenledger_migrations') AS record"),
    ).toEqual([{ teams: null, record: null }])
  })

  it('verify fails while anything is pending, and passes afterwards', async () => {
    const { run } = await started.job()
    const before = await run({ mode: 'verify' })
    expect(essence(before)).toMatchObject({ exitCode: 1, verdict: 'failed' })
    expect(before.annotations).toEqual([
      {
        level: 'error',
        message:
          'Database is at no version; 2 migrations are pending: 001_teams, 002_users. Run with mode: apply.',
      },
    ])
    await run()
    expect(essence(await run({ mode: 'verify' }))).toEqual(UP_TO_DATE)
  })

  it('status lists both and never fails for what is pending', async () => {
    const { run } = await started.job()
    await run({ to: '001' })
    const { exitCode, outputs, summary, stdout } = await run({ mode: 'status' })
    expect({ exitCode, verdict: outputs.verdict }).toEqual({ exitCode: 0, verdict: 'pending' })
    expect(stdout).toMatch(/^applied {2}001 001_teams/m)
    expect(summary).toContain('| 002 | `002_users` | **pending** |')
  })

  it('baseline records what a database of before has, and apply goes on from there', async () => {
    const { run, query } = await started.job()
    await query(String(TWO_FILES['migrations/001_teams.sql']))
    const refused = await run()
    expect(refused.annotations.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /has 1 table and no migration record\. Run once with mode: baseline, baseline-version: /,
      ),
    ])
    const recorded = await run({ mode: 'baseline', 'baseline-version': '001' })
    expect(recorded.outputs).toMatchObject({
      verdict: 'baselined',
      'current-version': '001',
      'applied-count': '1',
    })
    expect(essence(await run())).toMatchObject({ exitCode: 0, applied: '1', current: '002' })
  })
})

describe('what a run proves beside applying', () => {
  it('fails for a check that was named and cannot run, with the migrations applied', async () => {
    const { run } = await started.job()
    const result = await run({ checks: 'up-down-up' })
    expect(essence(result)).toMatchObject({ exitCode: 1, verdict: 'failed', applied: '2', current: '002' })
    expect(result.annotations).toMatchObject([
      { level: 'error', message: expect.stringMatching(/up-down-up/) },
    ])
    expect(result.summary).toContain('| up-down-up | ❌ failed |')
  })

  it('compares the schema with a committed file, and gives the file that is missing', async () => {
    const { run, write, workspace } = await started.job()
    const RUNNER_TEMP = join(workspace, '..', 'temp')
    const missing = await run({ 'schema-file': 'schema.sql' }, { env: { RUNNER_TEMP } })
    expect(missing.exitCode).toBe(1)
    const fresh = /\/\S+schema\.sql|\/.*?mein Gehäuse.*?schema\.sql/u.exec(
      missing.annotations[0]?.message ?? '',
    )?.[0]
    write({ 'schema.sql': readFileSync(fresh ?? '') })
    expect(essence(await run({ mode: 'verify', 'schema-file': 'schema.sql' }))).toEqual(UP_TO_DATE)
    write({ 'schema.sql': 'CREATE TABLE other (id int);\n' })
    const drifted = await run({ mode: 'verify', 'schema-file': 'schema.sql', 'schema-drift': 'warn' })
    expect(drifted.exitCode).toBe(0)
    expect(drifted.annotations).toMatchObject([{ level: 'warning', file: 'schema.sql' }])
  })

  it('warns about a risky statement in a file that a running system does not have yet', async () => {
    const { run, write } = await started.job()
    await run()
    write({ 'migrations/003_drop.sql': '-- no longer used\nALTER TABLE teams DROP COLUMN name;\n' })
    const { exitCode, annotations } = await run()
    expect(exitCode).toBe(0)
    expect(annotations).toMatchObject([
      {
        level: 'warning',
        file: 'migrations/003_drop.sql',
        line: 2,
        message: expect.stringMatching(/DROP COLUMN/),
      },
    ])
  })

  it('refuses a version in to that no file has, in every mode', async () => {
    const { run } = await started.job()
    for (const mode of ['apply', 'plan', 'verify']) {
      const { annotations } = await run({ mode, to: '007' })
      expect(annotations).toMatchObject([{ message: expect.stringMatching(/^Input to is "007", and no /) }])
    }
  })
})

describe('the report', () => {
  it('is JSON with all that the summary shows, and no password', async () => {
    const { run } = await started.job()
    // The step's own folder is gone after it, so the next step of the job would read it from RUNNER_TEMP.
    const RUNNER_TEMP = join((await started.job()).workspace, 'temp')
    const { outputs } = await run({ checks: 'twice' }, { env: { RUNNER_TEMP } })
    const text = readFileSync(outputs.report ?? '', 'utf8')
    expect(JSON.parse(text)).toMatchObject({
      format: 1,
      verdict: 'applied',
      mode: 'apply',
      tool: 'sql',
      currentVersion: '002',
      applied: [{ version: '001' }, { version: '002' }],
      checks: [{ name: 'twice', verdict: 'passed' }],
      problems: [],
    })
    expect(text).not.toMatch(/Pa:ss|Pa%3Ass/)
  })
})

describe('an empty checkout', () => {
  it('has outputs as well, all that are declared', async () => {
    const { exitCode, outputs } = await runBundle('run-migrations')
    expect({ exitCode, verdict: outputs.verdict, applied: outputs.applied }).toEqual({
      exitCode: 1,
      verdict: 'failed',
      applied: '[]',
    })
  })
})
