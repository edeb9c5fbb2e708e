import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { digestsIn, sha256 } from './built-package.ts'
import { errors, type ReleaseJob, releaseJob, TAG } from './release-job.ts'
import { endState, immutableJob, prepare, publish, published, release, wholeRelease } from './story.ts'

let job: ReleaseJob
beforeEach(async () => {
  job = await immutableJob()
})
afterEach(() => job.close())

const UPLOAD = 'POST /repos/{owner}/{repo}/releases/{release_id}/assets'

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
