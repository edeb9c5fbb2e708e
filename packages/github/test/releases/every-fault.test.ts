import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS, type Break } from '@tokenledger/testkit'
import type { LocalFile } from '../../src/index.ts'
import { problem, type ReleaseLab, releaseLab, sha256 } from './release-lab.ts'

/** Requests of a release with three files that nothing disturbs. */
const REQUESTS = 11

let lab: ReleaseLab
let files: readonly LocalFile[]
beforeAll(async () => {
  lab = await releaseLab()
  files = ['a.whl', 'b.tar.gz', 'SHA256SUMS'].map(name => lab.file(name, name))
})
afterAll(() => lab.close())
beforeEach(() => {
  lab.github.releases.length = 0
})

function isWhole() {
  expect(lab.github.releases).toMatchObject([{ tag: 'v1.2.3', draft: false, latest: true }])
  const held = lab.github.releases[0]?.assets.map(({ state, name, digest }) => [state, name, digest])
  expect(held?.sort()).toEqual(files.map(({ name }) => ['uploaded', name, sha256(name)]).sort())
}

describe('a release', () => {
  it(`takes ${REQUESTS} requests`, async () => {
    const before = lab.github.requests.length
    await lab.release(files)
    isWhole()
    expect(lab.github.requests.length - before).toBe(REQUESTS)
  })

  const requests = Array.from({ length: REQUESTS }, (_, n) => n + 1)

  it.each([0, ...requests])('is whole when a second run begins after request %i of the first', async n => {
    let second = n === 0 ? problem(lab.release(files)) : undefined
    const from = lab.github.requests.length + n
    mend = lab.github.onRequest(call => {
      if (call.phase === 'after' && call.number === from) second ??= problem(lab.release(files))
      return undefined
    })
    const problems = [await problem(lab.release(files)), await second]
    // One run may take away what the other one is sending; that one says so, and the next one finds all.
    for (const each of problems) expect(each).toMatch(/^(no problem|RELEASE_[A-Z_]+: .*run this job again)/)
    mend()
    await lab.release(files)
    isWhole()
  })

  const faults = [
    ['502 before its effect', 'before', BREAKS.badGateway],
    ['502 after its effect', 'after', BREAKS.badGateway],
    ['a reset before its effect', 'before', BREAKS.reset],
    ['a reset after its effect', 'after', BREAKS.reset],
    ['502 and a starter', 'before', BREAKS.starterLeft],
  ] as const

  describe.each(faults)('whose request ends with %s', (_, phase, broken) => {
    it.each(requests)('is whole in spite of it, at request %i', async n => {
      const first = lab.github.requests.length
      breakAt(call => call === first + n, phase, broken)
      await lab.release(files)
      isWhole()
    })

    it.each(requests)('and all further ones too, is whole after a second run, from request %i', async n => {
      const first = lab.github.requests.length
      breakAt(call => call >= first + n, phase, broken)
      expect(await problem(lab.release(files))).toMatch(/^RELEASE_NO_ANSWER: .*; run this job again/)
      mend()
      await lab.release(files)
      isWhole()
    })
  })
})

/** Ends the breaks. */
let mend = () => {}
afterEach(() => mend())

function breakAt(isHit: (call: number) => boolean, phase: string, broken: Break): void {
  mend = lab.github.onRequest(call => (call.phase === phase && isHit(call.number) ? broken : undefined))
}
