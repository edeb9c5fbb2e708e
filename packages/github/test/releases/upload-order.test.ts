import { describe, expect, it } from '@jest/globals'
import { atOnce } from '../../src/releases/at-once.ts'
import { progressMeter, type UploadProgress } from '../../src/releases/upload-progress.ts'

describe('work at once', () => {
  it('is never more than allowed, as much as allowed, and comes back in order', async () => {
    let running = 0
    let most = 0
    const results = await atOnce(3, [5, 1, 4, 2, 3, 6], async item => {
      most = Math.max(most, ++running)
      for (let turn = 0; turn < item; turn++) await null
      running--
      return item * 10
    })
    expect(results).toEqual([50, 10, 40, 20, 30, 60])
    expect(most).toBe(3)
  })

  it('begins nothing after a failure, and tells the first one when all have ended', async () => {
    const ended: number[] = []
    const work = atOnce(2, [1, 2, 3, 4], async item => {
      if (item === 1) throw new Error('first')
      for (let turn = 0; turn < 5; turn++) await null
      ended.push(item)
      if (item === 2) throw new Error('second')
    })
    await expect(work).rejects.toThrow('first')
    expect(ended).toEqual([2])
  })

  it('is nothing without items', async () => {
    expect(await atOnce(4, [], async () => 1)).toEqual([])
  })
})

describe('the progress of uploads', () => {
  it('is told a few times a second, and at the end of each file', () => {
    const files = ['a', 'b'].map(name => ({ path: name, name, size: 100, digest: 'sha256:0' }))
    const [a, b] = files
    if (!a || !b) throw new Error('no files')
    const told: UploadProgress[] = []
    let now = 0
    const meter = progressMeter(
      files,
      progress => told.push(progress),
      () => now,
    )
    meter.begin(a)
    for (let n = 0; n < 50; n++) {
      now += 10
      meter.sent(a, 1)
    }
    meter.done(b, 'skipped')
    // It did not arrive whole, and is sent once more.
    meter.begin(a)
    meter.done(a, 'uploaded')
    expect(told).toEqual([
      { name: 'a', sent: 30, size: 100, totalSent: 30, totalSize: 200 },
      { name: 'b', sent: 100, size: 100, totalSent: 150, totalSize: 200, action: 'skipped' },
      { name: 'a', sent: 100, size: 100, totalSent: 200, totalSize: 200, action: 'uploaded' },
    ])
  })
})
