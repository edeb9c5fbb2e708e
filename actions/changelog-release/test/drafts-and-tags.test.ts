import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { errors, type ReleaseJob, TAG } from './release-job.ts'
import { endState, immutableJob, prepare, publish, published, release, wholeRelease } from './story.ts'

let job: ReleaseJob
beforeEach(async () => {
  job = await immutableJob()
})
afterEach(() => job.close())

describe('what others do to a draft', () => {
  const draft = () => job.github.releases[0]

  it('a lost tag is given back', async () => {
    await prepare(job)
    Object.assign(draft() ?? {}, { tag: 'untagged-0123456789abcdef0123' })
    await release(job)
    expect(endState(job)).toEqual(wholeRelease(job))
  })

  it('a text that was changed by hand stays, also through another run', async () => {
    await prepare(job)
    Object.assign(draft() ?? {}, { body: draft()?.body?.replace('Carts (#7).', 'Carts, at last.') })
    const again = await prepare(job)
    expect(again.stdout).toContain('was changed by hand and is kept')
    await publish(job)
    expect(draft()?.body).toContain('Carts, at last.')
    expect(endState(job)).toEqual(wholeRelease(job))
  })

  it('a draft that was made by hand is taken, with its text', async () => {
    job.github.addRelease({ tag: TAG, draft: true, name: 'Carts', body: 'By hand.' })
    await release(job)
    expect(draft()).toMatchObject({ name: TAG, body: expect.stringContaining('By hand.') })
    expect(endState(job)).toEqual(wholeRelease(job))
  })

  it('a draft behind 150 other releases is found on its page', async () => {
    for (let patch = 0; patch < 150; patch++) job.github.addRelease({ tag: `v0.1.${patch}` })
    const old = job.github.addRelease({ tag: TAG, draft: true, createdAt: '2020-01-01T00:00:00Z' })
    // GitHub lists the newest first.
    job.github.releases.unshift(...job.github.releases.splice(job.github.releases.indexOf(old), 1))
    await release(job)
    expect(draft()).toMatchObject({ id: old.id, draft: false })
    expect(endState(job)).toEqual(wholeRelease(job))
  })

  it('a file of other bytes is replaced, and one that was begun too', async () => {
    const [wheel = '', sdist = ''] = Object.keys(job.digests)
    job.github.addRelease({
      tag: TAG,
      draft: true,
      assets: [
        { name: wheel, content: 'other bytes' },
        { name: sdist, state: 'starter' },
      ],
    })
    const run = await prepare(job)
    const actions = JSON.parse(run.outputs.assets ?? '').map((asset: { action: string }) => asset.action)
    expect(actions.sort()).toEqual(['replaced', 'replaced', 'uploaded'])
    await publish(job)
    expect(endState(job)).toEqual(wholeRelease(job))
  })

  it('a file of other bytes ends it where conflicts are to fail', async () => {
    const [wheel = ''] = Object.keys(job.digests)
    job.github.addRelease({ tag: TAG, draft: true, assets: [{ name: wheel, content: 'other bytes' }] })
    const run = await prepare(job, { 'on-conflict': 'fail' })
    expect(errors(run)[0]).toMatch(
      new RegExp(`^RELEASE_ASSET_DIFFERS: the draft of v1.3.0 has ${wheel} sha256:`),
    )
    expect(published(job)).toEqual([])
  })

  it('a file that is none of ours ends it, before and after the draft was prepared', async () => {
    job.github.addRelease({ tag: TAG, draft: true, assets: [{ name: 'extra.exe', content: 'x' }] })
    const words = 'RELEASE_UNEXPECTED_ASSET: the release holds extra.exe, which this run did not make'
    expect(errors(await prepare(job))[0]).toContain(words)
    expect(errors(await publish(job))[0]).toContain(words)
    expect(published(job)).toEqual([])
  })

  it('other bytes under a name of ours are seen before it is published', async () => {
    await prepare(job)
    const [asset] = draft()?.assets ?? []
    Object.assign(asset ?? {}, { digest: `sha256:${'0'.repeat(64)}` })
    expect(errors(await publish(job))[0]).toMatch(
      /^RELEASE_DIGEST_MISMATCH: GitHub holds sha256:0{64} for shop-/,
    )
    expect(published(job)).toEqual([])
  })

  it('a file that was taken away is missed, and brought back by another run', async () => {
    await prepare(job)
    draft()?.assets.shift()
    expect(errors(await publish(job))[0]).toMatch(/^RELEASE_ASSET_MISSING: the release lacks shop-/)
    await release(job)
    expect(endState(job)).toEqual(wholeRelease(job))
  })

  it('checksums that were taken away are missed', async () => {
    await prepare(job)
    const assets = draft()?.assets ?? []
    assets.splice(
      assets.findIndex(({ name }) => name === 'SHA256SUMS'),
      1,
    )
    expect(errors(await publish(job))[0]).toMatch(/^RELEASE_ASSET_MISSING: the release lacks SHA256SUMS/)
    expect(published(job)).toEqual([])
  })

  it('a draft that was deleted is missed, and made again by another run', async () => {
    await prepare(job)
    job.github.releases.length = 0
    expect(errors(await publish(job))[0]).toMatch(/^RELEASE_NOT_PREPARED: /)
    await release(job)
    expect(endState(job)).toEqual(wholeRelease(job))
  })

  it('two drafts end it by their ids, and one of them deleted lets it go on', async () => {
    await prepare(job)
    const other = job.github.addRelease({ tag: TAG, draft: true })
    expect(errors(await publish(job))[0]).toMatch(
      /^RELEASE_DUPLICATE_DRAFTS: 2 drafts carry v1\.3\.0 \(ids \d+, \d+\)/,
    )
    expect(published(job)).toEqual([])
    job.github.releases.splice(job.github.releases.indexOf(other), 1)
    await release(job)
    expect(endState(job)).toEqual(wholeRelease(job))
  })

  it('the draft of another build is not taken for this one', async () => {
    await prepare(job)
    const others = JSON.stringify(
      Object.fromEntries(Object.keys(job.digests).map(name => [name, '1'.repeat(64)])),
    )
    const run = await publish(job, { 'expected-digests': others })
    expect(errors(run)[0]).toMatch(/^RELEASE_DIGEST_MISMATCH: SHA256SUMS of the release has sha256:/)
    expect(published(job)).toEqual([])
  })
})

describe('a tag', () => {
  it('that moved after the draft was made ends it, and nothing is published', async () => {
    await prepare(job)
    const built = job.git('rev-parse', `${TAG}^{commit}`)
    const moved = job.push('fix: another thing')
    job.git('tag', '--force', TAG, moved)
    const words = `RELEASE_TAG_MOVED: tag v1.3.0 points to ${moved}, this run built ${built}; nothing was published`
    expect(errors(await publish(job))).toEqual([words])
    expect(published(job)).toEqual([])
  })

  it('that moves while the draft is being published ends it', async () => {
    await prepare(job)
    const built = job.git('rev-parse', `${TAG}^{commit}`)
    const moved = job.push('fix: another thing')
    const end = job.github.onRequest(({ operation, phase }) => {
      if (operation.endsWith('{release_id}/assets') && phase === 'before')
        job.git('tag', '--force', TAG, moved)
      return undefined
    })
    expect(errors(await publish(job))[0]).toMatch(
      `RELEASE_TAG_MOVED: tag v1.3.0 points to ${moved}, this run built ${built}`,
    )
    expect(published(job)).toEqual([])
    end()
  })

  it('that was deleted ends it', async () => {
    await prepare(job)
    job.git('tag', '--delete', TAG)
    expect(errors(await publish(job))[0]).toMatch(/^RELEASE_TAG_MISSING: acme\/shop has no tag v1\.3\.0/)
    expect(published(job)).toEqual([])
  })
})
