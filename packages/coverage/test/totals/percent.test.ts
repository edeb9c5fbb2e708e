import { describe, expect, it } from '@jest/globals'
import { displayPercent, percentOf } from '../../src/totals/percent.ts'

describe('a percentage of totals', () => {
  it('is of statements and exits together', () => {
    expect(percentOf({ statements: 4, executed: 3, exits: 2, taken: 1 })).toBe(400 / 6)
  })

  it('is 100 for nothing', () => {
    expect(percentOf({ statements: 0, executed: 0, exits: 0, taken: 0 })).toBe(100)
  })
})

describe('a percentage as it is displayed', () => {
  it.each([
    [62.5, 0, '62'],
    [63.5, 0, '64'],
    [78.125, 2, '78.12'],
    [78.375, 2, '78.38'],
    [66.66666666666667, 0, '67'],
    [66.66666666666667, 2, '66.67'],
    [0.5, 0, '1'],
    [0.05, 1, '0.1'],
    [0.004, 2, '0.01'],
    [99.5, 0, '99'],
    [99.9995, 2, '99.99'],
    [0, 2, '0.00'],
    [100, 0, '100'],
    [100, 3, '100.000'],
  ])('%d with %d decimals is %s', (percent, precision, text) => {
    expect(displayPercent(percent, precision)).toBe(text)
  })
})
