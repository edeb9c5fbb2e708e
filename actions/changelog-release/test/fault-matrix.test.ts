import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS } from '@tokenledger/testkit'
import { errors, type ReleaseJob } from './release-job.ts'
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
