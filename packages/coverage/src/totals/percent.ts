import { ratioOf, type Totals } from '../model/totals.ts'

/**
 * The percentage that `coverage report` and `coverage json` have for these totals, in 0..100, bit for bit: executed statements
 * and taken exits of all of both, and 100 when there are none (coverage/results.py, `Numbers.pc_covered`).
 */
export function percentOf(totals: Totals): number {
  const { covered, valid } = ratioOf(totals)
  return valid > 0 ? (100 * covered) / valid : 100
}

/**
 * A percentage as `coverage report` prints it, without the sign, with `precision` digits (`[tool.coverage.report]
 * precision`; its default is 0). As there, `0` and `100` are kept for exactly nothing and exactly everything
 * (coverage/results.py, `display_covered`).
 */
export function displayPercent(percent: number, precision: number): string {
  const nearest = 1 / 10 ** precision
  if (percent > 0 && percent < nearest) return nearest.toFixed(precision)
  if (percent > 100 - nearest && percent < 100) return (100 - nearest).toFixed(precision)
  return roundHalfEven(percent, precision)
}

/** Digits that show any percentage exactly: one that is a ratio of counts needs fewer. */
const EXACT = 100

/**
 * Rounds to `digits` decimals as Python's `round` does: on the exact binary value, a tie to the even digit. `toFixed` is
 * exact as well, but takes ties upwards.
 */
export function roundHalfEven(value: number, digits: number): string {
  const up = value.toFixed(digits)
  const exact = value.toFixed(EXACT)
  const end = exact.indexOf('.') + 1 + digits
  if (!/^50*$/.test(exact.slice(end))) return up
  const down = exact.slice(0, digits === 0 ? end - 1 : end)
  return Number(down.at(-1)) % 2 === 0 ? down : up
}
