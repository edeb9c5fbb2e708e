import type { GateCheck } from '../gate/verdict.ts'
import { ratioOf } from '../model/totals.ts'
import type { CoverageView } from './coverage-view.ts'
import { clip, plain } from './escape.ts'
import { percentText } from './percent-text.ts'

const SUBJECTS: Readonly<Record<GateCheck['gate'], string>> = {
  'min-total': 'total',
  'min-patch': 'changed lines',
  'min-file-patch': 'changed lines of a file',
  'max-drop': 'total against base',
}

/** What a heading says of a check at the most, in characters; the table has the rest. */
const LONGEST = 60

/** The heading: the verdict in words, with the numbers that it hangs on; at most 1000 bytes. */
export function verdictLine(view: CoverageView): string {
  const { verdict, errors } = view
  if (verdict.gate === 'fail') {
    const failed = verdict.checks.filter(({ met }) => !met).map(failedText)
    return `### ❌ Coverage gate failed${failed.length > 0 ? ` – ${failed.join('; ')}` : ''}`
  }
  const numbers = numbersText(view)
  const passed = verdict.gate === 'pass'
  if (errors.length > 0) {
    const problems = errors.length === 1 ? '1 problem' : `${errors.length} problems`
    return `### ❌ Coverage: ${problems}; ${passed ? 'the gate itself passed' : 'no gate was judged'} – ${numbers}`
  }
  if (passed) return `### ✅ Coverage gate passed – ${numbers}`
  return `### Coverage: ${numbers} (${verdict.checks.length > 0 ? 'nothing for the gate to measure' : 'no gate is set'})`
}

function failedText({ gate, actual, required }: GateCheck): string {
  const text = `${SUBJECTS[gate]}: ${plain(clip(actual, LONGEST))}, required ${requirement(required)}`
  // Each sign of a hostile file name takes seven bytes; the table has its clipped text.
  return Buffer.byteLength(text) <= 220 ? text : SUBJECTS[gate]
}

/** `>= 80%` as it is set in type. */
export function requirement(required: string): string {
  return plain(clip(required, LONGEST).replaceAll('>=', '≥').replaceAll('<=', '≤'))
}

function numbersText({ total, patch, precision }: CoverageView): string {
  const changed =
    patch.kind === 'measured' && patch.valid > 0 ? [`changed lines ${percentText(patch, precision)}`] : []
  return [`total ${percentText(ratioOf(total), precision)}`, ...changed].join(', ')
}
