import { request } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS } from '@tokenledger/testkit'
import { repo } from './github-lab.ts'
import { invalid, type ReleaseLab, releaseLab, sha256 } from './release-lab.ts'

const UPLOAD = 'POST /repos/{owner}/{repo}/releases/{release_id}/assets'
const STARTER = { name: 'a', state: 'starter', size: 0, digest: undefined }
const UPLOADED = { name: 'a', state: 'uploaded', size: 5, digest: sha256('wheel') }

let github: ReleaseLab['github']
let repos: ReleaseLab['repos']
let draft: ReleaseLab['draft']
let publish: ReleaseLab['publish']
let upload: ReleaseLab['upload']
beforeEach(async () => {
  ;({ github, repos, draft, publish, upload } = await releaseLab())
})
afterEach(() => github.close())

const assets = () => github.releases[0]?.assets

describe('an upload', () => {
  it.each([
    ['before', 'badGateway', []],
    ['before', 'reset', []],
    ['before', 'tooMany', []],
    ['before', 'secondaryLimit', []],
    ['before', 'starterLeft', [STARTER]],
    ['before', 'resetInUpload', []],
    ['before', 'resetLeavingStarter', [STARTER]],
    ['after', 'badGateway', [UPLOADED]],
    ['after', 'reset', [UPLOADED]],
  ] as const)('breaks %s its effect by %s', async (phase, name, left) => {
    const release = await draft()
    const broken = BREAKS[name]
    github.breakAt({ operation: UPLOAD, phase, with: broken })
    const status = 'status' in broken ? broken.status : 500
    await expect(upload(release, 'a', 'wheel')).rejects.toMatchObject({ status })
    expect(assets()).toMatchObject(left)
    expect(assets()).toHaveLength(left.length)
    if (left.length > 0) {
      const taken = invalid('name', { code: 'already_exists' })
      await expect(upload(release, 'a', 'wheel')).rejects.toMatchObject(taken)
      await repos.deleteReleaseAsset({ ...repo, asset_id: assets()?.[0]?.id ?? 0 })
    }
    await upload(release, 'a', 'wheel')
    expect(assets()).toMatchObject([UPLOADED])
    expect(github.violations).toEqual([])
  })

  it('breaks in the middle of a large body', async () => {
    const release = await draft()
    const large = 'x'.repeat(3_000_000)
    github.breakAt({ operation: UPLOAD, phase: 'before', with: { reset: true, afterBytes: 1_000_000 } })
    await expect(upload(release, 'a', large)).rejects.toMatchObject({ status: 500 })
    expect(assets()).toEqual([])
    await upload(release, 'a', large)
    expect(assets()).toMatchObject([{ size: 3_000_000, digest: sha256(large) }])
  })

  it('says how long to wait', async () => {
    github.breakAt({ operation: UPLOAD, phase: 'before', with: BREAKS.secondaryLimit })
    await expect(upload(await draft(), 'a')).rejects.toMatchObject({
      status: 403,
      response: { headers: { 'retry-after': '1' } },
    })
  })

  it('is a starter while its bytes arrive, and stays one when the client goes away', async () => {
    const { id } = await draft()
    const url = `${github.url}/uploads/repos/acme/consumer/releases/${id}/assets?name=a`
    const headers = {
      authorization: 'Bearer runner-token',
      'content-type': 'application/zip',
      'content-length': 10,
    }
    const client = request(url, { method: 'POST', headers })
    client.on('error', () => undefined)
    client.write('wheel')
    const list = async () => (await repos.listReleaseAssets({ ...repo, release_id: id })).data
    let listed = await list()
    while (listed.length === 0) listed = await list()
    expect(listed).toMatchObject([{ name: 'a', state: 'starter', size: 0, digest: null }])
    client.destroy()
    const given = () => github.requests.find(({ path }) => path.startsWith('/uploads/'))?.status
    while (given() === undefined) await setImmediate()
    expect(await list()).toMatchObject([{ name: 'a', state: 'starter', size: 0 }])
    const asset_id = listed[0]?.id ?? 0
    const bytes = repos.getReleaseAsset({
      ...repo,
      asset_id,
      headers: { accept: 'application/octet-stream' },
    })
    await expect(bytes).rejects.toMatchObject({ status: 404 })
    expect(github.violations).toEqual([])
  })

  it('leaves no starter where GitHub would not have begun', async () => {
    const { id } = github.addRelease({ tag: 'v1', immutable: true })
    const { data } = await repos.getRelease({ ...repo, release_id: id })
    github.breakAt({ operation: UPLOAD, phase: 'before', with: BREAKS.starterLeft })
    await expect(upload(data, 'a')).rejects.toMatchObject({ status: 502 })
    expect(assets()).toEqual([])
  })
})

describe('a lost answer', () => {
  it('hides a release that was made, and one that was published', async () => {
    github.breakAt({ operation: 'POST /repos/{owner}/{repo}/releases', phase: 'after', with: BREAKS.reset })
    await expect(draft()).rejects.toThrow()
    const [made] = (await repos.listReleases(repo)).data
    expect(made).toMatchObject({ tag_name: 'v2', draft: true })
    github.breakAt({ operation: 'PATCH', phase: 'after', with: BREAKS.badGateway })
    await expect(publish({ id: made?.id ?? 0, tag_name: 'v2' })).rejects.toMatchObject({ status: 502 })
    expect((await repos.getReleaseByTag({ ...repo, tag: 'v2' })).data.id).toBe(made?.id)
  })
})

describe('the way to GitHub', () => {
  it('can be long', async () => {
    const answered: string[] = []
    github.settings.latencyMs = 1000
    const slow = repos.listReleases(repo).then(() => answered.push('slow'))
    while (github.requests.length === 0) await setImmediate()
    github.settings.latencyMs = 0
    await repos.listReleases(repo).then(() => answered.push('fast'))
    await slow
    expect(answered).toEqual(['fast', 'slow'])
  })
})

describe('seeded releases', () => {
  it('are drafts with what an earlier run left, and public ones with their tags', async () => {
    github.addRelease({ tag: 'v1', name: 'One', assets: [{ name: 'a', content: 'wheel' }] })
    github.addRelease({
      tag: 'v2',
      draft: true,
      body: '<!-- marker -->',
      assets: [{ name: 'a', state: 'starter' }],
    })
    github.addRelease({ tag: 'v2', draft: true })
    const { data } = await repos.listReleases(repo)
    expect(data).toMatchObject([
      { tag_name: 'v2', draft: true, assets: [] },
      {
        tag_name: 'v2',
        draft: true,
        body: '<!-- marker -->',
        assets: [{ state: 'starter', size: 0, digest: null }],
      },
      {
        tag_name: 'v1',
        draft: false,
        name: 'One',
        assets: [{ state: 'uploaded', size: 5, digest: sha256('wheel') }],
      },
    ])
    expect(github.violations).toEqual([])
  })
})
