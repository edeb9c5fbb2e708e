import { percentOfRatio, type Ratio } from '../gate/ratio.ts'
import { ratioOf, type Totals } from '../model/totals.ts'
import { displayPercent, percentOf, roundHalfEven } from '../totals/percent.ts'

/** `71.43%`. Nothing to measure counts as 100%, as in coverage.py. */
export function percentText(ratio: Ratio, precision: number): string {
  return `${displayPercent(fullWhenEmpty(ratio), precision)}%`
}

/** Ten cells; one is full as soon as something is covered, and all are for 100% alone. */
export function bar(ratio: Ratio): string {
  const percent = fullWhenEmpty(ratio)
  const full = percent > 0 ? Math.max(1, Math.floor(percent / 10)) : 0
  return '▰'.repeat(full) + '▱'.repeat(10 - full)
}

function fullWhenEmpty(ratio: Ratio): number {
  return ratio.valid > 0 ? percentOfRatio(ratio) : 100
}

/** The way from `base` to `total` in points of percent: `+0.30`, `−1.25`, `+less than 0.01`, `unchanged`. */
export function differenceText(base: Totals, total: Totals, precision: number): string {
  const difference = percentOf(total) - percentOf(base)
  if (difference === 0 || isSameRatio(ratioOf(base), ratioOf(total))) return 'unchanged'
  const sign = difference > 0 ? '+' : '−'
  const digits = roundHalfEven(Math.abs(difference), precision)
  return Number(digits) === 0 ? `${sign}less than ${(1 / 10 ** precision).toFixed(precision)}` : sign + digits
}

/** By integers: 1 of 3 and 2 of 6 can be two floats. */
function isSameRatio(a: Ratio, b: Ratio): boolean {
  return (
    a.valid > 0 && b.valid > 0 && BigInt(a.covered) * BigInt(b.valid) === BigInt(b.covered) * BigInt(a.valid)
  )
}
