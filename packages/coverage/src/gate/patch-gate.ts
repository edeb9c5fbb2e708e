import type { PatchCoverage, PatchFile } from '../patch/patch-coverage.ts'
import {
  cannotMeasure,
  isNotApplicable,
  type NotApplicable,
  nothingToMeasure,
  type Outcome,
} from './outcome.ts'
import type { Percentage } from './percentage.ts'
import { type Judging, missingFor, type Ratio, reaches, shown } from './ratio.ts'
import { actual } from './total-gate.ts'
import { uncoveredText } from './uncovered-text.ts'

/** Changed lines, or why a run has none to compare. */
export type Patch = PatchCoverage | NotApplicable

/** `min-patch`: all changed statements together. A change without any has nothing to measure, which passes and is said. */
export function judgePatch(patch: Patch | undefined, threshold: Percentage, judging: Judging): Outcome {
  const gate = 'min-patch'
  const required = `>= ${threshold.text}%`
  const changes = measuredChanges(gate, required, patch)
  if ('check' in changes) return changes
  const { files, ...ratio } = changes
  const met = reaches(ratio, threshold, judging)
  const check = { gate, required, actual: actual(ratio, threshold, judging), met } as const
  if (met) return { check, failures: [] }
  const message = `Changed lines: ${below(ratio, files, gate, threshold, judging)}`
  return { check, failures: [{ gate, message }] }
}

/** `min-file-patch`: the changed statements of each file; one failure for each file that is below. */
export function judgeFilePatches(patch: Patch | undefined, threshold: Percentage, judging: Judging): Outcome {
  const gate = 'min-file-patch'
  const required = `>= ${threshold.text}% in each file`
  const changes = measuredChanges(gate, required, patch)
  if ('check' in changes) return changes
  const files = changes.files.filter(({ valid }) => valid > 0)
  const failing = files.filter(file => !reaches(file, threshold, judging))
  const lowest = files.reduce((a, b) => (b.covered * a.valid < a.covered * b.valid ? b : a))
  const check = {
    gate,
    required,
    actual: `${actual(lowest, threshold, judging)} in ${lowest.path}, the lowest of ${files.length}`,
    met: failing.length === 0,
  } as const
  const failures = failing.map(file => {
    return {
      gate,
      message: `Changed lines of ${file.path}: ${below(file, [file], gate, threshold, judging)}`,
    } as const
  })
  return { check, failures }
}

/** The changes with at least one measured statement, or what is to be said in their place. */
function measuredChanges(
  gate: 'min-patch' | 'min-file-patch',
  required: string,
  patch: Patch | undefined,
): PatchCoverage | Outcome {
  if (!patch) {
    const remedy = `Run it on a pull request or a push, or leave ${gate} out.`
    return cannotMeasure(gate, required, 'the changed lines of this run are not known', remedy)
  }
  if (isNotApplicable(patch)) return nothingToMeasure(gate, required, patch.notApplicable)
  if (patch.valid === 0) return nothingToMeasure(gate, required, 'no changed line is a measured statement')
  return patch
}

/** `71.43% (5 of 7) is below min-patch 80%. Not covered: a.py 41, 58→exit. Cover at least 1 more.` */
function below(
  { covered, valid }: Ratio,
  files: readonly PatchFile[],
  gate: string,
  threshold: Percentage,
  judging: Judging,
): string {
  const ratio = { covered, valid }
  const needed = missingFor(ratio, other => reaches(other, threshold, judging))
  return `${shown(ratio, threshold, judging.precision)} is below ${gate} ${threshold.text}%. Not covered: ${uncoveredText(files)}. Cover at least ${needed} more.`
}
