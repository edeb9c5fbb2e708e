import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS } from '@tokenledger/testkit'
import {
  ensureDraft,
  githubClient,
  type LocalFile,
  type Release,
  uploadAssets,
  verifyAssets,
} from '../../src/index.ts'
import { problem, type ReleaseLab, releaseLab, repository, sha256, WISH } from './release-lab.ts'

let lab: ReleaseLab
let release: Release
let files: readonly LocalFile[]
beforeEach(async () => {
  lab = await releaseLab()
  release = (await ensureDraft(lab.client, WISH)).release
  files = [lab.file('a.whl', 'wheel'), lab.file('SHA256SUMS', 'sums')]
  lab.calls()
})
afterEach(() => lab.close())

const UPLOAD = 'POST /repos/{owner}/{repo}/releases/{release_id}/assets'
const DELETE = 'DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}'

const upload = (client = lab.client, onConflict: 'replace' | 'fail' = 'replace') =>
  uploadAssets(client, { repository, release, files, onConflict, concurrency: 1 })

async function isWhole() {
  const assets = await verifyAssets(lab.client, { repository, releaseId: release.id, expected: files })
  expect(assets.map(({ state, digest }) => [state, digest])).toEqual([
    ['uploaded', sha256('wheel')],
    ['uploaded', sha256('sums')],
  ])
}

/** A storage that has other bytes than were sent, and says so. */
function brokenStore() {
  const store = {
    times: 0,
    hook: ({ phase, operation }: { phase: string; operation: string }) => {
      const asset = lab.github.releases[0]?.assets.at(-1)
      if (phase !== 'after' || operation !== UPLOAD || !asset) return undefined
      store.times--
      asset.digest = sha256('other')
      const { id, name, size, state, digest } = asset
      return { status: 201, body: { id, name, size, state, digest, browser_download_url: '' } }
    },
  }
  return store
}

describe('an upload that GitHub answers', () => {
  it.each([
    ['502 before storing it', 'before', BREAKS.badGateway, 3],
    ['502 and keeps a starter of it', 'before', BREAKS.starterLeft, 3],
    ['502 after storing it', 'after', BREAKS.badGateway, 2],
    ['with a reset before it was sent', 'before', BREAKS.reset, 3],
    ['with a reset in the middle', 'before', BREAKS.resetInUpload, 3],
    ['with a reset in the middle, and keeps a starter of it', 'before', BREAKS.resetLeavingStarter, 3],
    ['with a reset after storing it', 'after', BREAKS.reset, 2],
  ] as const)('%s, ends with the right bytes', async (_, phase, broken, sent) => {
    lab.github.breakAt({ operation: UPLOAD, phase, with: broken })
    expect(await upload(lab.client, 'fail')).toMatchObject([{ action: 'uploaded' }, { action: 'uploaded' }])
    expect(lab.calls().filter(call => call.startsWith('POST'))).toHaveLength(sent)
    await isWhole()
  })

  it('429 waits for as long as it says', async () => {
    const tooMany = { ...BREAKS.tooMany, retryAfter: 0 }
    lab.github.breakAt({ operation: UPLOAD, phase: 'before', with: tooMany, times: 2 })
    await upload()
    expect(lab.calls().slice(1)).toHaveLength(4)
    await isWhole()
  })

  it('429 for longer than there is time fails at once', async () => {
    const apiUrl = lab.github.url
    const hasty = githubClient({ token: 't', apiUrl, waits: [1], waitBudgetMs: 500, errorPrefix: 'RELEASE' })
    lab.github.breakAt({ operation: UPLOAD, phase: 'before', with: BREAKS.tooMany, times: 9 })
    expect(await problem(upload(hasty))).toMatch(
      /^RELEASE_NO_ANSWER: POST .* \(429 Too many requests\); run this job again/,
    )
    expect(lab.calls()).toHaveLength(2)
  })

  it('never is tried five times', async () => {
    lab.github.breakAt({ operation: UPLOAD, phase: 'before', with: BREAKS.starterLeft, times: 99 })
    expect(await problem(upload())).toMatch(
      /^RELEASE_NO_ANSWER: POST \/releases\/1\/assets\?name=a.whl got no answer from GitHub \(502 .*\); run this job again/,
    )
    expect(lab.calls().filter(call => call.startsWith('POST'))).toHaveLength(5)
  })

  it('after the fifth try is still seen to be there', async () => {
    lab.github.breakAt({ operation: UPLOAD, phase: 'before', with: BREAKS.starterLeft, times: 4 })
    lab.github.breakAt({ operation: UPLOAD, phase: 'after', with: BREAKS.reset })
    await upload()
    await isWhole()
  })

  it.each(['replace', 'fail'] as const)(
    '201 with other bytes is sent again (on-conflict %s)',
    async onConflict => {
      const broken = brokenStore()
      lab.github.onRequest(call => (broken.times > 0 ? broken.hook(call) : undefined))
      broken.times = 4
      expect(await upload(lab.client, onConflict)).toMatchObject([
        { action: 'uploaded' },
        { action: 'uploaded' },
      ])
      await isWhole()
    },
  )

  it('201 with other bytes, five times, is an error', async () => {
    lab.github.onRequest(brokenStore().hook)
    expect(await problem(upload(lab.client, 'fail'))).toBe(
      `RELEASE_DIGEST_MISMATCH: GitHub holds ${sha256('other')} for a.whl, the file is ${sha256('wheel')} after 5 tries`,
    )
    expect(lab.calls().filter(call => call.startsWith('POST'))).toHaveLength(5)
  })

  it('403 needs the permission', async () => {
    lab.github.breakAt({ operation: UPLOAD, phase: 'before', with: BREAKS.forbidden })
    expect(await problem(upload())).toBe(
      'RELEASE_FORBIDDEN: 403 from POST /releases/1/assets?name=a.whl: needs "contents: write"',
    )
  })

  it('404 though its draft is there needs the permission', async () => {
    lab.github.breakAt({ operation: UPLOAD, phase: 'before', with: { status: 404 }, times: 9 })
    expect(await problem(upload())).toMatch(/^RELEASE_FORBIDDEN: 404 from POST/)
  })

  it('404 since its draft has vanished says to run again', async () => {
    lab.github.onRequest(({ phase, operation }) => {
      if (phase === 'before' && operation === UPLOAD) lab.github.releases.length = 0
      return undefined
    })
    expect(await problem(upload())).toBe(
      'RELEASE_GONE: release 1 was deleted while this run worked on it; run this job again, it makes a new draft',
    )
  })

  it('422 since another run was faster, is looked up', async () => {
    lab.github.onRequest(({ phase, operation }) => {
      const assets = lab.github.releases[0]?.assets
      if (phase !== 'before' || operation !== UPLOAD || assets?.length) return undefined
      assets?.push(
        ...lab.github.addRelease({ tag: 'v0', assets: [{ name: 'a.whl', content: 'wheel' }] }).assets,
      )
      return undefined
    })
    await upload(lab.client, 'fail')
    await isWhole()
  })

  it('422 for a name that is in no list, is an error in the end', async () => {
    const errors = [{ resource: 'ReleaseAsset', code: 'already_exists', field: 'name' }]
    const taken = { status: 422, body: { message: 'Validation Failed', errors } }
    lab.github.breakAt({ operation: UPLOAD, phase: 'before', with: taken, times: 9 })
    expect(await problem(upload())).toMatch(
      /^RELEASE_REFUSED: 422 from POST .*name=a.whl for v1.2.3: Validation Failed/,
    )
  })
})

describe('a release that another run has published meanwhile', () => {
  const publish = () => Object.assign(lab.github.releases[0] ?? {}, { draft: false, immutable: true })

  it('takes no more files', async () => {
    lab.github.onRequest(({ phase, operation }) => {
      if (phase === 'before' && operation === UPLOAD) publish()
      return undefined
    })
    expect(await problem(upload())).toBe(
      'RELEASE_PUBLISHED_DIFFERS: published v1.2.3 has no a.whl, this run has it; a published release is never changed',
    )
  })

  it('keeps its files, also where it could be changed', async () => {
    const other = lab.github.addRelease({ tag: 'v0', assets: [{ name: 'a.whl', content: 'other' }] })
    lab.github.releases[0]?.assets.push(...other.assets)
    lab.github.onRequest(({ phase, operation }) => {
      if (phase === 'before' && operation.endsWith('/releases/{release_id}/assets')) {
        Object.assign(lab.github.releases[0] ?? {}, { draft: false })
      }
      return undefined
    })
    expect(await problem(upload())).toBe(
      `RELEASE_PUBLISHED_DIFFERS: published v1.2.3 has a.whl ${sha256('other')}, this run has ${sha256('wheel')}; a published release is never changed`,
    )
    expect(lab.calls().filter(call => call.startsWith('DELETE'))).toEqual([])
  })

  it('may hold all files by then', async () => {
    const { assets } = lab.github.addRelease({ tag: 'v0', assets: [{ name: 'a.whl', state: 'starter' }] })
    lab.github.releases[0]?.assets.push(...assets)
    files = files.slice(0, 1)
    lab.github.onRequest(({ phase, operation }) => {
      if (phase !== 'before' || operation !== 'GET /repos/{owner}/{repo}/releases/{release_id}')
        return undefined
      const whole = lab.github.addRelease({
        tag: 'v00',
        assets: [{ name: 'a.whl', content: 'wheel' }],
      }).assets
      Object.assign(lab.github.releases[0] ?? {}, { draft: false, assets: whole })
      return undefined
    })
    expect(await upload()).toMatchObject([{ name: 'a.whl', action: 'skipped' }])
  })

  it('keeps them where it is published just before one is deleted', async () => {
    const other = lab.github.addRelease({ tag: 'v0', assets: [{ name: 'a.whl', content: 'other' }] })
    lab.github.releases[0]?.assets.push(...other.assets)
    lab.github.onRequest(({ phase, operation }) => {
      if (phase === 'before' && operation === DELETE) publish()
      return undefined
    })
    expect(await problem(upload())).toMatch(/^RELEASE_PUBLISHED_DIFFERS: published v1.2.3 has a.whl/)
  })
})

describe('an asset that has to go', () => {
  beforeEach(() => {
    const { assets } = lab.github.addRelease({ tag: 'v0', assets: [{ name: 'a.whl', state: 'starter' }] })
    lab.github.releases[0]?.assets.push(...assets.splice(0))
  })

  it.each([
    ['502 before', 'before', BREAKS.badGateway],
    ['502 after', 'after', BREAKS.badGateway],
    ['a reset after', 'after', BREAKS.reset],
  ] as const)('goes in spite of %s', async (_, phase, broken) => {
    lab.github.breakAt({ operation: DELETE, phase, with: broken })
    expect(await upload()).toMatchObject([{ action: 'replaced' }, { action: 'uploaded' }])
    await isWhole()
  })
})
