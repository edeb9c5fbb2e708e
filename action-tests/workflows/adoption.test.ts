import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { gitIn, type PackageIndex, startPackageIndex, tempDir } from '@tokenledger/testkit'
import { adopter, strippedExample } from '../../packages/cli/test/init/adopters.ts'
import { pathWithUv } from '../contracts/uv.ts'
import { type CiRun, ours, runCi, runCommand } from './run-ci.ts'

/** A run of the whole workflow installs tools for six jobs; on two shared cores that takes up to a minute. */
const RUN_MS = 300_000

const bump = ['version-bump / tag', 'version-bump / gate']
const always = ['plan', 'lint', 'type-check', 'security', 'gate']

let index: PackageIndex
beforeAll(async () => {
  // Every job of every run installs the same wheels; they come from the network once.
  index = await startPackageIndex({ cacheDirectory: tempDir('index-') })
})
afterAll(() => index.close())

const fromIndex = () => ({ UV_DEFAULT_INDEX: index.url, PIP_INDEX_URL: index.url })

/** The built command line, as a user has it. */
function init(folder: string, ...args: string[]) {
  const program = ours('dist', 'cli', 'index.js')
  return spawnSync(process.execPath, [program, 'init', folder, ...args], { encoding: 'utf8' })
}

function commit(folder: string, message: string): void {
  const git = gitIn(folder)
  git('add', '--all')
  git('commit', '--quiet', '--message', message)
}

/** What `run` does when it is all that a user has: a package that npm has packed, in a home where nothing is cached. */
function runByNpx(folder: string, home: string): Promise<CiRun> {
  const packed = tempDir('packed ')
  spawnSync('npm', ['pack', '--silent', '--pack-destination', packed], { cwd: ours() })
  const [file = ''] = readdirSync(packed)
  const call = ['--yes', '--package', join(packed, file), 'tokenledger-actions', 'run', '--repo', folder]
  return runCommand('npx', call, { HOME: home, XDG_CACHE_HOME: '', ...fromIndex() })
}

/** Adopts, commits, and sees that a second time there is nothing to do. */
function adopt(folder: string): void {
  expect(init(folder, '--yes')).toMatchObject({ status: 0 })
  commit(folder, 'ci: adopt tokenledger-actions')
  for (const option of ['--yes', '--dry-run']) {
    const again = init(folder, option)
    expect(again.stdout).not.toContain('+++')
    expect(again.stderr).toBe('Everything is in place; there is nothing to write.\n')
  }
  expect(gitIn(folder)('status', '--porcelain')).toBe('')
}

function expectGreen({ code, jobs, log }: CiRun, ran: readonly string[]): void {
  const having = (wanted: boolean) => Object.keys(jobs).filter(name => (jobs[name] === 'success') === wanted)
  expect(having(true).sort()).toEqual([...ran].sort())
  expect(having(false).filter(name => jobs[name] !== 'skipped')).toEqual([])
  expect(log).toMatch(/^CI passed in \d+ s: /m)
  expect(code).toBe(0)
}

describe('a project without CI, after init', () => {
  it(
    'is green: TokenLedger, with a database and a dashboard',
    async () => {
      const folder = strippedExample('https://github.com/org/tokenledger.git')
      adopt(folder)
      const tests = ['test (3.11)', 'test (3.12)', 'test (3.13)', 'integration', 'coverage']
      expectGreen(await runCi(folder, [], fromIndex()), [...always, ...tests, 'build', 'dashboard', ...bump])
    },
    RUN_MS,
  )

  it(
    'is green: setuptools, a flat layout, its tools in an extra, no lock',
    async () => {
      const folder = adopter({}, 'setuptools and a flat layout')
      adopt(folder)
      const own = ['test (3.11)', 'coverage', 'build']
      expectGreen(await runCi(folder, [], fromIndex()), [...always, ...own, ...bump])
    },
    RUN_MS,
  )

  it(
    'is green: poetry-core, no database, no coverage, as a pull request',
    async () => {
      const folder = adopter({}, 'poetry-core without Postgres')
      adopt(folder)
      const run = await runCi(folder, ['--event', 'pull_request'], fromIndex())
      expectGreen(run, [...always, 'test (3.11)', 'build'])
    },
    RUN_MS,
  )

  it(
    'is green: a locked uv workspace, by npx in an empty home, which keeps one copy of what runs',
    async () => {
      const folder = adopter({}, 'a uv workspace')
      const lock = ['lock', '--quiet', '--project', folder]
      expect(await runCommand('uv', lock, { ...fromIndex(), PATH: pathWithUv() })).toMatchObject({ log: '' })
      commit(folder, 'build: lock')
      adopt(folder)
      const home = tempDir('home ')
      const run = await runByNpx(folder, home)
      expectGreen(run, [...always, 'test (3.11)'])
      expect(readdirSync(join(home, '.cache', 'tokenledger-actions', 'engine'))).toEqual([
        expect.stringMatching(/^\d+\.\d+\.\d+-[0-9a-f]{16}$/),
      ])
    },
    RUN_MS,
  )
})
