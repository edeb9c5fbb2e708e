import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS } from '@tokenledger/testkit'
import { ensureDraft, type Publication, publishRelease, type Release } from '../../src/index.ts'
import { problem, type ReleaseLab, releaseLab, repository, TEXT, WISH } from './release-lab.ts'

let lab: ReleaseLab
let release: Release
beforeEach(async () => {
  lab = await releaseLab()
  release = (await ensureDraft(lab.client, WISH)).release
  lab.calls()
})
afterEach(() => lab.close())

const PATCH = 'PATCH /repos/{owner}/{repo}/releases/{release_id}'

function publish(more: Partial<Publication> = {}) {
  return publishRelease(lab.client, { ...TEXT, repository, release, makeLatest: true, ...more })
}

describe('a release is published', () => {
  it('with one request that says all, and read again by its tag', async () => {
    expect(await publish()).toMatchObject({ ...TEXT, id: release.id, isDraft: false, isImmutable: false })
    expect(lab.calls()).toEqual(['GET /releases/1', 'PATCH /releases/1', 'GET /releases/tags/v1.2.3'])
    expect(lab.github.requests.find(({ method }) => method === 'PATCH')?.body).toEqual({
      tag_name: 'v1.2.3',
      name: '1.2.3',
      body: TEXT.body,
      prerelease: false,
      draft: false,
      make_latest: 'true',
    })
    expect(lab.github.releases).toMatchObject([{ tag: 'v1.2.3', draft: false, latest: true }])
  })

  it('once: the second time nothing is changed', async () => {
    const first = await publish()
    lab.calls()
    expect(await publish({ name: 'other', makeLatest: false })).toEqual(first)
    expect(lab.calls()).toEqual(['GET /releases/1', 'GET /releases/tags/v1.2.3'])
  })

  it('as a prerelease never as the latest', async () => {
    expect(await publish({ isPrerelease: true })).toMatchObject({ isPrerelease: true })
    expect(lab.github.releases).toMatchObject([{ prerelease: true, latest: false }])
  })

  it('not as the latest when it is of an old line', async () => {
    lab.github.addRelease({ tag: 'v1.2.2' })
    await publish({ makeLatest: false })
    expect(lab.github.releases).toMatchObject([
      { tag: 'v1.2.3', latest: false },
      { tag: 'v1.2.2', latest: true },
    ])
  })

  it('and sealed where releases are immutable', async () => {
    Object.assign(lab.github.settings, { immutableReleases: true })
    expect(await publish()).toMatchObject({ isImmutable: true })
  })

  it('with a discussion', async () => {
    Object.assign(lab.github.settings, { discussionCategories: ['Announcements'] })
    await publish({ discussionCategory: 'Announcements' })
    expect(lab.github.releases).toMatchObject([{ discussionCategory: 'Announcements' }])
  })

  it('under its tag, which it had lost', async () => {
    Object.assign(lab.github.releases[0] ?? {}, { tag: 'untagged-0123' })
    expect(await publish()).toMatchObject({ tag: 'v1.2.3' })
  })

  it.each([
    ['a reset before', 'before', BREAKS.reset, 2],
    ['a reset after', 'after', BREAKS.reset, 1],
    ['502 before', 'before', BREAKS.badGateway, 2],
    ['502 after', 'after', BREAKS.badGateway, 1],
  ] as const)('in spite of %s it was done', async (_, phase, broken, sent) => {
    lab.github.breakAt({ operation: PATCH, phase, with: broken })
    expect(await publish()).toMatchObject({ isDraft: false })
    expect(lab.calls().filter(call => call.startsWith('PATCH'))).toHaveLength(sent)
  })

  it('though the read by its tag is late', async () => {
    const operation = 'GET /repos/{owner}/{repo}/releases/tags/{tag}'
    lab.github.breakAt({ operation, phase: 'before', with: { status: 404 }, times: 2 })
    expect(await publish()).toMatchObject({ isDraft: false })
  })
})

describe('a release is not published, and says why,', () => {
  it('when its tag is burned', async () => {
    lab.github.burnedTags.add('v1.2.3')
    expect(await problem(publish())).toBe(
      'RELEASE_TAG_BURNED: v1.2.3 was used by an immutable release and can never be reused; bump to 1.2.4',
    )
    expect(lab.github.releases).toMatchObject([{ draft: true }])
  })

  it('when it has vanished', async () => {
    lab.github.releases.length = 0
    expect(await problem(publish())).toMatch(/^RELEASE_GONE: release 1 was deleted .* run this job again/)
  })

  it('when it vanishes at the last moment', async () => {
    lab.github.onRequest(({ phase, operation }) => {
      if (phase === 'before' && operation === PATCH) lab.github.releases.length = 0
      return undefined
    })
    expect(await problem(publish())).toMatch(/^RELEASE_GONE/)
  })

  it('when another release of the tag was faster', async () => {
    lab.github.addRelease({ tag: 'v1.2.3' })
    expect(await problem(publish())).toBe(
      'RELEASE_TAG_TAKEN: another release of v1.2.3 was published meanwhile; run this job again, it verifies that one',
    )
  })

  it.each([403, 404] as const)('when its commit changes workflows (%i)', async status => {
    Object.assign(lab.github.settings, { targetChangesWorkflows: status })
    expect(await problem(publish())).toBe(
      `RELEASE_FORBIDDEN: ${status} from PATCH /releases/1: needs "contents: write"; or the tagged commit changes .github/workflows, which GITHUB_TOKEN may not release`,
    )
  })

  it('when there is no such category of discussions', async () => {
    expect(await problem(publish({ discussionCategory: 'News' }))).toBe(
      'RELEASE_REFUSED: 404 from PATCH /releases/1 for v1.2.3: Discussions are not enabled on this repository.; correct what it names, and run this job again',
    )
  })

  it('when GitHub does not answer', async () => {
    lab.github.breakAt({ operation: PATCH, phase: 'before', with: BREAKS.reset, times: 9 })
    expect(await problem(publish())).toMatch(/^RELEASE_NO_ANSWER: PATCH \/releases\/1 got no answer/)
    expect(lab.github.releases).toMatchObject([{ draft: true }])
  })

  it('when its tag leads elsewhere afterwards', async () => {
    lab.github.onRequest(({ phase, operation }) => {
      if (phase === 'after' && operation === PATCH) {
        Object.assign(lab.github.releases[0] ?? {}, { tag: 'untagged-0123' })
      }
      return undefined
    })
    expect(await problem(publish())).toBe(
      'RELEASE_TAG_LOST: release 1 was published, but GitHub has no release for v1.2.3; open it on GitHub and set its tag to v1.2.3',
    )
  })
})
