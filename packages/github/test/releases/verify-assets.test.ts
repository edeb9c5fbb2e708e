import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS } from '@tokenledger/testkit'
import { compareAssets, downloadAsset, listAssets, publishedDiffers, verifyAssets } from '../../src/index.ts'
import { problem, type ReleaseLab, releaseLab, repository, sha256 } from './release-lab.ts'

let lab: ReleaseLab
let releaseId: number
beforeEach(async () => {
  lab = await releaseLab()
  const assets = ['a.whl', 'b.tar.gz'].map(name => ({ name, content: name }))
  releaseId = lab.github.addRelease({ tag: 'v1.2.3', draft: true, assets }).id
})
afterEach(async () => {
  expect(lab.github.violations).toEqual([])
  await lab.close()
})

const expectedOf = (name: string, content = name) => ({ name, digest: sha256(content) })
const BOTH = [expectedOf('a.whl'), expectedOf('b.tar.gz')]
const verify = (expected = BOTH) => verifyAssets(lab.client, { repository, releaseId, expected })

describe.each([true, false])('a draft, with digests of GitHub: %s,', digests => {
  beforeEach(() => void Object.assign(lab.github.settings, { digests }))

  it('holds what it should', async () => {
    const assets = await verify()
    expect(assets.map(({ digest }) => digest)).toEqual(BOTH.map(({ digest }) => digest))
  })

  it('lacks files', async () => {
    const expected = [...BOTH, expectedOf('c.whl'), expectedOf('SHA256SUMS')]
    expect(await problem(verify(expected))).toBe(
      'RELEASE_ASSET_MISSING: the release lacks c.whl, SHA256SUMS; run this job again, it uploads what is not there',
    )
  })

  it('has a file of other bytes', async () => {
    expect(await problem(verify([expectedOf('a.whl', 'other'), expectedOf('b.tar.gz')]))).toBe(
      `RELEASE_DIGEST_MISMATCH: GitHub holds ${sha256('a.whl')} for a.whl, the file is ${sha256('other')}`,
    )
  })

  it('has a file that it should not have', async () => {
    expect(await problem(verify(BOTH.slice(1)))).toBe(
      'RELEASE_UNEXPECTED_ASSET: the release holds a.whl, which this run did not make; delete it from the draft, or add it to files',
    )
  })
})

describe('verifying', () => {
  it('does not take a starter for a file', async () => {
    const half = lab.github.addRelease({
      tag: 'v0',
      draft: true,
      assets: [{ name: 'a.whl', state: 'starter' }],
    })
    const wish = { repository, releaseId: half.id, expected: [expectedOf('a.whl')] }
    expect(await problem(verifyAssets(lab.client, wish))).toMatch(
      /^RELEASE_ASSET_MISSING: the release lacks a.whl/,
    )
  })

  it('looks again for what is not listed yet', async () => {
    const operation = 'GET /repos/{owner}/{repo}/releases/{release_id}/assets'
    lab.github.breakAt({ operation, phase: 'before', with: { status: 200, body: [] }, times: 2 })
    expect(await verify()).toHaveLength(2)
  })

  it('compares sizes where they are known', async () => {
    const expected = [{ ...expectedOf('a.whl'), size: 6 }, expectedOf('b.tar.gz')]
    expect(await problem(verify(expected))).toBe(
      'RELEASE_DIGEST_MISMATCH: GitHub holds 5 bytes for a.whl, the file is 6 bytes',
    )
  })

  it('names all that differs in a published release', async () => {
    const expected = [expectedOf('a.whl', 'other'), expectedOf('c.whl')]
    const { problems } = await compareAssets(lab.client, { repository, releaseId, expected })
    expect(problems.map(each => publishedDiffers('v1.2.3', each).message)).toEqual([
      `RELEASE_PUBLISHED_DIFFERS: published v1.2.3 has a.whl ${sha256('a.whl')}, this run has ${sha256('other')}; a published release is never changed`,
      'RELEASE_PUBLISHED_DIFFERS: published v1.2.3 has no c.whl, this run has it; a published release is never changed',
      'RELEASE_PUBLISHED_DIFFERS: published v1.2.3 has b.tar.gz, this run does not; a published release is never changed',
    ])
  })

  it('names a release that is gone', async () => {
    lab.github.releases.length = 0
    expect(await problem(verify())).toMatch(/^RELEASE_GONE: release 1 was deleted/)
  })
})

describe('a download', () => {
  const DOWNLOAD = 'GET /repos/{owner}/{repo}/releases/assets/{asset_id}'

  it('gives the bytes, without the token for the storage', async () => {
    const bytes = Buffer.from([0, 255, 128, 10])
    const { id } = lab.github.addRelease({ tag: 'v0', assets: [{ name: 'x.bin', content: bytes }] })
    const [asset] = await listAssets(lab.client, { repository, releaseId: id })
    const got = await downloadAsset(lab.client, { repository, assetId: asset?.id ?? 0 })
    expect(got.equals(bytes)).toBe(true)
    const [api, storage] = lab.github.requests.slice(-2)
    expect([api?.headers.authorization, storage?.headers.authorization]).toEqual(['Bearer t', undefined])
  })

  it('is tried again when it breaks', async () => {
    lab.github.breakAt({ operation: DOWNLOAD, phase: 'before', with: BREAKS.badGateway })
    lab.github.fault({ path: '/storage/', reset: true, times: 1 })
    const [asset] = await listAssets(lab.client, { repository, releaseId })
    const got = await downloadAsset(lab.client, { repository, assetId: asset?.id ?? 0 })
    expect(got.toString()).toBe('a.whl')
  })

  it('names an asset that is gone', async () => {
    expect(await problem(downloadAsset(lab.client, { repository, assetId: 77 }))).toMatch(
      /^RELEASE_ASSET_GONE: asset 77 was deleted/,
    )
  })
})
