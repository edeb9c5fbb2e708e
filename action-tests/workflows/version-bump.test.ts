import { afterEach, describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { type BumpRun, type ReleasedProject, readSummaries, releasedProject } from './released-project.ts'
import { runCi } from './run-ci.ts'

/** A run of act with its gate; on a busy computer each of its jobs takes seconds. */
const RUN_MS = 120_000

let project: ReleasedProject
afterEach(() => project.close())

describe('version-bump.yml on examples/tokenledger', () => {
  it(
    'makes the pull request of a minor version by hand, and tags and releases it when it was merged, once',
    async () => {
      project = await releasedProject()
      const { github, git } = project
      const base = git('rev-parse', 'main')

      const bump = await project.dispatch({ part: 'minor' })
      expect(bump.jobs).toEqual({
        'version-bump / bump': 'success',
        'version-bump / commit': 'skipped',
        'version-bump / tag': 'skipped',
        'version-bump / gate': 'success',
      })
      expect(bump.code).toBe(0)
      const [pull] = github.pulls
      expect(github.pulls).toHaveLength(1)
      expect(pull).toMatchObject({
        title: 'chore(release): v0.2.0',
        head: 'release/v0.2.0',
        base: 'main',
        labels: ['release'],
      })
      expect(pull?.body).toContain('Merging this releases **0.2.0** (after 0.1.0)')
      expect(pull?.body).toContain('- Dashboard: a page of costs by model.')
      expect(bump.summary).toContain('0.1.0 → 0.2.0: pull request #1 created')
      const head = git('rev-parse', 'release/v0.2.0')
      expect(git('rev-parse', 'release/v0.2.0~1')).toBe(base)
      expect(github.signedCommits).toEqual(new Set([head]))
      expect(git('show', 'release/v0.2.0:tokenledger/__init__.py')).toContain('__version__ = "0.2.0"')
      expect(git('show', 'release/v0.2.0:CHANGELOG.md')).toMatch(/\n## \[0\.2\.0\] - \d{4}-\d\d-\d\d\n/)

      const merged = github.mergePull(1, 'squash')
      const push = await project.pushed()
      expect(push.jobs).toEqual({
        'version-bump / bump': 'skipped',
        'version-bump / commit': 'skipped',
        'version-bump / tag': 'success',
        'version-bump / gate': 'success',
      })
      expect(push.summary).toContain('v0.2.0 tagged, release started')
      expect(git('rev-parse', 'v0.2.0^{commit}')).toBe(merged)
      const started = [{ workflow: 'release.yml', ref: 'v0.2.0' }]
      expect(github.dispatches).toMatchObject(started)

      const again = await project.pushed()
      expect(again.jobs).toMatchObject({ 'version-bump / tag': 'success' })
      expect(github.dispatches).toHaveLength(1)
      expect(github.violations).toEqual([])
    },
    4 * RUN_MS,
  )

  it.each(['merge', 'rebase'] as const)(
    'tags what a %s has brought to main, and nothing after a push without a new version',
    async method => {
      project = await releasedProject()
      const { github, git } = project
      await project.dispatch({ part: 'auto' }, { job: 'bump' })
      expect(github.pulls).toMatchObject([{ title: 'chore(release): v0.2.0' }])
      const merged = github.mergePull(1, method)
      await project.pushed()
      expect(git('rev-parse', 'v0.2.0^{commit}')).toBe(merged)
      expect(github.dispatches).toMatchObject([{ workflow: 'release.yml', ref: 'v0.2.0' }])
      await project.push('docs: a word')
      const later = await project.pushed()
      expect(later.summary).toContain('Nothing to tag; the version is 0.2.0')
      expect(github.dispatches).toHaveLength(1)
    },
    4 * RUN_MS,
  )

  it(
    'does nothing in a dry run, and makes a prerelease where a label is chosen',
    async () => {
      project = await releasedProject()
      const { github, git } = project
      const refs = git('for-each-ref')
      const run = await project.dispatch({ part: 'major', 'prerelease-label': 'rc', 'dry-run': 'true' })
      expect(run.code).toBe(0)
      expect(run.summary).toContain('Dry run: 0.1.0 → 1.0.0rc1, nothing was written')
      expect([git('for-each-ref'), github.pulls]).toEqual([refs, []])
    },
    RUN_MS,
  )
})

/** The caller's file with an input more. */
const given = (line: string) => (workflow: string) => `${workflow.trimEnd()}\n      ${line}\n`

describe('version-bump.yml refuses with a code in the log and in the summary', () => {
  function expectRefused({ log, summary, code }: BumpRun, words: string) {
    expect(code).toBe(1)
    expect(log).toContain(`error: ${words}`)
    expect(summary).toContain(words)
  }

  it(
    'a commit on a protected main (BUMP_PROTECTED), and the gate fails with it',
    async () => {
      project = await releasedProject(given('mode: commit'))
      const { github, git } = project
      github.settings.protectedBranches = ['main']
      const main = git('rev-parse', 'main')
      const run = await project.dispatch({ part: 'minor' })
      expectRefused(run, 'BUMP_PROTECTED: ')
      expect(run.jobs).toEqual({
        'version-bump / bump': 'skipped',
        'version-bump / commit': 'failure',
        'version-bump / tag': 'skipped',
        'version-bump / gate': 'failure',
      })
      expect(run.summary).toContain('Gate: ❌ commit (failure)')
      expect([git('rev-parse', 'main'), git('tag', '--list')]).toEqual([main, 'v0.1.0'])
    },
    RUN_MS,
  )

  it(
    'a main that has moved on (BUMP_STALE)',
    async () => {
      project = await releasedProject()
      const { github, git } = project
      const commit = git('rev-parse', 'main')
      const moved = await project.push('fix: prices')
      const run = await project.dispatch({ part: 'minor' }, { job: 'bump', commit })
      expectRefused(run, `BUMP_STALE: main moved from ${commit} to ${moved} while bumping`)
      expect(github.pulls).toEqual([])
    },
    RUN_MS,
  )

  it(
    'a tag that is there (BUMP_TAG_EXISTS)',
    async () => {
      project = await releasedProject()
      const { github, git } = project
      // On a commit that is not in main, such as one of a branch that was squashed.
      git('tag', 'v0.2.0', git('commit-tree', '-m', 'chore(release): v0.2.0', 'main^{tree}'))
      const run = await project.dispatch({ part: 'minor' }, { job: 'bump' })
      expectRefused(run, 'BUMP_TAG_EXISTS: v0.2.0 already exists at ')
      expect(github.pulls).toEqual([])
    },
    RUN_MS,
  )

  it(
    'a token that may not write (BUMP_FORBIDDEN)',
    async () => {
      project = await releasedProject()
      const { github, git } = project
      github.settings.permissions = { contents: 'read', 'pull-requests': 'read' }
      const run = await project.dispatch({ part: 'minor' }, { job: 'bump' })
      expectRefused(run, 'BUMP_FORBIDDEN: ')
      expect(git('branch', '--list', 'release/*')).toBe('')
    },
    RUN_MS,
  )

  it(
    'a repository where Actions may open no pull request (BUMP_PR_NOT_ALLOWED), and goes on from there when it may',
    async () => {
      project = await releasedProject()
      const { github } = project
      github.settings.actionsMayOpenPulls = false
      expectRefused(await project.dispatch({ part: 'minor' }, { job: 'bump' }), 'BUMP_PR_NOT_ALLOWED: ')
      github.settings.actionsMayOpenPulls = true
      await project.dispatch({ part: 'minor' }, { job: 'bump' })
      expect(github.pulls).toMatchObject([{ title: 'chore(release): v0.2.0', head: 'release/v0.2.0' }])
    },
    2 * RUN_MS,
  )

  it(
    'a pull request from a fork (BUMP_FORK)',
    async () => {
      project = await releasedProject(workflow => workflow.replace('  push:\n', '  pull_request:\n  push:\n'))
      const report = tempDir('report-')
      const args = ['--event', 'pull_request', '--fork', '--workflow', 'version-bump.yml', '--job', 'bump']
      const run = await runCi(await project.checkout(), [...args, '--offline', '--report', report])
      expectRefused({ ...run, summary: readSummaries(report) }, 'BUMP_FORK: refusing to write from a fork')
      expect(run.log).not.toContain("What the jobs did on GitHub's stand-in")
    },
    RUN_MS,
  )
})
