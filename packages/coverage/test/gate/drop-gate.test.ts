import { describe, expect, it } from '@jest/globals'
import { messages, totals, verdict } from './given.ts'

const judged = (maxDrop: string, base: [number, number], now: [number, number], gateOn?: 'displayed') => {
  return verdict(
    { maxDrop },
    { base: totals(...base), totals: totals(...now), ...(gateOn ? { gateOn } : {}) },
  )
}

describe('max-drop', () => {
  it('names both numbers of a drop that is too large', () => {
    const failed = judged('0.5', [912, 1000], [900, 1000])
    expect(failed.checks).toEqual([
      {
        gate: 'max-drop',
        required: 'drop <= 0.5%',
        actual: 'drop of 1.2 points: 90% (900 of 1000), before 91.2% (912 of 1000)',
        met: false,
      },
    ])
    expect(messages(failed)).toEqual([
      'Total coverage fell from 91.2% (912 of 1000) to 90% (900 of 1000). The drop of 1.2 percentage points is more than max-drop 0.5%. 7 more covered lines or branches are needed.',
    ])
  })

  it('allows a drop of exactly as much, and a rise', () => {
    expect(judged('1.2', [912, 1000], [900, 1000]).gate).toBe('pass')
    expect(judged('0', [900, 1000], [450, 500]).gate).toBe('pass')
    expect(judged('0', [900, 1000], [912, 1000])).toMatchObject({
      gate: 'pass',
      checks: [{ actual: 'drop of -1.2 points: 91.2% (912 of 1000), before 90% (900 of 1000)' }],
    })
  })

  it('sees a drop that two decimals do not show', () => {
    expect(messages(judged('0', [900_000, 1_000_000], [899_999, 1_000_000]))).toEqual([
      'Total coverage fell from 90% (900000 of 1000000) to 89.9999% (899999 of 1000000). The drop of 0.0001 percentage points is more than max-drop 0%. 1 more covered line or branch is needed.',
    ])
  })

  it('goes by what is displayed when asked to', () => {
    expect(judged('0', [904, 1000], [896, 1000], 'displayed').gate).toBe('pass')
    expect(messages(judged('0', [896, 1000], [894, 1000], 'displayed'))).toEqual([
      'Total coverage fell from 90% (896 of 1000) to 89% (894 of 1000). The drop of 1 percentage point is more than max-drop 0%. 1 more covered line or branch is needed.',
    ])
  })

  it('fails without a base report, which must not turn it off', () => {
    expect(messages(verdict({ maxDrop: '0.5' }))).toEqual([
      'max-drop cannot be judged: there is no base report. Set base-report:, or leave max-drop out.',
    ])
  })

  it('is not applicable where the caller knows why there is none', () => {
    const base = { notApplicable: 'this is the first run on main' }
    expect(verdict({ maxDrop: '0.5' }, { base })).toMatchObject({
      gate: 'not-applicable',
      checks: [{ actual: 'nothing to measure: this is the first run on main', nothingToMeasure: true }],
    })
  })

  it('fails when either report holds no statements', () => {
    expect(messages(judged('0', [0, 0], [9, 10]))[0]).toContain('the base report holds no statements')
    expect(messages(judged('0', [9, 10], [0, 0]))[0]).toContain('the reports hold no statements')
  })
})
