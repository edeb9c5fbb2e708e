import { describe, expect, it } from '@jest/globals'
import { messages, missed, patchFile, patchOf, totals, verdict } from './given.ts'

describe('the verdict', () => {
  it('is not applicable when no gate was asked for', () => {
    expect(verdict({})).toEqual({ gate: 'not-applicable', checks: [], failures: [] })
  })

  it('tells every reason at once, in the order of the gates', () => {
    const all = { minTotal: '95', minPatch: '50', minFilePatch: '50', maxDrop: '1' }
    const failed = verdict(all, { patch: patchOf(patchFile('a.py', 0, missed(1))), base: totals(10, 10) })
    expect(failed.gate).toBe('fail')
    expect(failed.failures.map(({ gate }) => gate)).toEqual([
      'min-total',
      'min-patch',
      'min-file-patch',
      'max-drop',
    ])
    expect(messages(failed).every(message => message.endsWith('.') && !message.includes('\n'))).toBe(true)
  })

  it('fails for one gate although the others are met or have nothing to measure', () => {
    const { gate, checks } = verdict(
      { minTotal: '95', minPatch: '50', maxDrop: '1' },
      { patch: patchOf(), base: totals(9, 10) },
    )
    expect(gate).toBe('fail')
    expect(checks.map(({ met }) => met)).toEqual([false, true, true])
  })
})
