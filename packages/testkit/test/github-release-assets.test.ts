import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { repo } from './github-lab.ts'
import { invalid, type ReleaseLab, releaseLab, sha256 } from './release-lab.ts'

let github: ReleaseLab['github']
let repos: ReleaseLab['repos']
let draft: ReleaseLab['draft']
let upload: ReleaseLab['upload']
beforeEach(async () => {
  ;({ github, repos, draft, upload } = await releaseLab())
})
afterEach(() => github.close())

const authorization = 'Bearer runner-token'
const send = (url: string, init: RequestInit & { duplex?: 'half' }) =>
  fetch(url.replace('{?name,label}', '?name=big'), { method: 'POST', ...init })

describe('an asset', () => {
  it('has the name that GitHub gives it', async () => {
    const release = await draft()
    const names = {
      'tokenledger-1.0-py3-none-any.whl': 'tokenledger-1.0-py3-none-any.whl',
      'my file (1).zip': 'my.file.1.zip',
      'a-1~b:2.deb': 'a-1.b.2.deb',
      'a+b_c.tgz': 'a+b_c.tgz',
      'ünï.txt': 'default.n.txt',
      '.env': 'default.env',
      'end.': 'end',
    }
    for (const name of Object.keys(names)) await upload(release, name)
    expect(github.releases[0]?.assets.map(({ name }) => name)).toEqual(Object.values(names))
    expect(github.violations).toEqual([])
  })

  it('is refused when its name is taken, also by another one that is renamed to it', async () => {
    const release = await draft()
    await upload(release, 'a b.txt', 'one')
    for (const name of ['a b.txt', 'a.b.txt']) {
      await expect(upload(release, name, 'two')).rejects.toMatchObject(
        invalid('name', { resource: 'ReleaseAsset', code: 'already_exists' }),
      )
    }
    const { id } = github.releases[0]?.assets[0] ?? { id: 0 }
    await repos.deleteReleaseAsset({ ...repo, asset_id: id })
    await upload(release, 'a.b.txt', 'two')
    expect(github.releases[0]?.assets).toMatchObject([{ name: 'a.b.txt', digest: sha256('two') }])
    expect(github.violations).toEqual([])
  })

  it('is not empty, and says its length and its type', async () => {
    const { upload_url: url } = await draft()
    const headers = { authorization, 'content-type': 'application/zip' }
    const stream = new Blob(['abc']).stream()
    const answers = [
      await send(url, { headers, body: '' }),
      await send(url, { headers, body: stream, duplex: 'half' }),
      await send(url, { headers: { authorization }, body: Buffer.from('abc') }),
      await fetch(url.replace('{?name,label}', ''), { method: 'POST', headers, body: 'abc' }),
    ]
    const said = await Promise.all(answers.map(async answer => [answer.status, await answer.json()]))
    expect(said).toMatchObject([
      [422, { errors: [{ field: 'size', message: 'size must be greater than or equal to 1' }] }],
      [400, { message: 'Bad Content-Length: ' }],
      [422, { errors: [{ field: 'content_type' }] }],
      [422, { errors: [{ field: 'name' }] }],
    ])
    expect([github.releases[0]?.assets, github.violations]).toEqual([[], []])
  })

  it('has no digest where the server knows none', async () => {
    github.settings.digests = false
    const { data } = await upload(await draft(), 'a')
    expect(data).toMatchObject({ digest: null, size: 1 })
    expect(github.releases[0]?.assets[0]?.digest).toBe(sha256('a'))
    expect(github.violations).toEqual([])
  })

  it('is uploaded nowhere else than at its address', async () => {
    const { id } = await draft()
    const url = `${github.url}/repos/acme/consumer/releases/${id}/assets?name=a`
    const answer = await send(url, { headers: { authorization }, body: 'a' })
    expect([answer.status, github.releases[0]?.assets]).toEqual([404, []])
    expect(github.violations).toHaveLength(1)
  })
})

describe('the assets of a release', () => {
  it('come page by page', async () => {
    const assets = Array.from({ length: 35 }, (_, n) => ({ name: `a${n}`, content: `${n}` }))
    const { id } = github.addRelease({ tag: 'v2', draft: true, assets })
    const at = { ...repo, release_id: id }
    const pages = [await repos.listReleaseAssets(at), await repos.listReleaseAssets({ ...at, page: 2 })]
    expect(pages.map(({ data }) => data.length)).toEqual([30, 5])
    expect(pages.flatMap(({ data }) => data.map(({ digest }) => digest))).toEqual(
      assets.map(({ content }) => sha256(content)),
    )
    expect(github.violations).toEqual([])
  })

  it('are 1000 at the most', async () => {
    const assets = Array.from({ length: 1000 }, (_, n) => ({ name: `a${n}`, content: 'x' }))
    const { id } = github.addRelease({ tag: 'v2', draft: true, assets })
    const { data } = await repos.getRelease({ ...repo, release_id: id })
    await expect(upload(data, 'one-more')).rejects.toMatchObject(
      invalid('file_count', 'file_count limited to 1000 assets per release'),
    )
    expect(github.violations).toEqual([])
  })
})

describe('a download', () => {
  const bytesOf = { accept: 'application/octet-stream', authorization }

  it('leads to a storage that wants no token', async () => {
    const [asset] = github.addRelease({ tag: 'v1', assets: [{ name: 'SHA256SUMS', content: 'abc' }] }).assets
    const url = `${github.url}/repos/acme/consumer/releases/assets/${asset?.id}`
    const answer = await fetch(url, { headers: bytesOf, redirect: 'manual' })
    const location = answer.headers.get('location') ?? ''
    expect(answer.status).toBe(302)
    expect(new URL(location).origin).not.toBe(github.url)
    expect(await (await fetch(url, { headers: bytesOf })).text()).toBe('abc')
    expect((await fetch(location, { headers: { authorization } })).status).toBe(400)
    expect((await fetch(location.replace(/sig=.*/, 'sig=guessed'))).status).toBe(403)
    const { data } = await repos.getReleaseAsset({ ...repo, asset_id: asset?.id ?? 0 })
    expect(data).toMatchObject({ name: 'SHA256SUMS', size: 3 })
    expect(github.violations).toEqual([])
  })

  it('gives back a large asset that came as a stream and is kept in a file, until the end', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'release ')
    const hash = createHash('sha256')
    for (let n = 0; n < 9; n++) hash.update(megabyte)
    const digest = `sha256:${hash.digest('hex')}`
    const { upload_url: url } = await draft()
    const body = new Blob(Array.from({ length: 9 }, () => megabyte))
    const answer = await send(url, { headers: { authorization, 'content-type': 'application/zip' }, body })
    expect(await answer.json()).toMatchObject({ size: body.size, digest, state: 'uploaded' })
    const [asset] = github.releases[0]?.assets ?? []
    const file = asset?.content && 'file' in asset.content ? asset.content.file : 'none'
    expect(existsSync(file)).toBe(true)
    const download = await fetch(`${github.url}/repos/acme/consumer/releases/assets/${asset?.id}`, {
      headers: bytesOf,
    })
    expect(sha256(Buffer.from(await download.arrayBuffer()))).toBe(digest)
    await github.close()
    expect(existsSync(file)).toBe(false)
    expect(github.violations).toEqual([])
  })
})
