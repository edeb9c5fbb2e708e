import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { READ_ONLY } from '@tokenledger/testkit'
import { buildPackage } from './built-package.ts'
import { errors, PROJECT, type ReleaseJob, releaseJob, TAG } from './release-job.ts'

let job: ReleaseJob
beforeEach(async () => {
  job = await releaseJob()
})
afterEach(async () => {
  await job.close()
  expect(job.github.violations).toEqual([])
})

/** A refusal says this and nothing else, fails the step, and leaves GitHub as it was. */
async function expectRefusal(words: string, ...args: Parameters<ReleaseJob['run']>) {
  const before = job.github.releases.map(stateOf)
  const run = await job.run(...args)
  expect(errors(run)).toEqual([words])
  expect(run.exitCode).toBe(1)
  expect(run.outputs.state).toBe('')
  expect(run.summary).toContain('❌')
  expect(job.github.releases.map(stateOf)).toEqual(before)
}

const stateOf = ({ tag, draft, name, body, assets }: ReleaseJob['github']['releases'][number]) => ({
  tag,
  draft,
  name,
  body,
  assets: assets.map(asset => `${asset.name} ${asset.digest}`),
})

describe('changelog-release refuses, in these words,', () => {
  const at = (ref: string) => job.git('rev-parse', `${ref}^{commit}`)

  it('a tag that is no version', async () => {
    job.git('tag', 'vfoo', 'main')
    await expectRefusal(
      'RELEASE_TAG_INVALID: tag "vfoo" is not a version (expected v1.2.3, v1.2.3rc1 or v1.2.3-rc.1)',
      { tag: 'vfoo' },
    )
  })

  it('a tag in the form of a monorepo that is no version', async () => {
    await expectRefusal(
      'RELEASE_TAG_INVALID: tag "v1.3.0" is not a version (expected shop-v1.2.3, shop-v1.2.3rc1 or shop-v1.2.3-rc.1)',
      { 'tag-format': '{name}-v{version}' },
    )
  })

  it('a local version', async () => {
    await expectRefusal(
      'RELEASE_TAG_INVALID: tag "v1.3.0+cu12" is a local version (+cu12), which no package index takes; tag v1.3.0',
      { tag: 'v1.3.0+cu12' },
    )
  })

  it('a run on a branch that names no tag', async () => {
    await expectRefusal(
      'RELEASE_TAG_MISSING: this run is at refs/heads/main, which is no tag; start it at the tag, or give input tag',
      {},
      { ref: 'refs/heads/main' },
    )
  })

  it('a tag that is not there', async () => {
    await expectRefusal(
      'RELEASE_TAG_MISSING: acme/shop has no tag v1.4.0; make it with version-bump (mode: tag), or push it',
      { tag: 'v1.4.0' },
    )
  })

  it('a tag that leads elsewhere than the checkout', async () => {
    const moved = job.push('fix: another thing')
    const built = at(TAG)
    job.git('tag', '--force', TAG, moved)
    await expectRefusal(
      `RELEASE_TAG_MOVED: tag v1.3.0 points to ${moved}, this run built ${built}; nothing was published`,
      {},
      { checkout: built },
    )
  })

  it('a commit that is not on main', async () => {
    const stray = job.git('commit-tree', '-m', 'stray', '-p', 'main', 'main^{tree}')
    job.git('tag', '--force', TAG, stray)
    await expectRefusal(`RELEASE_NOT_ON_BRANCH: commit ${stray} of v1.3.0 is not on main`)
    job.git('branch', 'release/1.2', 'v1.2.3')
    const either = { 'verify-ancestor': 'main, release/*' }
    await expectRefusal(
      `RELEASE_NOT_ON_BRANCH: commit ${stray} of v1.3.0 is not on main or release/*`,
      either,
    )
    job.git('branch', 'release/1.3', stray)
    expect((await job.run({ phase: 'verify', ...either })).outputs.state).toBe('verified')
  })

  it('a wheel of another version', async () => {
    rmSync(job.dist, { recursive: true })
    buildPackage(job.dist, '1.2.2')
    const run = await job.run()
    expect(errors(run)).toEqual([
      'RELEASE_TAG_MISMATCH: tag v1.3.0 is version 1.3.0, but shop-1.2.2-py3-none-any.whl is version 1.2.2; run version-bump, or tag the commit that sets 1.3.0',
      'RELEASE_TAG_MISMATCH: tag v1.3.0 is version 1.3.0, but shop-1.2.2.tar.gz is version 1.2.2; run version-bump, or tag the commit that sets 1.3.0',
    ])
    expect(job.github.releases).toEqual([])
  })

  it('a tree of another version, with its line', async () => {
    const sha = job.push('chore: back', { 'shop/__init__.py': '"""A shop."""\n\n__version__ = "1.2.9"\n' })
    job.git('tag', '--force', TAG, sha)
    await expectRefusal(
      'RELEASE_TAG_MISMATCH: tag v1.3.0 is version 1.3.0, but shop/__init__.py:3 is version 1.2.9; run version-bump, or tag the commit that sets 1.3.0',
    )
  })

  it('a pattern that matches nothing', async () => {
    await expectRefusal(
      'RELEASE_NO_FILES: pattern "wheels/*.whl" matches no file; did the job download the build artifact?',
      { files: 'dist/*\nwheels/*.whl' },
    )
  })

  it('a file with another digest than the build has named', async () => {
    const [name = ''] = Object.keys(job.digests)
    const run = await job.run({
      'expected-digests': JSON.stringify({ ...job.digests, [name]: '0'.repeat(64) }),
    })
    expect(errors(run).join('\n')).toContain(`RELEASE_NOT_AS_BUILT: ${name} is sha256:`)
    expect(job.github.releases).toEqual([])
  })

  it('a token that may not write', async () => {
    job.github.settings.permissions = READ_ONLY
    await expectRefusal(
      'RELEASE_FORBIDDEN: 403 from POST /releases: needs "contents: write"; or the tagged commit changes .github/workflows, which GITHUB_TOKEN may not release',
    )
  })

  it('a tag that an immutable release has used', async () => {
    job.github.settings.immutableReleases = true
    await job.run()
    job.github.releases.length = 0
    // GitHub says so only when the draft is to be published.
    await job.run({ phase: 'prepare' })
    await expectRefusal(
      'RELEASE_TAG_BURNED: v1.3.0 was used by an immutable release and can never be reused; bump to 1.3.1',
    )
  })

  it('notes without a word, unless they may be empty', async () => {
    const sha = job.push('docs: none', {
      'CHANGELOG.md': (PROJECT['CHANGELOG.md'] as string).replace('### Added\n\n- Carts (#7).\n', ''),
    })
    job.git('tag', '--force', TAG, sha)
    await expectRefusal(
      'NOTES_EMPTY: CHANGELOG.md has nothing for 1.3.0; write it there, or set notes-source: git-cliff',
      { 'notes-source': 'changelog' },
    )
    const run = await job.run({ 'notes-source': 'changelog', 'allow-empty-notes': 'true' })
    expect(run.exitCode).toBe(0)
  })

  it('to publish what nobody has prepared', async () => {
    await expectRefusal(
      'RELEASE_NOT_PREPARED: there is no draft of v1.3.0 that phase prepare has made; run that first',
      { phase: 'publish', files: '' },
      { checkout: 'none' },
    )
  })

  it('two drafts of one tag, by their ids', async () => {
    const ids = [1, 2].map(() => job.github.addRelease({ tag: TAG, draft: true, body: 'by hand' }).id)
    await expectRefusal(`RELEASE_DUPLICATE_DRAFTS: 2 drafts carry v1.3.0 (ids ${ids.join(', ')}); delete one`)
  })

  it('a published release that has another file', async () => {
    await job.run()
    const [name = '', ours] = Object.entries(job.digests).at(0) ?? []
    rmSync(join(job.dist, name))
    buildPackage(job.dist, '1.3.0', '1.3')
    const run = await job.run({ 'verify-version': 'false' })
    expect(errors(run)[0]).toMatch(
      new RegExp(
        `^RELEASE_PUBLISHED_DIFFERS: published v1\\.3\\.0 has ${name} sha256:${ours}, this run has sha256:[0-9a-f]{64}; a published release is never changed$`,
      ),
    )
  })

  it('every wrong input at once', async () => {
    const run = await job.run({ phase: 'everything', 'make-latest': 'yes', path: '../out', checksums: 'a/b' })
    expect(errors(run).join('\n')).toBe(
      [
        'Input phase is "everything"; allowed: all, verify, notes, prepare, publish.',
        'Input make-latest is "yes"; allowed: auto, true, false.',
        'Input path is "../out", which leaves the repository. Give a folder of the package in it.',
        'Input checksums is "a/b"; give the name of a file, such as SHA256SUMS, or none.',
      ].join('\n'),
    )
  })
})
