import { afterEach, describe, expect, it } from '@jest/globals'
import type { Break, Call } from '@tokenledger/testkit'
import type { ReleaseJob } from './release-job.ts'
import { endState, immutableJob, release, wholeRelease } from './story.ts'

/** The requests of a release that nothing disturbs. */
const requests: string[] = await (async () => {
  const job = await immutableJob()
  try {
    const seen: string[] = []
    job.github.onRequest(({ operation, phase }) => {
      if (phase === 'before') seen.push(operation)
      return undefined
    })
    await release(job)
    expect(endState(job)).toEqual(wholeRelease(job))
    return seen
  } finally {
    await job.close()
  }
})()

/** To be killed before and after a read is the same. */
const isRead = (operation: string) =>
  operation.startsWith('GET ') || operation.includes('/graphql repository')
const moments = requests.flatMap((operation, index) =>
  (isRead(operation) ? (['after'] as const) : (['before', 'after'] as const)).map(phase => ({
    at: index + 1,
    operation,
    phase,
  })),
)

let job: ReleaseJob
afterEach(() => job.close())

/** Ends the process at a request; the client is gone before the answer comes. */
async function killedAt(at: number, phase: Call['phase'], what: Break) {
  job = await immutableJob()
  const killer = new AbortController()
  let count = 0
  job.github.onRequest(call => {
    if (call.phase === 'before') count++
    if (count !== at || call.phase !== phase || killer.signal.aborted) return undefined
    killer.abort()
    return what
  })
  await release(job, killer.signal)
  expect(killer.signal.aborted).toBe(true)
  expect(endState(job)).toEqual(wholeRelease(job))
}

describe('a release that was killed, and run again, is one published release with every file: killed', () => {
  it.each(moments)('$phase request $at, $operation', ({ at, phase }) => killedAt(at, phase, { reset: true }))

  const uploads = moments.filter(
    ({ operation, phase }) =>
      operation.endsWith('/assets') && operation.startsWith('POST') && phase === 'before',
  )
  it('at three uploads', () => expect(uploads).toHaveLength(3))
  it.each(uploads)('in the middle of the upload of request $at, which leaves a part of it', ({ at }) =>
    killedAt(at, 'before', { reset: true, afterBytes: 1, leavesStarter: true }),
  )
})
