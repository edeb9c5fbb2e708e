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
import { decimal, isWithin, type Points } from './points.ts'
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
  const message = `Total coverage fell from ${from} to ${to}. The drop of ${points} percentage ${points === '1' ? 'point' : 'points'} is more than max-drop ${allowed.text}%. ${neededText(now, allows)}`
  return { check, failures: [{ gate, message }] }
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
