import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { freePort } from '@tokenledger/postgres-server'
import { type BundleRun, gitRepo, runBundle, tempDir } from '@tokenledger/testkit'
import { databaseServer, essence, TWO_FILES } from './database-job.ts'

let started: Awaited<ReturnType<typeof databaseServer>>
beforeAll(async () => {
  started = await databaseServer()
})
afterAll(() => started.server.close())

describe('a broken migration', () => {
  it('fails on its line and column, with what was applied before in outputs, report and summary', async () => {
    const text = `${'-- 🐘 a comment\n'.repeat(36)}CREATE TABLE t (id int, name text NOT NULL, age int int);\n`
    const { run, query } = await started.job({ ...TWO_FILES, 'migrations/003_broken.sql': text })
    const result = await run()
    expect(essence(result)).toEqual({
      exitCode: 1,
      annotations: [
        {
          level: 'error',
          file: 'migrations/003_broken.sql',
          line: 37,
          column: 53,
          message: expect.stringMatching(
            /^migrations\/003_broken\.sql:37:53 syntax error at or near "int" \(42601\)\. Rolled back; database is still at 002\./,
          ),
        },
      ],
      verdict: 'failed',
      applied: '2',
      current: '002',
    })
    expect(result.stdout).toMatch(/^migrations\/003_broken\.sql:37:53\n[\s\S]*^.*age int int.*\n +\|? +\^$/m)
    expect(result.summary).toContain('### ❌ 2 migrations applied, then failed; the database is at 002')
    expect(result.summary).toContain('`migrations/003_broken.sql:37:53` syntax error')
    expect(result.outputs['pending-count']).toBe('1')
    expect(await query("SELECT to_regclass('t') AS t")).toEqual([{ t: null }])
  })

  it('is refused before connecting when its structure is wrong, all files at once', async () => {
    const { run } = await started.job({
      'migrations/001_a.sql': 'BEGIN;\nCREATE TABLE a (id int);\nCOMMIT;\n',
      'migrations/002_b.sql': 'CREATE INDEX CONCURRENTLY i ON a (id);\n',
    })
    const { exitCode, annotations, outputs } = await run({ 'database-url': 'postgresql://x:y@127.0.0.1:1/z' })
    expect(exitCode).toBe(1)
    expect(annotations.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'migrations/001_a.sql:1',
      'migrations/001_a.sql:3',
      'migrations/002_b.sql:1',
    ])
    expect(outputs['server-version']).toBe('')
  })

  it('that was edited after it was applied is named with both checksums', async () => {
    const { run, write } = await started.job()
    await run()
    write({ 'migrations/001_teams.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);\n' })
    const { exitCode, annotations } = await run()
    expect(exitCode).toBe(1)
    expect(annotations).toEqual([
      {
        level: 'error',
        file: 'migrations/001_teams.sql',
        message: expect.stringMatching(
          /was changed after it was applied on .* \(recorded [0-9a-f]{8}….*file [0-9a-f]{8}….*accept-checksum: 001=/,
        ),
      },
    ])
    const accepted = /accept-checksum: (001=[0-9a-f]+)/.exec(annotations[0]?.message ?? '')?.[1]
    expect(await run({ 'accept-checksum': accepted ?? '' })).toMatchObject({ exitCode: 0 })
    expect(await run()).toMatchObject({ exitCode: 0 })
  })

  it('that the base of the pull request has in another form is refused without a database', async () => {
    const { path: workspace, commit } = gitRepo(TWO_FILES)
    const base = commit({ 'README.md': '# merged' })
    commit({ 'migrations/001_teams.sql': 'SELECT 1;\n', 'migrations/003_c.sql': 'SELECT 1;\n' })
    const { url } = await started.job()
    const inputs = { 'database-url': url, 'base-ref': base }
    const { exitCode, annotations, outputs } = await runBundle('run-migrations', { workspace, inputs })
    expect({ exitCode, server: outputs['server-version'] }).toEqual({ exitCode: 1, server: '' })
    expect(annotations).toMatchObject([{ level: 'error', file: 'migrations/001_teams.sql' }])
  })
})

describe('a database that cannot be reached', () => {
  it('with a wrong password fails at once, and prints neither password', async () => {
    const { run, url } = await started.job()
    const wrong = url.replace(/:[^:@]+@/, ':wrong%2Fpass%21word@')
    const result = await run({ 'database-url': wrong, 'wait-timeout': '5m' })
    expect(result.annotations).toEqual([
      {
        level: 'error',
        message: expect.stringMatching(
          /^Login failed for role "ledger" on 127\.0\.0\.1:\d+\/test_\d+ \(28P01\)\. Not retried:/,
        ),
      },
    ])
    const shown = withoutMasks(result.stdout) + result.summary + JSON.stringify(result.outputs)
    expect(shown).not.toMatch(/wrong\/pass!word|wrong%2Fpass/)
  })

  it('within wait-timeout says what it tried and how often', async () => {
    const { run } = await started.job()
    const port = await freePort()
    const result = await run({
      'database-url': `postgresql://u:passpass@127.0.0.1:${port}/d`,
      'wait-timeout': '1s',
    })
    expect(result.annotations).toEqual([
      {
        level: 'error',
        message: expect.stringMatching(
          new RegExp(
            `^Database not ready after 1 s: connect ECONNREFUSED 127\\.0\\.0\\.1:${port} \\(\\d+ attempts\\)\\.`,
          ),
        ),
      },
    ])
    expect(result.outputs).toMatchObject({
      verdict: 'failed',
      'applied-count': '0',
      tool: 'sql',
      'server-version': '',
    })
  })

  it('because it is not local is refused without a connection', async () => {
    const { run } = await started.job()
    const remote = 'postgresql://u:longpassword@192.0.2.1/prod'
    const { annotations } = await run({ 'database-url': remote })
    expect(annotations).toEqual([
      {
        level: 'error',
        message:
          'Refusing to migrate 192.0.2.1: not local. Set allow-remote: true and expect-database: <name> in a protected environment.',
      },
    ])
  })

  it('because a fork asks for it is refused, whatever the inputs allow', async () => {
    const { run } = await started.job()
    const event = join(tempDir(), 'event.json')
    const pull = {
      head: { repo: { full_name: 'mallory/consumer', fork: true } },
      base: { repo: { full_name: 'acme/consumer' } },
    }
    writeFileSync(event, JSON.stringify({ pull_request: pull, repository: { full_name: 'acme/consumer' } }))
    const { exitCode, annotations } = await run(
      {
        'database-url': 'postgresql://u:longpassword@192.0.2.1/prod',
        'allow-remote': 'true',
        'expect-database': 'prod',
      },
      { env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event } },
    )
    expect(exitCode).toBe(1)
    expect(annotations).toEqual([{ level: 'error', message: expect.stringMatching(/fork/) }])
  })
})

describe('the password', () => {
  it('is masked raw and encoded, with the URL, before anything is printed', async () => {
    const { run, url } = await started.job()
    const { stdout, masks, summary, outputs } = await run()
    expect(masks).toEqual(expect.arrayContaining(['Pa:ss/w#rd 1', 'Pa%3Ass%2Fw%23rd%201', url]))
    expect(stdout.split('\n').findIndex(line => !line.startsWith('::add-mask::'))).toBeGreaterThan(2)
    expect(withoutMasks(stdout) + summary + JSON.stringify(outputs)).not.toMatch(/Pa:ss|Pa%3Ass/)
  })

  it('tokenledger of the role tokenledger is not masked, since that would hide every table name', async () => {
    const { run, url, query } = await started.job()
    await query("CREATE ROLE tokenledger LOGIN SUPERUSER PASSWORD 'tokenledger'")
    const own = url.replace(/\/\/.*@/, '//tokenledger:tokenledger@')
    const { exitCode, masks, stdout } = await run({ 'database-url': own })
    expect(exitCode).toBe(0)
    expect(masks).not.toContain('tokenledger')
    expect(withoutMasks(stdout)).not.toContain('tokenledger:tokenledger@')
  })
})

describe('a cancelled job', () => {
  it('cancels the statement on the server, rolls back, and still leaves outputs and summary', async () => {
    const { run, query, url } = await started.job({
      ...TWO_FILES,
      'migrations/003_slow.sql': 'CREATE TABLE slow (id int);\nSELECT pg_sleep(60);\n',
    })
    const abort = new AbortController()
    const running = run({}, { signal: abort.signal })
    const sleeping = `SELECT 1 FROM pg_stat_activity WHERE datname = '${new URL(url).pathname.slice(1)}' AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid() AND state = 'active'`
    await untilTrue(async () => (await query(sleeping)).length > 0, running)
    abort.abort()
    const result = await running
    expect(result.exitCode).toBe(1)
    expect(result.annotations.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^Cancelled: 003_slow\.sql was running for .*; the server statement was cancelled and rolled back\. Database is at 002\.$/,
      ),
    ])
    expect(result.outputs).toMatchObject({
      verdict: 'cancelled',
      'applied-count': '2',
      'current-version': '002',
    })
    expect(result.summary).toMatch(/^### 🛑 Cancelled after 2 migrations applied; the database is at 002/)
    expect(await query(sleeping)).toEqual([])
    expect(await query("SELECT to_regclass('slow') AS slow")).toEqual([{ slow: null }])
    expect(await query('SELECT count(*)::int AS locks FROM pg_locks WHERE locktype = $$advisory$$')).toEqual([
      { locks: 0 },
    ])
  })
})

function withoutMasks(log: string): string {
  return log.replaceAll(/^::add-mask::.*$/gm, '')
}

/** Waits for a condition; a run that ends before it is held is a failure that shows the run. */
async function untilTrue(condition: () => Promise<boolean>, running: Promise<BundleRun>): Promise<void> {
  let ended: BundleRun | undefined
  void running.then(run => {
    ended = run
  })
  while (!(await condition())) {
    if (ended) throw new Error(`ended too early:\n${ended.stdout}`)
    await sleep(20)
  }
}
