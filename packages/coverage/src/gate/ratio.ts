import { roundHalfEven } from '../totals/percent.ts'
import type { Percentage } from './percentage.ts'

/** So many covered of so many. */
export interface Ratio {
  readonly covered: number
  readonly valid: number
}

/** How a ratio is held against a threshold. */
export interface Judging {
  /** `exact` compares the integers; `displayed` what coverage.py's own fail_under does, which rounds before. */
  readonly gateOn: 'exact' | 'displayed'
  /** Decimals that are displayed, coverage.py's `precision`. */
  readonly precision: number
}

/** Whether a ratio, of at least one, is no less than a threshold. */
export function reaches(ratio: Ratio, threshold: Percentage, { gateOn, precision }: Judging): boolean {
  if (gateOn === 'exact') return isAtLeast(100n * BigInt(ratio.covered), BigInt(ratio.valid), threshold)
  return !failsUnder(ratio, threshold, precision)
}

/**
 * coverage.py's `should_fail_under` (coverage/results.py, 7.17): 100 is reached by 100 alone; otherwise the percentage is
 * rounded to `precision` digits, or to as many as the threshold has when these are more.
 */
function failsUnder({ covered, valid }: Ratio, threshold: Percentage, precision: number): boolean {
  if (threshold.numerator === 100n && threshold.denominator === 1n) return covered !== valid
  const digits = Math.max(precision, threshold.decimals)
  return !printsAtLeast(roundHalfEven(percentOfRatio({ covered, valid }), digits), threshold)
}

/** How many more have to be covered until `passes`, which holds for all when it holds for fewer. */
export function missingFor({ covered, valid }: Ratio, passes: (ratio: Ratio) => boolean): number {
  let [low, high] = [covered, valid]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (passes({ covered: middle, valid })) high = middle
    else low = middle + 1
  }
  return low - covered
}

/** Decimals that people are shown at least: `71.43%`. */
export const USUAL_DECIMALS = 2

/** More than a ratio of counts needs to differ from a threshold of the usual kind. */
const MOST_DECIMALS = 20

/**
 * A ratio as `89.996% (89996 of 100000)`, with as many decimals as it takes to be on the side of the threshold where it is, and
 * to be 0 and 100 for nothing and everything only.
 */
export function shown(ratio: Ratio, threshold: Percentage, precision: number): string {
  const isBelow = !reaches(ratio, threshold, { gateOn: 'exact', precision })
  const misleads = (text: string) => {
    const [isAll, isNone] = [Number(text) === 100, Number(text) === 0]
    const isWrongEnd = (isAll && ratio.covered < ratio.valid) || (isNone && ratio.covered > 0)
    return isWrongEnd || (isBelow && printsAtLeast(text, threshold))
  }
  let digits = Math.max(precision, USUAL_DECIMALS, threshold.decimals)
  let text = roundHalfEven(percentOfRatio(ratio), digits)
  while (misleads(text) && digits < MOST_DECIMALS) text = roundHalfEven(percentOfRatio(ratio), ++digits)
  return `${withoutZeros(text)}% ${counts(ratio)}`
}

export function counts({ covered, valid }: Ratio): string {
  return `(${covered} of ${valid})`
}

/** Of a ratio of at least one, as coverage.py computes it. */
export function percentOfRatio({ covered, valid }: Ratio): number {
  return (100 * covered) / valid
}

/** Whether a printed number is no less than a threshold. */
export function printsAtLeast(printed: string, threshold: Percentage): boolean {
  return isAtLeast(...rationalOf(printed), threshold)
}

/** `numerator / denominator >= threshold`, in percent. */
function isAtLeast(numerator: bigint, denominator: bigint, threshold: Percentage): boolean {
  return numerator * threshold.denominator >= threshold.numerator * denominator
}

export function rationalOf(decimal: string): [numerator: bigint, denominator: bigint] {
  const [whole = '0', fraction = ''] = decimal.split('.')
  return [BigInt(whole + fraction), 10n ** BigInt(fraction.length)]
}

/** `90.50` as `90.5`. */
export function withoutZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
}
