import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type GitHubLab, githubLab, repo } from './github-lab.ts'

let github: GitHubLab['github']
let octokit: GitHubLab['octokit']
let bare: GitHubLab['bare']
let main: string
beforeEach(async () => {
  ;({ github, octokit, bare, main } = await githubLab())
})
afterEach(() => github.close())

const sha256 = (content: string) => `sha256:${createHash('sha256').update(content).digest('hex')}`
const draft = (fields = {}) =>
  octokit.repos.createRelease({ ...repo, tag_name: 'v2', name: 'Two', body: 'notes', draft: true, ...fields })

describe('a release', () => {
  it('is drafted, gets its assets and is published', async () => {
    const { data: created } = await draft()
    expect(created).toMatchObject({ tag_name: 'v2', draft: true, assets: [], published_at: null })
    expect(created.html_url).toMatch(/\/releases\/tag\/untagged-[0-9a-f]{20}$/)
    expect(created.upload_url).toBe(
      `${github.url}/uploads/repos/acme/consumer/releases/${created.id}/assets{?name,label}`,
    )
    const at = { ...repo, release_id: created.id }
    const uploaded = await octokit.repos.uploadReleaseAsset({
      ...at,
      url: created.upload_url,
      name: 'a.whl',
      data: 'wheel',
      headers: { 'content-type': 'application/zip' },
    })
    expect(uploaded.data).toMatchObject({
      name: 'a.whl',
      size: 5,
      state: 'uploaded',
      content_type: 'application/zip',
      digest: sha256('wheel'),
    })
    const listed = await octokit.repos.listReleaseAssets(at)
    expect(listed.data).toEqual([uploaded.data])
    await expect(octokit.repos.getReleaseByTag({ ...repo, tag: 'v2' })).rejects.toMatchObject({ status: 404 })
    expect(bare('tag', '--list')).toBe('v1')

    await octokit.repos.updateRelease({ ...at, tag_name: 'v2', name: 'Two', body: 'notes', draft: false })
    const { data } = await octokit.repos.getReleaseByTag({ ...repo, tag: 'v2' })
    expect(data).toMatchObject({ id: created.id, draft: false, immutable: false })
    expect(data.assets).toMatchObject([{ id: uploaded.data.id, state: 'uploaded' }])
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
})
