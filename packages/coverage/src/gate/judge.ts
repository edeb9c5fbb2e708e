import type { Totals } from '../model/totals.ts'
import { type Base, judgeDrop } from './drop-gate.ts'
import type { Outcome } from './outcome.ts'
import { judgeFilePatches, judgePatch, type Patch } from './patch-gate.ts'
import type { Percentage } from './percentage.ts'
import type { Judging } from './ratio.ts'
import { judgeTotal } from './total-gate.ts'
import type { Verdict } from './verdict.ts'

/** The gates that were asked for. */
export interface Gates {
  readonly minTotal?: Percentage
  readonly minPatch?: Percentage
  readonly minFilePatch?: Percentage
  /** In percentage points. */
  readonly maxDrop?: Percentage
}

export interface Judged extends Judging {
  readonly totals: Totals
  /** Undefined when there should be a base report and there is none. */
  readonly base?: Base
  /** Undefined when the changed lines should be known and are not. */
  readonly patch?: Patch
  readonly gates: Gates
}

/**
 * Judges all gates that were asked for, so that every reason is told at once. A gate that cannot be judged fails, except
 * where nothing is there to measure by the nature of the run or the change: that is `not-applicable`, and its check says why.
 */
export function judge(judged: Judged): Verdict {
  const outcomes = outcomesOf(judged)
  const checks = outcomes.map(({ check }) => check)
  const failures = outcomes.flatMap(outcome => outcome.failures)
  if (failures.length > 0) return { gate: 'fail', checks, failures }
  const measured = checks.some(({ nothingToMeasure }) => !nothingToMeasure)
  return { gate: measured ? 'pass' : 'not-applicable', checks, failures }
}

function outcomesOf({ totals, base, patch, gates, gateOn, precision }: Judged): Outcome[] {
  const { minTotal, minPatch, minFilePatch, maxDrop } = gates
  const judging = { gateOn, precision }
  const outcomes: Outcome[] = []
  if (minTotal) outcomes.push(judgeTotal(totals, minTotal, judging))
  if (minPatch) outcomes.push(judgePatch(patch, minPatch, judging))
  if (minFilePatch) outcomes.push(judgeFilePatches(patch, minFilePatch, judging))
  if (maxDrop) outcomes.push(judgeDrop(totals, base, maxDrop, judging))
  return outcomes
}
