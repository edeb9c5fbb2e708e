import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { gitRepo, type PackageIndex, startPackageIndex, tempDir } from '@tokenledger/testkit'
import { runCi } from './run-ci.ts'
import { breakages, skippingProject, smallProject } from './small-project.ts'

/** A run of the whole workflow installs tools for six jobs; on two shared cores that takes up to a minute. */
const RUN_MS = 300_000

const everyJob = ['plan', 'lint', 'type-check', 'test (3.11)', 'security', 'build', 'dashboard', 'gate']
/** The small project has no database, so neither form of that job has to run, and it does not install pytest-cov. */
const notThere = { integration: 'skipped', 'integration (after checks)': 'skipped', coverage: 'skipped' }
const allGood = { ...Object.fromEntries(everyJob.map(job => [job, 'success'])), ...notThere }

let index: PackageIndex
beforeAll(async () => {
  // Every job of every run installs the same wheels; they come from the network once.
  index = await startPackageIndex({ cacheDirectory: tempDir('index-') })
})
afterAll(() => index.close())

const fromIndex = () => ({ UV_DEFAULT_INDEX: index.url, PIP_INDEX_URL: index.url })

describe('ci.yml without inputs', () => {
  it(
    'takes a healthy project through every job, also for a merge queue that leaves out none',
    async () => {
      const { path } = gitRepo(skippingProject)
      const run = await runCi(path, ['--event', 'merge_group'], fromIndex())
      expect(run.jobs).toEqual(allGood)
      expect(run.code).toBe(0)
    },
    RUN_MS,
  )

  it(
    'leaves out what a pull request of documents does not concern, with a green gate that says why',
    async () => {
      const { path, commit } = gitRepo(skippingProject)
      commit({ 'docs/guide.md': '# Guide\n' })
      const report = tempDir('report-')
      const run = await runCi(path, ['--event', 'pull_request', '--report', report], fromIndex())
      const left = { 'test (3.11)': 'skipped', build: 'skipped', dashboard: 'skipped' }
      expect(run.jobs).toEqual({ ...allGood, ...left })
      expect(run.code).toBe(0)
      const page = readFileSync(join(report, 'index.html'), 'utf8')
      expect(page).toContain('no changed file concerns it: 1 file, documentation')
    },
    RUN_MS,
  )

  it.each(breakages)(
    'fails in $job and in gate alone on $what',
    async ({ job, files, shows }) => {
      const { path } = gitRepo({ ...smallProject, ...files })
      const run = await runCi(path, [], fromIndex())
      expect(run.jobs).toEqual({ ...allGood, [job]: 'failure', gate: 'failure' })
      expect(run.code).toBe(1)
      expect(run.log).toContain(shows)
    },
    RUN_MS,
  )
})
