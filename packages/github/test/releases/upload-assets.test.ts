import { truncateSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { NewAsset } from '@tokenledger/testkit'
import {
  ensureDraft,
  type LocalFile,
  type Release,
  type UploadProgress,
  type UploadWish,
  uploadAssets,
  verifyAssets,
} from '../../src/index.ts'
import { problem, type ReleaseLab, releaseLab, repository, sha256, TEXT, WISH } from './release-lab.ts'

let lab: ReleaseLab
beforeEach(async () => {
  lab = await releaseLab()
})
afterEach(async () => {
  expect(lab.github.violations).toEqual([])
  await lab.close()
})

/** A draft that holds these. */
async function draft(assets: readonly NewAsset[] = []): Promise<Release> {
  lab.github.addRelease({ ...TEXT, draft: true, assets })
  const { release } = await ensureDraft(lab.client, WISH)
  lab.calls()
  return release
}

async function upload(release: Release, files: readonly LocalFile[], more: Partial<UploadWish> = {}) {
  return uploadAssets(lab.client, { repository, release, files, onConflict: 'replace', ...more })
}

/** What the first release holds. */
function held() {
  return lab.github.releases[0]?.assets.map(({ name, digest }) => [name, digest])
}

describe('uploading', () => {
  it('brings files into a draft, and verifying finds them', async () => {
    const release = await draft()
    const wheel = { ...lab.file('a.whl', 'wheel'), contentType: 'application/zip' }
    const sums = lab.file('SHA256SUMS', 'sums')
    const outcomes = await upload(release, [wheel, sums])
    expect(outcomes).toEqual([
      {
        name: 'a.whl',
        id: expect.any(Number),
        size: 5,
        digest: sha256('wheel'),
        url: expect.stringMatching(/^https:.*a\.whl$/),
        action: 'uploaded',
      },
      expect.objectContaining({ name: 'SHA256SUMS', action: 'uploaded' }),
    ])
    expect(lab.github.releases[0]?.assets).toMatchObject([
      { state: 'uploaded', contentType: 'application/zip' },
      { state: 'uploaded', contentType: 'application/octet-stream' },
    ])
    const found = await verifyAssets(lab.client, {
      repository,
      releaseId: release.id,
      expected: [wheel, sums],
    })
    expect(found.map(({ name }) => name)).toEqual(['a.whl', 'SHA256SUMS'])
  })

  it('leaves what is there, replaces what differs, and what was not whole', async () => {
    const release = await draft([
      { name: 'same.whl', content: 'same' },
      { name: 'other.whl', content: 'other' },
      { name: 'shorter.whl', content: 'x' },
      { name: 'half.whl', state: 'starter' },
    ])
    const files = [
      lab.file('same.whl', 'same'),
      lab.file('other.whl', 'OTHER'),
      lab.file('shorter.whl', 'xx'),
      lab.file('half.whl', 'half'),
      lab.file('new.whl', 'new'),
    ]
    const outcomes = await upload(release, files)
    expect(outcomes.map(({ action }) => action)).toEqual([
      'skipped',
      'replaced',
      'replaced',
      'replaced',
      'uploaded',
    ])
    expect(held()?.sort()).toEqual(files.map(({ name, digest }) => [name, digest]).sort())
    lab.calls()
    const again = await upload(release, files)
    expect(new Set(again.map(({ action }) => action))).toEqual(new Set(['skipped']))
    expect(lab.calls()).toEqual([`GET /releases/${release.id}/assets`])
  })

  it('changes no asset of other bytes where that is not wanted, but what was not whole', async () => {
    const release = await draft([
      { name: 'half.whl', state: 'starter' },
      { name: 'other.whl', content: 'other' },
    ])
    const [half, other] = [lab.file('half.whl', 'half'), lab.file('other.whl', 'OTHER')]
    expect(await upload(release, [half], { onConflict: 'fail' })).toMatchObject([{ action: 'replaced' }])
    expect(await problem(upload(release, [other], { onConflict: 'fail' }))).toBe(
      `RELEASE_ASSET_DIFFERS: the draft of v1.2.3 has other.whl ${sha256('other')}, this run has ${sha256('OTHER')}; delete it, or set on-conflict: replace`,
    )
    expect(held()).toContainEqual(['other.whl', sha256('other')])
  })

  it('finds a file again that GitHub has renamed', async () => {
    const release = await draft()
    const files = [lab.file('my notes (1).md', 'notes'), lab.file('é@b.txt', 'odd')]
    const first = await upload(release, files)
    expect(first).toMatchObject([{ name: 'my.notes.1.md', action: 'uploaded' }, { action: 'uploaded' }])
    const second = await upload(release, files)
    expect(second).toEqual(first.map(outcome => ({ ...outcome, action: 'skipped' })))
    await verifyAssets(lab.client, { repository, releaseId: release.id, expected: files })
    const changed = lab.file('my notes (1).md', 'NOTES')
    expect(await upload(release, [changed])).toMatchObject([{ name: 'my.notes.1.md', action: 'replaced' }])
  })

  it('downloads what has no digest, and only when the size is the same', async () => {
    Object.assign(lab.github.settings, { digests: false })
    const release = await draft([
      { name: 'same.whl', content: 'same' },
      { name: 'other.whl', content: 'other' },
      { name: 'shorter.whl', content: 'x' },
    ])
    const files = [
      lab.file('same.whl', 'same'),
      lab.file('other.whl', 'OTHER'),
      lab.file('shorter.whl', 'xx'),
    ]
    const outcomes = await upload(release, files)
    expect(outcomes.map(({ action, digest }) => [action, digest])).toEqual([
      ['skipped', sha256('same')],
      ['replaced', sha256('OTHER')],
      ['replaced', sha256('xx')],
    ])
    await verifyAssets(lab.client, { repository, releaseId: release.id, expected: files })
  })

  it('sends four files at once, and not five', async () => {
    const release = await draft()
    let running = 0
    let most = 0
    let open = () => {}
    const four = new Promise<void>(resolve => (open = resolve))
    lab.github.onRequest(async ({ phase, operation }) => {
      if (!operation.startsWith('POST')) return undefined
      if (phase === 'after') return void running--
      most = Math.max(most, ++running)
      // None of the first ones ends before four are under way, and a fifth would have had time to come.
      if (running === 4) setTimeout(open, 100)
      await four
      return undefined
    })
    const files = Array.from({ length: 21 }, (_, n) => lab.file(`${n}.whl`, `wheel ${n}`))
    const outcomes = await upload(release, files)
    expect(outcomes.map(({ name }) => name)).toEqual(files.map(({ name }) => name))
    expect(most).toBe(4)
  })

  it('finds its files on two pages of assets', async () => {
    const names = Array.from({ length: 120 }, (_, n) => `${n}.whl`)
    const release = await draft(names.map(name => ({ name, content: name })))
    const files = names.map(name => lab.file(name, name))
    const outcomes = await upload(release, files)
    expect(new Set(outcomes.map(({ action }) => action))).toEqual(new Set(['skipped']))
    expect(
      await verifyAssets(lab.client, { repository, releaseId: release.id, expected: files }),
    ).toHaveLength(120)
    expect(lab.calls()).toHaveLength(4)
  })

  it('streams a large file, and tells how far it is', async () => {
    const release = await draft()
    const file = lab.file('large.bin', '')
    const size = 64 * 1024 * 1024
    truncateSync(file.path, size)
    const large = { ...file, size, digest: sha256(Buffer.alloc(size)) }
    const told: UploadProgress[] = []
    expect(await upload(release, [large], { onProgress: each => told.push(each) })).toMatchObject([
      { size, digest: large.digest, action: 'uploaded' },
    ])
    expect(told.at(-1)).toEqual({
      name: 'large.bin',
      sent: size,
      size,
      totalSent: size,
      totalSize: size,
      action: 'uploaded',
    })
  })

  it('refuses a file that has changed since it was measured', async () => {
    const release = await draft()
    const file = lab.file('a.whl', 'wheel')
    writeFileSync(file.path, 'whe')
    expect(await problem(upload(release, [file]))).toBe(
      `RELEASE_FILE_UNREADABLE: ${file.path} could not be read while it was uploaded: 3 in place of the 5 bytes that it had; it must not change during a release`,
    )
  })

  it('refuses what GitHub does not take', async () => {
    const release = await draft()
    expect(await problem(upload(release, [lab.file('empty.txt', '')]))).toBe(
      `RELEASE_REFUSED: 422 from POST /releases/${release.id}/assets?name=empty.txt for v1.2.3: Validation Failed: size must be greater than or equal to 1; correct what it names, and run this job again`,
    )
  })
})
