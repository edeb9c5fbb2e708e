import { styleText } from 'node:util'
import { isGood, type JobVerdict } from './record/verdict.ts'

/** The closing table: job, result, seconds, and the reason where a job did not run. */
export function closingTable(verdicts: readonly JobVerdict[]): string {
  const width = Math.max(3, ...verdicts.map(({ name }) => name.length))
  const header = `${'job'.padEnd(width)}  ${'result'.padEnd(15)} seconds`
  const lines = verdicts.map(verdict => {
    const { name, outcome } = verdict
    const colour = isGood(outcome) ? (outcome.kind === 'success' ? 'green' : 'yellow') : 'red'
    const reason = 'reason' in outcome ? `  ${outcome.reason}` : ''
    const result = styleText(colour, outcome.kind.padEnd(15))
    return `${name.padEnd(width)}  ${result} ${secondsOf(verdict).padStart(7)}${reason}`.trimEnd()
  })
  return [header, '-'.repeat(header.length), ...lines].join('\n')
}

/** Seconds that a job took, with one decimal; empty for one that did not finish. */
export function secondsOf({ run }: JobVerdict): string {
  return run?.end.kind === 'finished' ? run.end.seconds.toFixed(1) : ''
}

/** The verdict on `what` in one sentence. */
export function verdictSentence(verdicts: readonly JobVerdict[], seconds: number, what = 'CI'): string {
  const bad = verdicts.filter(({ outcome }) => !isGood(outcome))
  const time = `in ${seconds.toFixed(0)} s`
  if (bad.length > 0) return `${what} failed ${time}: ${bad.map(({ name }) => name).join(', ')}`
  const skipped = verdicts.filter(({ outcome }) => outcome.kind === 'skipped').length
  const rest = skipped > 0 ? `, ${skipped} skipped` : ''
  const ran = verdicts.length - skipped
  return `${what} passed ${time}: ${ran} ${ran === 1 ? 'job' : 'jobs'}${rest}`
}
