import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { repo } from './github-lab.ts'
import { invalid, type ReleaseLab, releaseLab } from './release-lab.ts'

let github: ReleaseLab['github']
let octokit: ReleaseLab['octokit']
let repos: ReleaseLab['repos']
let bare: ReleaseLab['bare']
let main: string
let draft: ReleaseLab['draft']
let publish: ReleaseLab['publish']
let upload: ReleaseLab['upload']
let work: ReleaseLab['work']
beforeEach(async () => {
  ;({ github, octokit, repos, bare, main, draft, publish, upload, work } = await releaseLab())
})
afterEach(() => github.close())

const latest = async () => (await repos.getLatestRelease(repo)).data.tag_name

describe('an immutable release', () => {
  beforeEach(() => {
    github.settings.immutableReleases = true
  })

  it('takes assets until it is published and none later', async () => {
    const created = await draft()
    const { data: asset } = await upload(created, 'a')
    const { data } = await publish(created)
    expect(data.immutable).toBe(true)
    await expect(upload(created, 'b')).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('Cannot upload assets to an immutable release.'),
    })
    await expect(repos.deleteReleaseAsset({ ...repo, asset_id: asset.id })).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('Cannot delete asset from an immutable release'),
    })
    expect(github.releases).toMatchObject([{ immutable: true, assets: [{ name: 'a' }] }])
    expect(github.violations).toEqual([])
  })

  it('keeps its tag and its state, yet its title and text can be edited', async () => {
    const created = await draft()
    await publish(created)
    const at = { ...repo, release_id: created.id }
    await repos.updateRelease({ ...at, name: 'Second', body: 'better' })
    const again = repos.updateRelease({ ...at, draft: true })
    await expect(again).rejects.toMatchObject(
      invalid('state', 'state cannot be changed when release is immutable'),
    )
    await expect(repos.updateRelease({ ...at, tag_name: 'v3' })).rejects.toMatchObject({ status: 422 })
    const move = octokit.git.updateRef({ ...repo, ref: 'tags/v2', sha: work('later') })
    await expect(move).rejects.toThrow('Cannot update this protected ref.')
    await expect(octokit.git.deleteRef({ ...repo, ref: 'tags/v2' })).rejects.toThrow('Cannot delete this tag')
    expect(github.releases).toMatchObject([{ tag: 'v2', name: 'Second', body: 'better', draft: false }])
    expect(bare('rev-parse', 'v2')).toBe(main)
    expect(github.violations).toEqual([])
  })

  it('burns its tag for ever: a draft can have it, nothing public can', async () => {
    const { id } = github.addRelease({ tag: 'v1', immutable: true })
    await repos.deleteRelease({ ...repo, release_id: id })
    github.settings.immutableReleases = false
    const created = await draft({ tag_name: 'v1' })
    const burned = { message: expect.stringContaining('tag_name was used by an immutable release') }
    await expect(publish(created)).rejects.toMatchObject({ status: 422, ...burned })
    await expect(draft({ tag_name: 'v1', draft: false })).rejects.toMatchObject({ status: 422, ...burned })
    await octokit.git.deleteRef({ ...repo, ref: 'tags/v1' })
    const tag = octokit.git.createRef({ ...repo, ref: 'refs/tags/v1', sha: main })
    await expect(tag).rejects.toThrow('Cannot create ref due to creations being restricted.')
    await expect(publish(created)).rejects.toMatchObject(burned)
    expect([bare('tag', '--list'), github.releases.map(release => release.draft)]).toEqual(['', [true]])
    expect(github.violations).toEqual([])
  })

  it('is only what is published while the setting is on', async () => {
    github.settings.immutableReleases = false
    const created = await draft()
    await publish(created)
    github.settings.immutableReleases = true
    expect((await upload(created, 'a')).status).toBe(201)
  })
})

describe('the latest release', () => {
  it('is the last one that was published, unless it says otherwise', async () => {
    await expect(latest()).rejects.toMatchObject({ status: 404 })
    await publish(await draft())
    expect(await latest()).toBe('v2')
    await publish(await draft({ tag_name: 'v1.9' }), { make_latest: 'false' })
    expect(await latest()).toBe('v2')
    await publish(await draft({ tag_name: 'v1.8' }), { make_latest: 'true' })
    expect(await latest()).toBe('v1.8')
    await publish(await draft({ tag_name: 'v1.7' }), { make_latest: 'legacy' })
    expect(await latest()).toBe('v2')
    expect(github.releases.map(release => release.latest)).toEqual([true, false, false, false])
    expect(github.violations).toEqual([])
  })

  it('is by its commit before its version, where GitHub chooses', async () => {
    github.addRelease({ tag: 'v1', createdAt: '2026-01-02T00:00:00Z', latest: false })
    github.addRelease({ tag: 'v9', createdAt: '2026-01-01T00:00:00Z', latest: false })
    github.addRelease({ tag: 'v1.10', createdAt: '2026-01-02T00:00:00Z', latest: false })
    github.addRelease({ tag: 'v1.9', createdAt: '2026-01-02T00:00:00Z', latest: false })
    expect(await latest()).toBe('v1.10')
  })

  it('is no prerelease and no draft', async () => {
    github.addRelease({ tag: 'v1' })
    const created = await draft({ prerelease: true })
    const refusal = 'Latest release cannot be draft or prerelease.'
    await expect(publish(created, { make_latest: 'true' })).rejects.toThrow(refusal)
    const stays = repos.updateRelease({
      ...repo,
      release_id: created.id,
      tag_name: 'v2',
      make_latest: 'true',
    })
    await expect(stays).rejects.toThrow(refusal)
    expect(bare('tag', '--list')).toBe('v1')
    await publish(created)
    expect(await latest()).toBe('v1')
    expect(github.violations).toEqual([])
  })
})

describe('a discussion', () => {
  it('is opened by the update that publishes, in a category that is there', async () => {
    const wish = { discussion_category_name: 'announcements' }
    const created = await draft()
    await expect(publish(created, wish)).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining('Discussions are not enabled on this repository.'),
    })
    github.settings.discussionCategories = ['Announcements']
    await expect(publish(created, { discussion_category_name: 'News' })).rejects.toThrow(
      'Discussion could not be created. Make sure you passed a valid category name.',
    )
    expect(github.releases).toMatchObject([{ draft: true }])
    const { data } = await publish(created, wish)
    expect(data.discussion_url).toContain('/discussions/')
    expect(github.releases).toMatchObject([{ discussionCategory: 'Announcements' }])
    expect(github.violations).toEqual([])
  })

  it('is forgotten by a draft', async () => {
    github.settings.discussionCategories = ['Announcements']
    await publish(await draft({ discussion_category_name: 'Announcements' }))
    expect(github.releases).toMatchObject([{ draft: false, discussionCategory: undefined }])
  })
})

describe('generated notes', () => {
  it('list the pull requests since the previous tag', async () => {
    work('limits')
    github.addPull({ title: 'feat: limits', head: 'limits' })
    const sha = github.mergePull(1)
    await octokit.git.createRef({ ...repo, ref: 'refs/tags/v2', sha })
    const notes = async (previous_tag_name?: string) =>
      (
        await repos.generateReleaseNotes({
          ...repo,
          tag_name: 'v2',
          ...(previous_tag_name && { previous_tag_name }),
        })
      ).data
    const web = 'https://github.com/acme/consumer'
    const list = `## What's Changed\n* feat: limits by @octocat in ${web}/pull/1\n\n`
    expect(await notes()).toEqual({ name: 'v2', body: `${list}**Full Changelog**: ${web}/commits/v2` })
    expect((await notes('v1')).body).toBe(`${list}**Full Changelog**: ${web}/compare/v1...v2`)
    github.addRelease({ tag: 'v1' })
    expect((await notes()).body).toContain('/compare/v1...v2')
    await expect(notes('v0')).rejects.toMatchObject({ status: 422 })
    const made = await draft({ generate_release_notes: true, name: undefined, body: 'Hello.' })
    expect(made).toMatchObject({
      name: 'v2',
      body: `Hello.\n\n${list}**Full Changelog**: ${web}/compare/v1...v2`,
    })
    expect(github.violations).toEqual([])
  })
})
