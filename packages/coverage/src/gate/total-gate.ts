import { ratioOf, type Totals } from '../model/totals.ts'
import { displayPercent } from '../totals/percent.ts'
import { cannotMeasure, type Outcome } from './outcome.ts'
import type { Percentage } from './percentage.ts'
import {
  type Judging,
  missingFor,
  percentOfRatio,
  printsAtLeast,
  type Ratio,
  reaches,
  shown,
} from './ratio.ts'

/** `min-total`: the whole. Nothing measured fails, where coverage.py calls it 100 %: a test step that measured nothing is broken. */
export function judgeTotal(totals: Totals, threshold: Percentage, judging: Judging): Outcome {
  const gate = 'min-total'
  const required = `>= ${threshold.text}%`
  const ratio = ratioOf(totals)
  if (ratio.valid === 0) return cannotMeasure(gate, required, NO_STATEMENTS, MEASURE_SOMETHING)
  const met = reaches(ratio, threshold, judging)
  const check = { gate, required, actual: actual(ratio, threshold, judging), met } as const
  if (met) return { check, failures: [] }
  const parts = [
    prints(ratio, threshold, judging),
    neededText(ratio, other => reaches(other, threshold, judging)),
  ]
  const message = `Total coverage ${shown(ratio, threshold, judging.precision)} is below min-total ${threshold.text}%. ${parts.join('')}`
  return { check, failures: [{ gate, message }] }
}

export const NO_STATEMENTS = 'the reports hold no statements'
export const MEASURE_SOMETHING = 'Check what the tests measure ([run] source, --cov) and that they ran.'

/** What is held against a threshold, as a table has it. */
export function actual(ratio: Ratio, threshold: Percentage, { gateOn, precision }: Judging): string {
  const exact = shown(ratio, threshold, precision)
  if (gateOn === 'exact') return exact
  return `${displayPercent(percentOfRatio(ratio), precision)}% as displayed, ${exact}`
}

/** `4 more covered lines or branches are needed.` */
export function neededText(ratio: Ratio, passes: (ratio: Ratio) => boolean): string {
  const needed = missingFor(ratio, passes)
  return needed === 1
    ? '1 more covered line or branch is needed.'
    : `${needed} more covered lines or branches are needed.`
}

/** Precision of `coverage report` when none is set. */
const DEFAULT_PRECISION = 0

/** Why a total fails that people see reach the threshold. Exact gates only: the other kind goes by what is printed. */
function prints(ratio: Ratio, threshold: Percentage, { gateOn, precision }: Judging): string {
  if (gateOn === 'displayed') return ''
  for (const digits of new Set([precision, DEFAULT_PRECISION])) {
    const printed = displayPercent(percentOfRatio(ratio), digits)
    if (!printsAtLeast(printed, threshold)) continue
    const at = digits === DEFAULT_PRECISION && precision === digits ? '' : ` at precision ${digits}`
    return `"coverage report" prints ${printed}%${at} because it rounds; `
  }
  return ''
}
