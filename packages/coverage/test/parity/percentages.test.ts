import { beforeAll, describe, expect, it } from '@jest/globals'
import { parsePercent } from '../../src/gate/percentage.ts'
import { reaches } from '../../src/gate/ratio.ts'
import { displayPercent, percentOf } from '../../src/totals/percent.ts'
import { askCoveragePy } from './coverage-py.ts'

interface Said {
  displayed: [covered: number, valid: number, precision: number, percent: number, text: string][]
  failing: [covered: number, valid: number, precision: number, threshold: string, fails: boolean][]
}

const COUNT = 150_000
let said: Said

beforeAll(() => {
  said = askCoveragePy<Said>('percentages.py', '4', String(COUNT))
})

describe('numbers as coverage.py has them', () => {
  it('computes the same percentage, bit for bit', () => {
    const other = said.displayed.filter(([covered, valid, , percent]) => {
      return percentOf({ statements: valid, executed: covered, exits: 0, taken: 0 }) !== percent
    })
    expect(other).toEqual([])
  })

  it('prints the same digits at every precision', () => {
    expect(said.displayed).toHaveLength(COUNT)
    const other = said.displayed.filter(([, , precision, percent, text]) => {
      return displayPercent(percent, precision) !== text
    })
    expect(other).toEqual([])
  })

  it('judges what is displayed as its fail_under does', () => {
    const other = said.failing.filter(([covered, valid, precision, threshold, fails]) => {
      const judging = { gateOn: 'displayed', precision } as const
      return reaches({ covered, valid }, parsePercent(threshold, 'min-total'), judging) === fails
    })
    expect(other).toEqual([])
  })

  it('is asked about both sides of the thresholds and about ties', () => {
    const failing = said.failing.filter(([, , , , fails]) => fails).length
    expect(failing).toBeGreaterThan(said.failing.length / 5)
    expect(failing).toBeLessThan((said.failing.length * 4) / 5)
    const ties = said.displayed.filter(([, , precision, percent]) => {
      return /^50*$/.test(percent.toFixed(60).split('.')[1]?.slice(precision) ?? '')
    })
    expect(ties.length).toBeGreaterThan(500)
  })
})
