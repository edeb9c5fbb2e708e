import { ratioOf, type Totals } from '../model/totals.ts'
import { displayPercent, roundHalfEven } from '../totals/percent.ts'
import {
  cannotMeasure,
  isNotApplicable,
  type NotApplicable,
  nothingToMeasure,
  type Outcome,
} from './outcome.ts'
import type { Percentage } from './percentage.ts'
import {
  counts,
  type Judging,
  percentOfRatio,
  type Ratio,
  rationalOf,
  USUAL_DECIMALS,
  withoutZeros,
} from './ratio.ts'
import { MEASURE_SOMETHING, NO_STATEMENTS, neededText } from './total-gate.ts'

/** Totals of the base report, or why a run has none. */
export type Base = Totals | NotApplicable

/**
 * `max-drop`: how many percentage points the total may be below that of the base report. No base at all fails: the gate was
 * asked for, and an absent file must not turn it off. A caller that knows why a run has no base says so (`NotApplicable`).
 */
export function judgeDrop(
  totals: Totals,
  base: Base | undefined,
  allowed: Percentage,
  judging: Judging,
): Outcome {
  const gate = 'max-drop'
  const required = `drop <= ${allowed.text}%`
  if (!base) {
    return cannotMeasure(
      gate,
      required,
      'there is no base report',
      'Set base-report:, or leave max-drop out.',
    )
  }
  if (isNotApplicable(base)) return nothingToMeasure(gate, required, base.notApplicable)
  const [before, now] = [ratioOf(base), ratioOf(totals)]
  if (now.valid === 0) return cannotMeasure(gate, required, NO_STATEMENTS, MEASURE_SOMETHING)
  if (before.valid === 0) {
    return cannotMeasure(
      gate,
      required,
      'the base report holds no statements',
      'Give one that does as base-report:.',
    )
  }
  const allows = (ratio: Ratio) => isWithin(dropOf(before, ratio, allowed, judging), allowed)
  const met = allows(now)
  const digits = digitsToShow(dropOf(before, now, allowed, judging), allowed, judging)
  const [from, to] = [before, now].map(ratio => side(ratio, digits))
  const points = decimal(dropOf(before, now, allowed, judging), digits)
  const check = { gate, required, actual: `drop of ${points} points: ${to}, before ${from}`, met } as const
  if (met) return { check, failures: [] }
  const message = `Total coverage fell from ${from} to ${to}. The drop of ${points} percentage points is more than max-drop ${allowed.text}%. ${neededText(now, allows)}`
  return { check, failures: [{ gate, message }] }
}

/** A number of percentage points, negative for a rise. */
interface Points {
  readonly numerator: bigint
  readonly denominator: bigint
}

function dropOf(before: Ratio, now: Ratio, allowed: Percentage, { gateOn, precision }: Judging): Points {
  if (gateOn === 'exact') return exactDrop(before, now)
  const digits = Math.max(precision, allowed.decimals)
  const [from, denominator] = rationalOf(roundHalfEven(percentOfRatio(before), digits))
  const [to] = rationalOf(roundHalfEven(percentOfRatio(now), digits))
  return { numerator: from - to, denominator }
}

function exactDrop(before: Ratio, now: Ratio): Points {
  const [validBefore, validNow] = [BigInt(before.valid), BigInt(now.valid)]
  const fewer = BigInt(before.covered) * validNow - BigInt(now.covered) * validBefore
  return { numerator: 100n * fewer, denominator: validBefore * validNow }
}

function isWithin(drop: Points, allowed: Percentage): boolean {
  return drop.numerator * allowed.denominator <= allowed.numerator * drop.denominator
}

/** More than a drop needs to be told from a threshold of the usual kind. */
const MOST_DECIMALS = 20

/** As many as it takes to see that a drop is more than what is allowed; those that are displayed where these decide. */
function digitsToShow(drop: Points, allowed: Percentage, { gateOn, precision }: Judging): number {
  if (gateOn === 'displayed') return Math.max(precision, allowed.decimals)
  let digits = Math.max(precision, USUAL_DECIMALS, allowed.decimals)
  if (isWithin(drop, allowed)) return digits
  const looksWithin = () => {
    const [numerator, denominator] = rationalOf(decimal(drop, digits))
    return isWithin({ numerator, denominator }, allowed)
  }
  while (digits < MOST_DECIMALS && looksWithin()) digits++
  return digits
}

/** `91.2% (912 of 1000)`. */
function side(ratio: Ratio, digits: number): string {
  return `${withoutZeros(displayPercent(percentOfRatio(ratio), digits))}% ${counts(ratio)}`
}

/** With so many decimals, a half away from 0. */
function decimal({ numerator, denominator }: Points, digits: number): string {
  const scaled = abs(numerator) * 10n ** BigInt(digits)
  const rounded = (2n * scaled + denominator) / (2n * denominator)
  const text = withoutZeros(pointed(rounded, digits))
  return numerator < 0n && rounded > 0n ? `-${text}` : text
}

function pointed(scaled: bigint, digits: number): string {
  if (digits === 0) return String(scaled)
  const padded = String(scaled).padStart(digits + 1, '0')
  return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value
}
