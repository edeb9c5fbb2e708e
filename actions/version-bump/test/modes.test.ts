import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { type BumpJob, bumpJob, errors } from './bump-job.ts'

let job: BumpJob
beforeEach(async () => {
  job = await bumpJob()
})
afterEach(() => job.close())

describe('mode pr', () => {
  it('opens one pull request with a verified commit that holds version and changelog', async () => {
    job.push('feat: carts (#7)')
    const run = await job.run()
    expect(errors(run)).toEqual([])
    expect(run.outputs).toMatchObject({
      'previous-version': '1.2.3',
      'new-version': '1.3.0',
      tag: 'v1.3.0',
      part: 'minor',
      changed: 'true',
      verified: 'true',
      'pull-request-number': '1',
      'is-prerelease': 'false',
      files: '["shop/__init__.py","CHANGELOG.md"]',
    })
    expect(job.show('release/v1.3.0', 'shop/__init__.py')).toBe('"""A shop."""\n\n__version__ = "1.3.0"')
    const changelog = job.show('release/v1.3.0', 'CHANGELOG.md')
    expect(changelog).toMatch(
      /## \[Unreleased\]\n\n## \[1\.3\.0\] - \d{4}-\d\d-\d\d\n\n### Added\n\n- Carts by hand\.\n\n## \[1\.2\.3\]/,
    )
    expect(changelog).toContain('[1.3.0]: https://github.com/acme/consumer/')
    const [pull] = job.github.pulls
    expect(pull).toMatchObject({ title: 'chore(release): v1.3.0', head: 'release/v1.3.0', base: 'main' })
    expect(pull?.body).toContain('Carts by hand.')
    expect(run.summary).toMatch(/^### ✅ 1\.2\.3 → 1\.3\.0: pull request #1 created/)
    expect(job.github.violations).toEqual([])
  })

  it('brings it up to date on a second run, and replaces it when the version becomes another', async () => {
    job.push('fix: a sum')
    await job.run()
    const again = await job.run()
    expect(again.summary).toMatch(/pull request #1 unchanged/)
    job.push('feat: carts')
    const higher = await job.run()
    expect(errors(higher)).toEqual([])
    expect(job.github.pulls.map(({ head, state }) => [head, state])).toEqual([
      ['release/v1.2.4', 'closed'],
      ['release/v1.3.0', 'open'],
    ])
  })

  it('has nothing to do when no commit asks for a release', async () => {
    job.push('docs: words')
    const run = await job.run()
    expect(run.exitCode).toBe(0)
    expect(run.outputs).toMatchObject({ changed: 'false', 'new-version': '1.2.3', tag: '' })
    expect(run.summary).toMatch(/^### ✅ Nothing to release; the version stays 1\.2\.3/)
    expect(job.github.pulls).toEqual([])
  })

  it('writes nothing in a dry run', async () => {
    job.push('feat!: everything is new')
    const run = await job.run({ 'dry-run': 'true', 'major-on-zero': 'true' })
    expect(run.outputs).toMatchObject({ 'new-version': '2.0.0', changed: 'true', 'commit-sha': '' })
    expect(job.github.requests).toEqual([])
  })
})

describe('mode tag', () => {
  it.each(['merge', 'squash', 'rebase'] as const)(
    'tags what a %s brought to main, once, and starts the release there',
    async method => {
      job.push('fix: a sum')
      await job.run()
      const before = job.at('main')
      const merged = job.github.mergePull(1, method)
      const run = await job.run({ mode: 'tag' }, { before })
      expect(errors(run)).toEqual([])
      expect(job.at('v1.2.4')).toBe(merged)
      expect(run.outputs).toMatchObject({ tag: 'v1.2.4', changed: 'true', 'commit-sha': merged })
      expect(run.outputs['release-run-url']).toMatch(/actions\/runs\/\d+$/)
      expect(job.github.dispatches).toHaveLength(1)
      const again = await job.run({ mode: 'tag' }, { before })
      expect(again.exitCode).toBe(0)
      expect(job.github.dispatches).toHaveLength(1)
    },
  )

  it('does nothing for a push that brings no version, also when that was never tagged', async () => {
    const before = job.at('main')
    job.push('docs: words')
    const run = await job.run({ mode: 'tag', 'tag-format': 'release-{version}' }, { before })
    expect(run.outputs.changed).toBe('false')
    expect(run.outputs.reason).toMatch(/^This push does not change the version, 1\.2\.3/)
    expect(job.github.dispatches).toEqual([])
  })
})

describe('mode commit', () => {
  it('commits on main, tags that commit and starts the release', async () => {
    job.push('perf: faster')
    const run = await job.run({ mode: 'commit' })
    expect(errors(run)).toEqual([])
    expect(job.show('main', 'shop/__init__.py')).toContain('1.2.4')
    expect(job.at('v1.2.4')).toBe(job.at('main'))
    expect(job.github.dispatches).toHaveLength(1)
  })
})

describe('what stands in the way has a code and changes nothing', () => {
  it('a protected branch', async () => {
    job.github.settings.protectedBranches = ['main']
    job.push('fix: a sum')
    const before = job.at('main')
    const run = await job.run({ mode: 'commit' })
    expect(errors(run)).toEqual([
      'BUMP_PROTECTED: main does not accept direct commits (Changes must be made through a pull request); use mode: pr',
    ])
    expect(run.exitCode).toBe(1)
    expect(job.at('main')).toBe(before)
    expect(run.summary).toMatch(/^### ❌ The version was not bumped/)
  })

  it('a tag that is there', async () => {
    job.push('fix: a sum')
    const elsewhere = job.origin.commit({ 'other.txt': 'a line of its own\n' })
    job.origin.git('push', '--quiet', job.bare, 'HEAD:refs/tags/v1.2.4')
    expect(errors(await job.run())).toEqual([`BUMP_TAG_EXISTS: v1.2.4 already exists at ${elsewhere}`])
    expect(job.github.pulls).toEqual([])
  })

  it('a release that is above the version of the tree', async () => {
    job.push('fix: a sum')
    job.origin.git('fetch', '--quiet', job.bare, 'main')
    job.origin.git('push', '--quiet', job.bare, 'FETCH_HEAD:refs/tags/v1.2.4')
    expect(errors(await job.run())).toEqual([
      expect.stringMatching(/^BUMP_BEHIND: the tree has 1\.2\.3 .*, and v1\.2\.4 is released;/),
    ])
  })

  it('a version that is not above the one of the tree', async () => {
    expect(errors(await job.run({ 'new-version': '1.2.3' }))).toEqual([
      expect.stringMatching(/^BUMP_NOT_HIGHER: new-version 1\.2\.3 is not above 1\.2\.3/),
    ])
  })

  it.each([
    [
      { contents: 'read', 'pull-requests': 'write' } as const,
      /^BUMP_FORBIDDEN: 403 .* needs "contents: write"/,
    ],
    [
      { contents: 'write', 'pull-requests': 'read' } as const,
      /^BUMP_FORBIDDEN: 403 .* needs "pull-requests: write"/,
    ],
  ])('a token with %j', async (permissions, says) => {
    job.github.settings.permissions = permissions
    job.push('fix: a sum')
    const run = await job.run()
    expect(errors(run)).toEqual([expect.stringMatching(says)])
    expect(job.github.pulls).toEqual([])
  })

  it('a repository where Actions may open no pull request', async () => {
    job.github.settings.actionsMayOpenPulls = false
    job.push('fix: a sum')
    expect(errors(await job.run())).toEqual([
      'BUMP_PR_NOT_ALLOWED: repository setting "Allow GitHub Actions to create and approve pull requests" is off; turn it on or pass an App token',
    ])
  })

  it('a base that has moved', async () => {
    job.push('fix: a sum')
    const end = job.github.onRequest(({ number, phase }) => {
      if (number === 1 && phase === 'before') job.push('fix: another')
      return undefined
    })
    const run = await job.run()
    end()
    expect(errors(run)).toEqual([
      expect.stringMatching(/^BUMP_STALE: main moved from [0-9a-f]{40} to [0-9a-f]{40} while bumping/),
    ])
  })

  it('another branch than the base', async () => {
    const run = await job.run({}, { env: { GITHUB_REF: 'refs/heads/topic' } })
    expect(errors(run)).toEqual([
      'BUMP_NOT_ON_BASE: this run is on topic, and releases are made from main; start it there, or set base',
    ])
  })

  it('a fork', async () => {
    const event = join(tempDir('event-'), 'event.json')
    const head = { repo: { full_name: 'contributor/consumer' } }
    writeFileSync(event, JSON.stringify({ pull_request: { head } }))
    const run = await job.run({}, { env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event } })
    expect(errors(run)).toEqual([
      'BUMP_FORK: refusing to write from a fork; start version-bump in acme/consumer itself',
    ])
    expect(job.github.requests).toEqual([])
  })

  it('sources that disagree, each with its place', async () => {
    job.push('fix: a package for npm', { 'package.json': '{\n  "name": "shop",\n  "version": "1.2.2"\n}\n' })
    expect(errors(await job.run())).toEqual([
      'BUMP_SOURCES_DISAGREE: shop/__init__.py:3 says 1.2.3, and package.json:3 says 1.2.2; set them to the same version first',
    ])
  })

  it('a version that was merged and is not tagged yet', async () => {
    job.push('feat: by hand', { 'shop/__init__.py': '__version__ = "1.3.0"\n' })
    expect(errors(await job.run())).toEqual([
      expect.stringMatching(/^BUMP_UNRELEASED: the tree has 1\.3\.0 .*, and there is no tag v1\.3\.0;/),
    ])
  })
})
