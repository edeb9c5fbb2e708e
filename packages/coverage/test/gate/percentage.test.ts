import { describe, expect, it } from '@jest/globals'
import { UserError } from '@tokenledger/kit'
import { parsePercent } from '../../src/gate/percentage.ts'

describe('a threshold', () => {
  it.each([
    ['90', '90', 90n, 1n],
    ['89.996', '89.996', 89996n, 1000n],
    [' 90.50 % ', '90.5', 905n, 10n],
    ['007', '7', 7n, 1n],
    ['100.000', '100', 100n, 1n],
    ['0', '0', 0n, 1n],
    ['33.333333333333333333333', '33.333333333333333333333', 33333333333333333333333n, 10n ** 21n],
  ])('%j is kept exactly', (typed, text, numerator, denominator) => {
    expect(parsePercent(typed, 'min-total')).toMatchObject({ text, numerator, denominator })
  })

  it.each(['abc', '', '101', '100.0001', '-1', '1e1', '0x10', '90,5', '.5', '5.', 'NaN', '90%%'])(
    '%j is refused',
    typed => {
      const parse = () => parsePercent(typed, 'min-patch')
      expect(parse).toThrow(UserError)
      expect(parse).toThrow(
        `min-patch is "${typed}", which is no percentage. Give a number from 0 to 100, such as 90 or 89.5.`,
      )
    },
  )
})
