import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { type Files, gitRepo } from '@tokenledger/testkit'
import { ours, runCi } from './run-ci.ts'

// What of our own workflows runs without GitHub. The others do not: self-test installs by apt-get and needs Windows and
// macOS, self-security asks GitHub's services, and self-release goes on only at a tag that GitHub has verified. Their scripts run
// in action-tests/contracts/self-workflows.test.ts and action-tests/bundles/self-release.test.ts.

/** One job of act, whose machine may be busy. */
const RUN_MS = 120_000

/** Files of this repository, as they are, for one that is small; what is below a folder comes with it. */
function same(...paths: readonly string[]): Files {
  const files = paths.flatMap(path =>
    statSync(ours(path)).isDirectory() ? readdirSync(ours(path)).map(name => `${path}/${name}`) : [path],
  )
  return Object.fromEntries(files.map(file => [file, readFileSync(ours(file), 'utf8')]))
}

describe('self-dist.yml', () => {
  const lock = { name: 'small', version: '1.0.0', lockfileVersion: 3, packages: { '': { name: 'small' } } }
  const scripts = { generate: 'node write.js table.md', build: 'node write.js dist/index.js' }
  const small: Files = {
    ...same('.github/workflows/self-dist.yml'),
    'package.json': JSON.stringify({ name: 'small', version: '1.0.0', scripts }),
    'package-lock.json': JSON.stringify(lock),
    'write.js': "require('fs').writeFileSync(process.argv[2], 'from the sources\\n')\n",
    'table.md': 'from the sources\n',
  }

  it.each([
    ['from the sources\n', 'success', 'what the sources write'],
    ['by hand\n', 'failure', 'Run "npm run generate && npm run build" and commit what they wrote.'],
  ])(
    'judges a commit whose bundle is %j: %s',
    async (bundle, result, said) => {
      const { path } = gitRepo({ ...small, 'dist/index.js': bundle })
      const run = await runCi(path, ['--workflow', 'self-dist.yml', '--offline'])
      expect(run).toMatchObject({ code: result === 'success' ? 0 : 1, jobs: { dist: result } })
      if (result === 'failure') expect(run.log).toContain(said)
    },
    RUN_MS,
  )
})

describe('self-release.yml', () => {
  it(
    'opens the pull request of the next version, started by hand',
    async () => {
      const repository = gitRepo({
        ...same('.github/workflows/self-release.yml', 'actions/version-bump/action.yml'),
        // What its other jobs call has to be there.
        ...same('.github/workflows/self-test.yml', '.github/workflows/self-dist.yml'),
        ...same('actions/changelog-release/action.yml', 'dist/version-bump', 'dist/actions'),
        'package.json': '{ "name": "small", "version": "0.4.0" }\n',
        'CHANGELOG.md': '# Changelog\n\n## [Unreleased]\n\n- A thing that everybody waited for.\n',
      })
      const args = ['--workflow', 'self-release.yml', '--event', 'workflow_dispatch', '--job', 'bump']
      const run = await runCi(repository.path, [...args, '--input', 'part=minor', '--offline'])
      expect(run).toMatchObject({ code: 0, jobs: { bump: 'success' } })
      expect(run.log).toMatch(/#1 chore\(release\): v0\.5\.0 \(release\/v0\.5\.0 → main\)/)
    },
    RUN_MS,
  )
})
