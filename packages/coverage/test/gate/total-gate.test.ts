import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parsePercent } from '../../src/gate/percentage.ts'
import { missingFor, reaches } from '../../src/gate/ratio.ts'
import { messages, totals, verdict } from './given.ts'

describe('min-total', () => {
  it('is met by the very number', () => {
    expect(verdict({ minTotal: '90' })).toEqual({
      gate: 'pass',
      checks: [{ gate: 'min-total', required: '>= 90%', actual: '90% (9 of 10)', met: true }],
      failures: [],
    })
  })

  it('is not met by what only prints as the number', () => {
    const failed = verdict({ minTotal: '90' }, { totals: totals(89_996, 100_000) })
    expect(failed.gate).toBe('fail')
    expect(failed.checks[0]).toMatchObject({ actual: '89.996% (89996 of 100000)', met: false })
    expect(messages(failed)).toEqual([
      'Total coverage 89.996% (89996 of 100000) is below min-total 90%. "coverage report" prints 90% because it rounds; 4 more covered lines or branches are needed.',
    ])
  })

  it('says at which precision the number is printed when that is not the default', () => {
    const at2 = { totals: totals(89_996, 100_000), precision: 2 }
    expect(messages(verdict({ minTotal: '90' }, at2))[0]).toContain(
      'prints 90.00% at precision 2 because it rounds; 4',
    )
    const at0 = { totals: totals(896, 1000), precision: 2 }
    expect(messages(verdict({ minTotal: '90' }, at0))).toEqual([
      'Total coverage 89.6% (896 of 1000) is below min-total 90%. "coverage report" prints 90% at precision 0 because it rounds; 4 more covered lines or branches are needed.',
    ])
  })

  it('says no more than needed where rounding plays no part', () => {
    expect(messages(verdict({ minTotal: '95' }))).toEqual([
      'Total coverage 90% (9 of 10) is below min-total 95%. 1 more covered line or branch is needed.',
    ])
  })

  it('counts exits with the statements', () => {
    const half = { statements: 2, executed: 2, exits: 2, taken: 0 }
    expect(messages(verdict({ minTotal: '75' }, { totals: half }))[0]).toContain('50% (2 of 4)')
  })

  it('shows 199999 of 200000 below 100%', () => {
    expect(messages(verdict({ minTotal: '100' }, { totals: totals(199_999, 200_000) }))).toEqual([
      'Total coverage 99.999% (199999 of 200000) is below min-total 100%. 1 more covered line or branch is needed.',
    ])
  })

  it('shows 100% and 0% for everything and nothing only', () => {
    const actual = (covered: number) => {
      return verdict({ minTotal: '0' }, { totals: totals(covered, 200_000) }).checks[0]?.actual
    }
    expect(actual(199_999)).toBe('99.999% (199999 of 200000)')
    expect(actual(1)).toBe('0.001% (1 of 200000)')
    expect(actual(0)).toBe('0% (0 of 200000)')
  })

  it('fails when there is nothing to measure, even for 0', () => {
    expect(messages(verdict({ minTotal: '0' }, { totals: totals(0, 0) }))).toEqual([
      'min-total cannot be judged: the reports hold no statements. Check what the tests measure ([run] source, --cov) and that they ran.',
    ])
  })

  it('judges as coverage.py does when it goes by what is displayed', () => {
    const rounded = { totals: totals(896, 1000), gateOn: 'displayed' } as const
    expect(verdict({ minTotal: '90' }, rounded)).toMatchObject({
      gate: 'pass',
      checks: [{ actual: '90% as displayed, 89.6% (896 of 1000)', met: true }],
    })
    expect(messages(verdict({ minTotal: '90' }, { ...rounded, precision: 1 }))).toEqual([
      'Total coverage 89.6% (896 of 1000) is below min-total 90%. 4 more covered lines or branches are needed.',
    ])
    expect(messages(verdict({ minTotal: '90' }, { ...rounded, totals: totals(885, 1000) }))).toEqual([
      'Total coverage 88.5% (885 of 1000) is below min-total 90%. 10 more covered lines or branches are needed.',
    ])
  })

  it('needs all for 100 when it goes by what is displayed', () => {
    const almost = { totals: totals(9999, 10_000), gateOn: 'displayed' } as const
    expect(verdict({ minTotal: '100' }, almost).gate).toBe('fail')
  })

  const ratio = fc
    .tuple(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([valid, part]) => ({ covered: Math.round(valid * part), valid }))
  const threshold = fc
    .tuple(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 3 }))
    .map(([thousandths, digits]) => parsePercent((thousandths / 1000).toFixed(digits), 'min-total'))
  const judging = fc.record({
    gateOn: fc.constantFrom('exact' as const, 'displayed' as const),
    precision: fc.integer({ min: 0, max: 3 }),
  })

  it('asks for exactly as many more as are needed, either way of judging', () => {
    fc.assert(
      fc.property(ratio, threshold, judging, ({ covered, valid }, least, how) => {
        const passes = (other: typeof ratio extends fc.Arbitrary<infer R> ? R : never) =>
          reaches(other, least, how)
        const needed = missingFor({ covered, valid }, passes)
        expect(passes({ covered: covered + needed, valid })).toBe(true)
        if (needed > 0) expect(passes({ covered: covered + needed - 1, valid })).toBe(false)
      }),
    )
  })

  it('shows a number below the threshold if and only if it is below', () => {
    fc.assert(
      fc.property(ratio, threshold, ({ covered, valid }, least) => {
        const { gate, checks } = verdict({ minTotal: least.text }, { totals: totals(covered, valid) })
        const shown = Number(checks[0]?.actual.split('%')[0])
        expect(shown < Number(least.text)).toBe(gate === 'fail')
      }),
    )
  })
})
