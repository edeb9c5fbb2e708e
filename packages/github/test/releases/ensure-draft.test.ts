import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS, READ_ONLY } from '@tokenledger/testkit'
import { ensureDraft, listReleases } from '../../src/index.ts'
import { MARKER, problem, type ReleaseLab, releaseLab, repository, TEXT, WISH } from './release-lab.ts'

let lab: ReleaseLab
beforeEach(async () => {
  lab = await releaseLab()
})
afterEach(async () => {
  expect(lab.github.violations).toEqual([])
  await lab.close()
})

const OPERATION = 'POST /repos/{owner}/{repo}/releases'

describe('a draft', () => {
  it('is made with its text and without a target', async () => {
    const { kind, release } = await ensureDraft(lab.client, WISH)
    expect(kind).toBe('created')
    expect(release).toMatchObject({ ...TEXT, isDraft: true, isImmutable: false })
    expect(release.uploadUrl).toBe(
      `${lab.github.url}/uploads/repos/acme/consumer/releases/${release.id}/assets`,
    )
    expect(lab.github.requests.find(({ method }) => method === 'POST')?.body).toEqual({
      tag_name: 'v1.2.3',
      name: '1.2.3',
      body: TEXT.body,
      prerelease: false,
      draft: true,
    })
  })

  it('is adopted when it is there, and left alone when it says the same', async () => {
    const first = await ensureDraft(lab.client, WISH)
    lab.calls()
    const second = await ensureDraft(lab.client, WISH)
    expect(second).toEqual({ kind: 'adopted', release: first.release })
    expect(lab.calls()).toEqual(['GET /releases'])
  })

  it('is found among 120 releases on several pages', async () => {
    const old = lab.github.addRelease({ tag: 'v1.2.3', draft: true, name: '1.2.3', body: TEXT.body })
    for (let n = 0; n < 120; n++) lab.github.addRelease({ tag: `v0.0.${n}`, draft: true })
    expect(await listReleases(lab.client, repository)).toHaveLength(121)
    lab.calls()
    expect(await ensureDraft(lab.client, WISH)).toMatchObject({ kind: 'adopted', release: { id: old.id } })
    expect(lab.calls()).toEqual(['GET /releases', 'GET /releases'])
  })

  it('gets its tag, title, text and kind where they differ', async () => {
    const old = lab.github.addRelease({
      tag: 'untagged-0123',
      draft: true,
      name: 'old',
      body: `old\n${MARKER}\n`,
    })
    const { kind, release } = await ensureDraft(lab.client, { ...WISH, isPrerelease: true })
    expect(kind).toBe('adopted')
    expect(release).toMatchObject({ ...TEXT, id: old.id, isPrerelease: true, isDraft: true })
    expect(lab.github.releases).toMatchObject([{ tag: 'v1.2.3', draft: true, prerelease: true }])
  })

  it('is the same with the line ends of a browser', async () => {
    lab.github.addRelease({ ...TEXT, draft: true, body: `${TEXT.body.replaceAll('\n', '\r\n')}\r\n` })
    await ensureDraft(lab.client, WISH)
    expect(lab.calls()).toEqual(['GET /releases'])
  })

  it('is not made when the release is published', async () => {
    const { id } = lab.github.addRelease({ tag: 'v1.2.3', name: 'by hand' })
    expect(await ensureDraft(lab.client, WISH)).toMatchObject({
      kind: 'published',
      release: { id, name: 'by hand', isDraft: false },
    })
    expect(lab.calls()).toEqual(['GET /releases'])
  })

  it('is not chosen among two', async () => {
    const ids = [1, 2].map(() => lab.github.addRelease({ tag: 'v1.2.3', draft: true }).id)
    expect(await problem(ensureDraft(lab.client, WISH))).toBe(
      `RELEASE_DUPLICATE_DRAFTS: 2 drafts carry v1.2.3 (ids ${ids.join(', ')}); delete one`,
    )
  })

  it('is found by the second look where another run has taken its own away meanwhile', async () => {
    const [kept, other] = [1, 2].map(() => lab.github.addRelease({ ...TEXT, draft: true }))
    let looks = 0
    lab.github.onRequest(({ phase, operation }) => {
      if (phase === 'after' && operation.startsWith('GET') && ++looks === 1) {
        lab.github.releases.splice(
          lab.github.releases.findIndex(({ id }) => id === other?.id),
          1,
        )
      }
      return undefined
    })
    expect(await ensureDraft(lab.client, WISH)).toMatchObject({ kind: 'adopted', release: { id: kept?.id } })
  })
})

describe('two runs at once', () => {
  it('leave one draft, which both have', async () => {
    // Both have seen that there is none before one of them makes it.
    let waiting = 0
    let open = () => {}
    const both = new Promise<void>(resolve => (open = resolve))
    lab.github.onRequest(async ({ phase, operation }) => {
      if (phase !== 'before' || operation !== OPERATION) return undefined
      if (++waiting === 2) open()
      await both
      return undefined
    })
    const outcomes = await Promise.all([ensureDraft(lab.client, WISH), ensureDraft(lab.client, WISH)])
    expect(lab.github.releases).toHaveLength(1)
    expect(outcomes.map(({ release }) => release.id)).toEqual([1, 1])
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['adopted', 'created'])
  })

  it('leave the release that the other one has published since', async () => {
    lab.github.onRequest(({ phase, operation }) => {
      if (phase === 'after' && operation === OPERATION) lab.github.addRelease({ tag: 'v1.2.3' })
      return undefined
    })
    expect(await ensureDraft(lab.client, WISH)).toMatchObject({ kind: 'published', release: { id: 2 } })
    expect(lab.github.releases).toMatchObject([{ id: 2, draft: false }])
  })

  it('do not take away a draft that is being filled', async () => {
    lab.github.onRequest(({ phase, operation }) => {
      if (operation !== OPERATION) return undefined
      const assets = [{ name: 'a.whl', content: 'wheel' }]
      if (phase === 'before') lab.github.addRelease({ tag: 'v1.2.3', draft: true })
      else lab.github.releases[1]?.assets.push(...lab.github.addRelease({ tag: 'v0', assets }).assets)
      return undefined
    })
    expect(await problem(ensureDraft(lab.client, WISH))).toMatch(
      /^RELEASE_DUPLICATE_DRAFTS: 2 drafts carry v1.2.3/,
    )
    expect(lab.github.releases).toMatchObject([{ tag: 'v1.2.3' }, { tag: 'v1.2.3' }, { tag: 'v0' }])
  })
})

describe('GitHub answers a draft', () => {
  it.each([
    ['a reset before it was made', 'before', BREAKS.reset],
    ['a reset after it was made', 'after', BREAKS.reset],
    ['502 before it was made', 'before', BREAKS.badGateway],
    ['502 after it was made', 'after', BREAKS.badGateway],
  ] as const)('with %s, and there is one', async (_, phase, broken) => {
    lab.github.breakAt({ operation: OPERATION, phase, with: broken })
    expect(await ensureDraft(lab.client, WISH)).toMatchObject({ kind: 'created', release: TEXT })
    expect(lab.github.releases).toHaveLength(1)
  })

  it('never, and nothing is tried for ever', async () => {
    lab.github.breakAt({ operation: OPERATION, phase: 'before', with: BREAKS.badGateway, times: 99 })
    expect(await problem(ensureDraft(lab.client, WISH))).toMatch(
      /^RELEASE_NO_ANSWER: POST \/releases got no answer from GitHub \(502 .*run this job again/,
    )
    expect(lab.calls().filter(call => call.startsWith('POST'))).toHaveLength(4)
  })

  it('that it is forbidden', async () => {
    Object.assign(lab.github.settings, { permissions: READ_ONLY })
    expect(await problem(ensureDraft(lab.client, WISH))).toBe(
      'RELEASE_FORBIDDEN: 403 from POST /releases: needs "contents: write"; or the tagged commit changes .github/workflows, which GITHUB_TOKEN may not release',
    )
  })

  it.each([403, 404] as const)('with %i because its commit changes workflows', async status => {
    Object.assign(lab.github.settings, { targetChangesWorkflows: status })
    expect(await problem(ensureDraft(lab.client, WISH))).toBe(
      `RELEASE_FORBIDDEN: ${status} from POST /releases: needs "contents: write"; or the tagged commit changes .github/workflows, which GITHUB_TOKEN may not release`,
    )
  })

  it('that the tag is burned', async () => {
    const words = 'tag_name was used by an immutable release'
    const body = { message: 'Validation Failed', errors: [{ resource: 'Release', message: words }] }
    lab.github.breakAt({ operation: OPERATION, phase: 'before', with: { status: 422, body } })
    expect(await problem(ensureDraft(lab.client, WISH))).toBe(
      'RELEASE_TAG_BURNED: v1.2.3 was used by an immutable release and can never be reused; bump to 1.2.4',
    )
  })

  it('that it is too long', async () => {
    expect(await problem(ensureDraft(lab.client, { ...WISH, body: 'x'.repeat(125_001) }))).toMatch(
      /^RELEASE_REFUSED: 422 from POST \/releases for v1.2.3: Validation Failed: body is too long/,
    )
  })

  it('that the release was published between the look and the draft, and the second look finds it', async () => {
    lab.github.onRequest(({ phase, operation }) => {
      if (phase === 'before' && operation === OPERATION) lab.github.addRelease({ tag: 'v1.2.3' })
      return undefined
    })
    expect(await ensureDraft(lab.client, WISH)).toMatchObject({ kind: 'published' })
    expect(lab.github.releases).toHaveLength(1)
  })

  it('that there is no such repository', async () => {
    expect(await problem(ensureDraft(lab.client, { ...WISH, repository: 'acme/other' }))).toBe(
      'RELEASE_FORBIDDEN: 404 from GET /releases: needs "contents: write"',
    )
  })
})

describe('a draft that is changed', () => {
  const PATCH = 'PATCH /repos/{owner}/{repo}/releases/{release_id}'
  beforeEach(() => void lab.github.addRelease({ tag: 'v1.2.3', draft: true, name: 'old' }))

  it.each([
    ['a reset before it was changed', 'before', BREAKS.reset],
    ['a reset after it was changed', 'after', BREAKS.reset],
    ['502 after it was changed', 'after', BREAKS.badGateway],
  ] as const)('is looked at again after %s', async (_, phase, broken) => {
    lab.github.breakAt({ operation: PATCH, phase, with: broken })
    expect(await ensureDraft(lab.client, WISH)).toMatchObject({ kind: 'adopted', release: TEXT })
    expect(lab.github.releases).toMatchObject([{ name: '1.2.3', draft: true }])
  })

  it('and has vanished meanwhile, is an error with its remedy', async () => {
    lab.github.onRequest(({ phase, operation }) => {
      if (phase === 'before' && operation === PATCH) lab.github.releases.length = 0
      return undefined
    })
    expect(await problem(ensureDraft(lab.client, WISH))).toBe(
      'RELEASE_GONE: release 1 was deleted while this run worked on it; run this job again, it makes a new draft',
    )
  })

  it('and may not be, since its commit changes workflows, says so', async () => {
    Object.assign(lab.github.settings, { targetChangesWorkflows: 404 })
    expect(await problem(ensureDraft(lab.client, WISH))).toMatch(
      /^RELEASE_FORBIDDEN: 404 from PATCH \/releases\/1: needs "contents: write"; or the tagged commit/,
    )
  })

  it('stays published when another run has published it meanwhile', async () => {
    lab.github.onRequest(({ phase, operation }) => {
      if (phase === 'before' && operation === PATCH)
        Object.assign(lab.github.releases[0] ?? {}, { draft: false })
      return undefined
    })
    expect(await ensureDraft(lab.client, WISH)).toMatchObject({ kind: 'published' })
    expect(lab.github.releases).toMatchObject([{ draft: false }])
  })
})
