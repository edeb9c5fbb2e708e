import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS } from '@tokenledger/testkit'
import { digestsIn, sha256 } from './built-package.ts'
import { errors, type ReleaseJob, releaseJob, TAG } from './release-job.ts'
import { endState, immutableJob, prepare, publish, published, release, wholeRelease } from './story.ts'

let job: ReleaseJob
beforeEach(async () => {
  job = await immutableJob()
})
afterEach(() => job.close())

const DRAFT = 'POST /repos/{owner}/{repo}/releases'
const UPLOAD = 'POST /repos/{owner}/{repo}/releases/{release_id}/assets'
const PUBLISH = 'PATCH /repos/{owner}/{repo}/releases/{release_id}'

/** Breaks the n-th request of just this operation. */
function breakNth(operation: string, phase: 'before' | 'after', fault: keyof typeof BREAKS, nth = 1): void {
  let count = 0
  job.github.onRequest(call => {
    if (call.operation !== operation || call.phase !== phase) return undefined
    return ++count === nth ? BREAKS[fault] : undefined
  })
}

describe('a release ends as one published release with every file, in one run, after', () => {
  const faults = [
    ['before', 'badGateway', 'a 502 before anything was done'],
    ['after', 'badGateway', 'a 502 after everything was done'],
    ['before', 'reset', 'a reset before anything was done'],
    ['after', 'reset', 'a reset after everything was done'],
    ['before', 'tooMany', 'a rate limit'],
    ['before', 'secondaryLimit', 'a secondary rate limit'],
  ] as const
  const writes = [
    [DRAFT, 'the draft'],
    [UPLOAD, 'an upload'],
    [PUBLISH, 'the publication'],
  ] as const

  it.each(
    writes.flatMap(([operation, what]) =>
      faults.map(([phase, fault, how]) => ({ operation, what, phase, fault, how })),
    ),
  )('$how, at $what', async ({ operation, phase, fault }) => {
    breakNth(operation, phase, fault)
    expect(await release(job)).toEqual({ runs: 2, said: [] })
    expect(endState(job)).toEqual(wholeRelease(job))
  })

  it.each(['starterLeft', 'resetInUpload', 'resetLeavingStarter'] as const)(
    'an upload that breaks off (%s), each of the three',
    async fault => {
      for (const nth of [1, 2, 3]) breakNth(UPLOAD, 'before', fault, nth)
      expect(await release(job)).toEqual({ runs: 2, said: [] })
      expect(endState(job)).toEqual(wholeRelease(job))
    },
  )

  it.each([
    ['GET /repos/{owner}/{repo}/releases', 'the list of releases'],
    ['GET /repos/{owner}/{repo}/releases/{release_id}/assets', 'the list of assets'],
    ['GET /repos/{owner}/{repo}/releases/tags/{tag}', 'the published release'],
    ['GET /repos/{owner}/{repo}/releases/assets/{asset_id}', 'the checksums'],
    ['POST /graphql repository', 'the tag'],
  ])('a 502 and a reset at %s', async operation => {
    breakNth(operation, 'before', 'badGateway', 1)
    breakNth(operation, 'after', 'reset', 2)
    expect(await release(job)).toEqual({ runs: 2, said: [] })
    expect(endState(job)).toEqual(wholeRelease(job))
  })
})

describe('GitHub that does not come back', () => {
  it.each([
    [DRAFT, 'the draft'],
    [UPLOAD, 'an upload'],
    [PUBLISH, 'the publication'],
  ])('at %s ends with its name, publishes nothing, and a later run brings it to its end', async operation => {
    const end = job.github.onRequest(call =>
      call.operation === operation && call.phase === 'before' ? BREAKS.badGateway : undefined,
    )
    const first = await prepare(job)
    const failed = first.exitCode === 0 ? await publish(job) : first
    expect(failed.exitCode).toBe(1)
    expect(errors(failed)[0]).toMatch(/^RELEASE_NO_ANSWER: \w+ \/.* got no answer from GitHub \(.*502/)
    expect(published(job)).toEqual([])
    end()
    await release(job)
    expect(endState(job)).toEqual(wholeRelease(job))
  })
})

describe('two runs at once', () => {
  it('make one draft, and one release', async () => {
    const runs = await Promise.all([prepare(job), prepare(job)])
    for (const run of runs) if (run.exitCode !== 0) expect(errors(run)[0]).toMatch(/^RELEASE_/)
    await release(job)
    expect(endState(job)).toEqual(wholeRelease(job))
  })

  it('that publish end as one release', async () => {
    await prepare(job)
    const runs = await Promise.all([publish(job), publish(job)])
    expect(runs.map(errors)).toEqual([[], []])
    expect(endState(job)).toEqual(wholeRelease(job))
  })

  it('with all phases each end as one release, or one of them says why not', async () => {
    const runs = await Promise.all([job.run(), job.run()])
    for (const run of runs) if (run.exitCode !== 0) expect(errors(run)[0]).toMatch(/^RELEASE_/)
    await release(job)
    expect(endState(job)).toEqual(wholeRelease(job))
  })
})

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

describe('a published release', () => {
  it('is verified by later runs of every phase, and not touched', async () => {
    await release(job)
    const before = JSON.stringify(job.github.releases)
    const writes = () =>
      job.github.requests.filter(({ method, path }) => method !== 'GET' && path !== '/graphql')
    const count = writes().length
    for (const run of [
      await job.run(),
      await prepare(job),
      await publish(job),
      await job.run({ phase: 'verify' }),
    ]) {
      expect(errors(run)).toEqual([])
      expect(run.outputs).toMatchObject({ state: 'already-published', immutable: 'true' })
      expect(run.summary).toContain('v1.3.0 is published already, and it is the same')
    }
    expect(writes()).toHaveLength(count)
    expect(JSON.stringify(job.github.releases)).toBe(before)
  })

  it('that somebody else has made meanwhile is verified, and told when it differs', async () => {
    await prepare(job)
    job.github.releases.length = 0
    job.github.addRelease({ tag: TAG, assets: [{ name: 'other.txt', content: 'x' }] })
    expect(errors(await publish(job))[0]).toMatch(
      /^RELEASE_PUBLISHED_DIFFERS: published v1\.3\.0 has no shop-/,
    )
  })
})

describe('files', () => {
  it('21 of them, on a server that gives no digests, are all in the release', async () => {
    job.github.settings.digests = false
    for (let number = 1; number <= 18; number++) {
      writeFileSync(join(job.dist, `sbom ${number}.json`), `{"number": ${number}}`)
    }
    const digests = digestsIn(job.dist)
    await prepare(job, { 'expected-digests': JSON.stringify(digests) })
    const run = await publish(job)
    expect(errors(run)).toEqual([])
    const assets = job.github.releases[0]?.assets ?? []
    expect(assets).toHaveLength(21)
    expect(assets.find(({ name }) => name === 'sbom.7.json')?.digest).toBe(`sha256:${digests['sbom 7.json']}`)
    expect(job.github.violations).toEqual([])
  })

  it('200 MB, killed in the middle and run again, are whole', async () => {
    const big = Buffer.alloc(200_000_000, 'wheel of fortune')
    writeFileSync(join(job.dist, 'model.bin'), big)
    const killer = new AbortController()
    job.github.onRequest(({ operation, phase }) => {
      if (operation !== UPLOAD || phase !== 'before' || killer.signal.aborted) return undefined
      killer.abort()
      return { reset: true, afterBytes: 1_000_000, leavesStarter: true }
    })
    await prepare(job, {}, { kill: killer.signal })
    expect(published(job)).toEqual([])
    await prepare(job)
    await publish(job)
    const asset = job.github.releases[0]?.assets.find(({ name }) => name === 'model.bin')
    expect(asset).toMatchObject({ state: 'uploaded', size: 200_000_000, digest: `sha256:${sha256(big)}` })
    expect(published(job)).toEqual([TAG])
  })
})

describe('a run that is cancelled', () => {
  it('publishes nothing, and another one ends it', async () => {
    const cancel = new AbortController()
    job.github.onRequest(({ operation, phase }) => {
      if (operation === UPLOAD && phase === 'before') cancel.abort()
      return undefined
    })
    const run = await job.run({}, { signal: cancel.signal })
    expect(run.exitCode).not.toBe(0)
    expect(published(job)).toEqual([])
    await release(job)
    expect(endState(job)).toEqual(wholeRelease(job))
  })
})

it('a release that is not immutable ends the same', async () => {
  await job.close()
  job = await releaseJob()
  await release(job)
  const [whole] = wholeRelease(job).releases
  expect(endState(job).releases).toEqual([{ ...whole, immutable: false }])
})
