import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { gitIn, READ_ONLY } from '@tokenledger/testkit'
import { repo } from './github-lab.ts'
import { invalid, type ReleaseLab, releaseLab, sha256 } from './release-lab.ts'

let github: ReleaseLab['github']
let repos: ReleaseLab['repos']
let bare: ReleaseLab['bare']
let main: string
let draft: ReleaseLab['draft']
let publish: ReleaseLab['publish']
let upload: ReleaseLab['upload']
beforeEach(async () => {
  ;({ github, repos, bare, main, draft, publish, upload } = await releaseLab())
})
afterEach(() => github.close())

const byTag = (tag: string) => repos.getReleaseByTag({ ...repo, tag })
const listed = async () => (await repos.listReleases(repo)).data.map(({ id }) => id)

describe('a release', () => {
  it('is drafted, gets its assets and is published', async () => {
    const created = await draft()
    expect(created).toMatchObject({ tag_name: 'v2', draft: true, assets: [], published_at: null })
    expect(created.html_url).toMatch(/\/releases\/tag\/untagged-[0-9a-f]{20}$/)
    expect(created.upload_url).toBe(
      `${github.url}/uploads/repos/acme/consumer/releases/${created.id}/assets{?name,label}`,
    )
    const uploaded = await upload(created, 'a.whl', 'wheel')
    expect(uploaded.data).toMatchObject({
      name: 'a.whl',
      size: 5,
      state: 'uploaded',
      digest: sha256('wheel'),
    })
    const assets = await repos.listReleaseAssets({ ...repo, release_id: created.id })
    expect(assets.data).toEqual([uploaded.data])
    await expect(byTag('v2')).rejects.toMatchObject({ status: 404 })
    expect(bare('tag', '--list')).toBe('v1')

    await publish(created)
    const { data } = await byTag('v2')
    expect(data).toMatchObject({ id: created.id, name: 'Two', body: 'notes', draft: false, immutable: false })
    expect(data.html_url).toBe('https://github.com/acme/consumer/releases/tag/v2')
    expect(bare('rev-parse', 'v2')).toBe(main)
    expect(github.releases).toMatchObject([
      {
        tag: 'v2',
        draft: false,
        assets: [{ name: 'a.whl', size: 5, state: 'uploaded', digest: sha256('wheel') }],
      },
    ])
    expect(github.violations).toEqual([])
  })

  it('has the date of its commit and not of its publication', async () => {
    const text = bare('cat-file', 'commit', 'main').replace(/ \d{10} \+\d{4}$/gm, ' 1700000000 +0000')
    const git = gitIn(bare('rev-parse', '--absolute-git-dir'), `${text}\n`)
    const created = await draft({ target_commitish: git('hash-object', '-t', 'commit', '-w', '--stdin') })
    const { data } = await publish(created)
    expect(data.created_at).toBe('2023-11-14T22:13:20Z')
    expect(Date.parse(data.published_at ?? '')).toBeGreaterThan(Date.parse(data.created_at))
  })

  it('is gone after its deletion, its tag is not', async () => {
    const { id } = github.addRelease({ tag: 'v1' })
    await repos.deleteRelease({ ...repo, release_id: id })
    await expect(byTag('v1')).rejects.toMatchObject({ status: 404 })
    expect([github.releases, bare('tag', '--list'), github.violations]).toEqual([[], 'v1', []])
  })

  it('cannot have a text over 125,000 characters', async () => {
    const body = '€'.repeat(125_000)
    const tooLong = invalid('body', 'body is too long (maximum is 125000 characters)')
    await expect(draft({ body: `${body}!` })).rejects.toMatchObject(tooLong)
    const created = await draft({ body })
    await expect(publish(created, { body: `${body}!` })).rejects.toMatchObject(tooLong)
    expect(github.releases).toMatchObject([{ draft: true, body }])
    expect(github.violations).toEqual([])
  })
})

describe('a draft', () => {
  it('loses its tag when an update does not name it', async () => {
    const { id } = await draft()
    const { data } = await repos.updateRelease({ ...repo, release_id: id, body: 'better' })
    expect(data.tag_name).toMatch(/^untagged-[0-9a-f]{20}$/)
    expect(github.releases).toMatchObject([{ tag: data.tag_name, body: 'better', name: 'Two', draft: true }])
  })

  it('may have brothers of the same tag, as long as none of them is published', async () => {
    const [first, second] = [await draft(), await draft()]
    expect(await listed()).toEqual([second.id, first.id])
    await publish(first)
    const used = invalid('tag_name', { code: 'already_exists' })
    await expect(publish(second)).rejects.toMatchObject(used)
    await expect(draft()).rejects.toMatchObject(used)
    await publish(first)
    expect(github.releases).toMatchObject([{ draft: false }, { draft: true }])
    expect(github.violations).toEqual([])
  })

  it('is seen only by those who may write', async () => {
    const hidden = github.addRelease({ tag: 'v2', draft: true, assets: [{ name: 'a', content: 'a' }] })
    const { id } = github.addRelease({ tag: 'v1' })
    expect(await listed()).toEqual([id, hidden.id])
    github.settings.permissions = READ_ONLY
    expect(await listed()).toEqual([id])
    const at = { ...repo, release_id: hidden.id }
    const asset_id = hidden.assets[0]?.id ?? 0
    const reads = [
      repos.getRelease(at),
      repos.listReleaseAssets(at),
      repos.getReleaseAsset({ ...repo, asset_id }),
    ]
    for (const read of reads) await expect(read).rejects.toMatchObject({ status: 404 })
    expect(github.violations).toEqual([])
  })

  it('is published at the commit it was made for', async () => {
    const created = await draft({ target_commitish: 'v1' })
    await publish(created)
    expect(bare('rev-parse', 'v2')).toBe(bare('rev-parse', 'v1'))
    const nowhere = await draft({ tag_name: 'v3', target_commitish: 'nowhere' })
    await expect(publish(nowhere)).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('"field":"target_commitish"'),
    })
    expect(bare('tag', '--list').split('\n')).toEqual(['v1', 'v2'])
  })

  it('is not published with a tag that nobody may make', async () => {
    github.settings.restrictedTags = ['v*']
    const created = await draft()
    await expect(publish(created)).rejects.toThrow('Cannot create ref due to creations being restricted.')
    expect(github.releases).toMatchObject([{ draft: true }])
    await expect(publish({ ...created, tag_name: 'no..good' })).rejects.toThrow('tag_name is not well-formed')
    expect(github.violations).toEqual([])
  })
})

describe('releases', () => {
  it('come page by page, newest first', async () => {
    for (let n = 1; n <= 35; n++) github.addRelease({ tag: `v2.${n}`, draft: true })
    const first = await repos.listReleases(repo)
    const second = await repos.listReleases({ ...repo, page: 2 })
    const tags = [...first.data, ...second.data].map(release => release.tag_name)
    expect([first.data.length, tags[0], tags[34]]).toEqual([30, 'v2.35', 'v2.1'])
    expect(first.headers.link).toContain('page=2>; rel="next"')
  })

  it('are not made by a token that may only read', async () => {
    const { id } = github.addRelease({ tag: 'v1' })
    github.settings.permissions = { contents: 'read', 'pull-requests': 'write' }
    const writes = [
      draft(),
      repos.updateRelease({ ...repo, release_id: id, body: 'x' }),
      repos.deleteRelease({ ...repo, release_id: id }),
      upload({ id, upload_url: `${github.url}/uploads/repos/acme/consumer/releases/${id}/assets` }, 'a'),
      repos.generateReleaseNotes({ ...repo, tag_name: 'v1' }),
    ]
    for (const write of writes) {
      await expect(write).rejects.toMatchObject({
        status: 403,
        message: expect.stringContaining('Resource not accessible by integration'),
      })
    }
    expect(github.releases).toMatchObject([{ tag: 'v1', body: null, assets: [] }])
    expect(github.violations).toEqual([])
  })

  it.each([403, 404] as const)('of a commit that changes workflows are answered with %i', async status => {
    const created = await draft()
    github.settings.targetChangesWorkflows = status
    await expect(draft()).rejects.toMatchObject({ status })
    await expect(publish(created)).rejects.toMatchObject({ status })
    expect(github.releases).toMatchObject([{ draft: true }])
    expect(github.violations).toEqual([])
  })
})
