import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { buildPackage, sha256 } from './built-package.ts'
import { errors, PROJECT, type ReleaseJob, releaseJob, TAG } from './release-job.ts'

let job: ReleaseJob
beforeEach(async () => {
  job = await releaseJob()
})
afterEach(async () => {
  await job.close()
  expect(job.github.violations).toEqual([])
})

describe('all phases', () => {
  it('end in a published release with files, checksums, notes and every output', async () => {
    const env = { RUNNER_TEMP: tempDir('runner-') }
    const run = await job.run({ 'expected-digests': JSON.stringify(job.digests) }, { env })
    expect(errors(run)).toEqual([])
    const [release] = job.github.releases
    const sha = job.git('rev-parse', `${TAG}^{commit}`)
    expect(run.outputs).toMatchObject({
      state: 'published',
      tag: TAG,
      'commit-sha': sha,
      version: '1.3.0',
      'normalized-version': '1.3.0',
      'is-prerelease': 'false',
      'previous-tag': 'v1.2.3',
      'release-id': `${release?.id}`,
      url: 'https://github.com/acme/shop/releases/tag/v1.3.0',
      'upload-url': '',
      'commit-count': '1',
      immutable: 'false',
    })
    expect(JSON.parse(run.outputs.digests ?? '')).toEqual(job.digests)
    expect(readFileSync(run.outputs['notes-file'] ?? '', 'utf8')).toBe('### Added\n\n- Carts (#7).\n')
    const sums = readFileSync(run.outputs['checksums-file'] ?? '')
    expect(release?.assets.find(({ name }) => name === 'SHA256SUMS')?.digest).toBe(`sha256:${sha256(sums)}`)
    expect(release).toMatchObject({ name: TAG, draft: false, prerelease: false, latest: true })
    expect(release?.body).toContain(
      [
        '### Added\n\n- Carts (#7).\n',
        '**All changes:** [v1.2.3...v1.3.0](https://github.com/acme/shop/compare/v1.2.3...v1.3.0)\n',
        '<!-- tokenledger-actions: release v1.3.0 -->',
      ].join('\n'),
    )
    expect(release?.body).toMatch(new RegExp(`\\n<!-- commit ${sha} text [0-9a-f]{16} -->$`))
    const [wheel = ''] = Object.keys(job.digests)
    expect(run.summary).toContain('### ✅ v1.3.0 is published, the latest release')
    expect(run.summary).toContain(
      `| \`${wheel}\` | \`${job.digests[wheel]?.slice(0, 16)}\` | 530 B | ✅ | ✅ |`,
    )
    expect(run.stdout).toMatch(/shop-1\.3\.0\.tar\.gz: uploaded, \d+ B/)
  })

  it('write nothing in a dry run, and say what they would do', async () => {
    const run = await job.run({ 'dry-run': 'true' })
    expect(errors(run)).toEqual([])
    expect(run.stdout).toContain('Dry run: v1.3.0 would be published, nothing was written')
    expect(job.github.releases).toEqual([])
  })

  it('release without any file where none is named', async () => {
    const run = await job.run({ files: '' })
    expect(errors(run)).toEqual([])
    expect(job.github.releases).toMatchObject([{ draft: false, assets: [] }])
  })

  it('find the past of a shallow checkout', async () => {
    job.push('docs: later')
    const run = await job.run({ 'notes-source': 'changelog' }, { depth: 1 })
    expect(errors(run)).toEqual([])
    expect(run.outputs).toMatchObject({ 'previous-tag': 'v1.2.3', 'commit-count': '1' })
    expect(run.summary).toContain('History: ')
  })
})

describe('a prerelease', () => {
  it.each([
    ['1.3.0rc1', '1.3.0rc1'],
    ['1.3.0-rc.1', '1.3.0rc1'],
  ])(
    'v%s is one by its version, never the latest, and its files may spell it otherwise',
    async (version, normal) => {
      await job.close()
      job = await releaseJob({
        version,
        files: {
          ...PROJECT,
          'shop/__init__.py': `__version__ = "${version}"\n`,
          'CHANGELOG.md': `# Changelog\n\n## [${version}] - 2026-02-02\n\n- Carts.\n`,
        },
        built: { fileVersion: normal, spelled: version },
      })
      const run = await job.run()
      expect(errors(run)).toEqual([])
      expect(run.outputs).toMatchObject({ 'is-prerelease': 'true', version, 'normalized-version': normal })
      expect(job.github.releases).toMatchObject([{ prerelease: true, latest: false }])
    },
  )

  it('that an input makes one stays one when it is published', async () => {
    await job.run({ phase: 'prepare', prerelease: 'true' })
    const run = await job.run({ phase: 'publish', files: '' }, { checkout: 'none' })
    expect(errors(run)).toEqual([])
    expect(job.github.releases).toMatchObject([{ prerelease: true, latest: false, draft: false }])
  })
})

describe('the latest release', () => {
  it('stays the higher version when an older line gets a patch', async () => {
    job.github.addRelease({ tag: 'v2.0.0' })
    await job.run()
    const latest = job.github.releases.filter(({ latest }) => latest).map(({ tag }) => tag)
    expect(latest).toEqual(['v2.0.0'])
  })

  it('is this one above prereleases, drafts and tags that are no versions', async () => {
    job.github.addRelease({ tag: 'v2.0.0rc1', prerelease: true })
    job.github.addRelease({ tag: 'v3.0.0', draft: true })
    job.github.addRelease({ tag: 'nightly' })
    await job.run()
    const latest = job.github.releases.filter(({ latest }) => latest).map(({ tag }) => tag)
    expect(latest).toEqual([TAG])
  })

  it('is what an input says', async () => {
    await job.run({ 'make-latest': 'false' })
    expect(job.github.releases).toMatchObject([{ latest: false }])
  })
})

describe('phase verify', () => {
  it('writes nothing, and asks GitHub nothing in a job without a checkout', async () => {
    const run = await job.run(
      { phase: 'verify', 'expected-digests': JSON.stringify(job.digests) },
      { checkout: 'none' },
    )
    expect(errors(run)).toEqual([])
    expect(run.outputs.state).toBe('verified')
    expect(job.github.requests).toEqual([])
  })

  it('works with a token that may only read', async () => {
    job.github.settings.permissions = { contents: 'read' }
    const run = await job.run({ phase: 'verify' })
    expect(errors(run)).toEqual([])
    expect(run.outputs.state).toBe('verified')
  })

  it('refuses files of another version without a checkout, too', async () => {
    buildPackage(job.dist, '1.2.9')
    const run = await job.run({ phase: 'verify' }, { checkout: 'none' })
    expect(errors(run).join()).toContain('RELEASE_TAG_MISMATCH: tag v1.3.0 is version 1.3.0, but shop-1.2.9')
  })
})

describe('a package of a monorepo', () => {
  it('is released by its own tag, and never becomes the latest by itself', async () => {
    job.push('feat: a second package', {
      'packages/till/pyproject.toml': '[project]\nname = "till"\nversion = "2.0.0"\n',
      'packages/till/CHANGELOG.md': '# Changelog\n\n## [2.0.0] - 2026-03-03\n\n- A till.\n',
    })
    job.git('tag', 'till-v2.0.0', 'main')
    const run = await job.run(
      { path: 'packages/till', 'tag-format': '{name}-v{version}', files: '' },
      { checkout: 'till-v2.0.0', ref: 'refs/tags/till-v2.0.0' },
    )
    expect(errors(run)).toEqual([])
    expect(job.github.releases).toMatchObject([{ tag: 'till-v2.0.0', latest: false, draft: false }])
    expect(job.github.releases[0]?.body).toContain('- A till.')
  })
})
