import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { gitIn, type PackageIndex, startPackageIndex, tempDir } from '@tokenledger/testkit'
import { ours, runCi } from './run-ci.ts'

/** The job sets up Python with all extras, migrates and tests; on two shared cores that takes up to a minute. */
const RUN_MS = 240_000

let index: PackageIndex
beforeAll(async () => {
  index = await startPackageIndex({ cacheDirectory: tempDir('index-') })
})
afterAll(() => index.close())

/** A checkout of examples/tokenledger whose CI gets `inputs`, after `change`. */
function checkout(
  inputs: Readonly<Record<string, string>>,
  change: (folder: string) => void = () => {},
): string {
  const folder = tempDir('tokenledger-')
  cpSync(ours('examples', 'tokenledger'), folder, {
    recursive: true,
    filter: path => !/\/(\.venv|node_modules|dist|__pycache__)$/.test(path),
  })
  const workflow = join(folder, '.github', 'workflows', 'ci.yml')
  const given = Object.entries(inputs).map(([name, value]) => `      ${name}: ${value}\n`)
  const text = readFileSync(workflow, 'utf8').trimEnd()
  if (given.length > 0) writeFileSync(workflow, `${text}\n    with:\n${given.join('')}`)
  change(folder)
  const git = gitIn(folder)
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'feat: a project with a database')
  return folder
}

async function integration(folder: string, ...args: readonly string[]) {
  const report = tempDir('report-')
  const env = { UV_DEFAULT_INDEX: index.url, PIP_INDEX_URL: index.url }
  const run = await runCi(folder, ['--job', 'integration', '--report', report, ...args], env)
  return { ...run, page: readFileSync(join(report, 'index.html'), 'utf8') }
}

describe('the job integration on examples/tokenledger', () => {
  it.each([
    [
      'sql',
      'pull_request',
      ['2 migrations applied', '001_initial', '002_teams_and_daily_costs', 'upgrade-path'],
    ],
    ['alembic', 'push', ['2 migrations applied', '0001', '0002', 'invalid']],
    ['command', 'push', ['tokenledger db init', 'invalid']],
  ])(
    'migrates by %s (%s) and runs the tests that need PostgreSQL',
    async (tool, event, shown) => {
      const run = await integration(checkout({ 'migrations-tool': tool }), '--event', event)
      expect(run.jobs).toEqual({ plan: 'success', integration: 'success' })
      expect(run.code).toBe(0)
      for (const text of shown) expect(run.page).toContain(text)
      expect(run.page).toMatch(/Tests with PostgreSQL: ✅ \d+ passed, 0 failed, 0 skipped/)
    },
    RUN_MS,
  )

  it(
    'fails on a broken migration, with the annotation on its line',
    async () => {
      const folder = checkout({}, root => {
        const lines = [
          '-- Costs by day',
          'CREATE TABLE days (day date);',
          '',
          'ALTER TABLE days ADD COLUMN teem txet;',
        ]
        writeFileSync(join(root, 'migrations', '003_days.sql'), `${lines.join('\n')}\n`)
      })
      const run = await integration(folder)
      expect(run.jobs).toEqual({ plan: 'success', integration: 'failure' })
      expect(run.code).toBe(1)
      expect(run.log).toContain('migrations/003_days.sql:4:34 type "txet" does not exist (42704)')
      expect(run.page).toContain('migrations/003_days.sql:4')
    },
    RUN_MS,
  )
})
