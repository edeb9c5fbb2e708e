import { styleText } from 'node:util'
import { placeOf } from './progress.ts'
import type { JobVerdict } from './record/verdict.ts'

/**
 * What jobs warned about, each warning once with the jobs that gave it, since a passing job's output is not shown.
 * Empty when there was none.
 */
export function closingWarnings(verdicts: readonly JobVerdict[]): string[] {
  const jobsByWarning = new Map<string, Set<string>>()
  for (const { name, run } of verdicts) {
    for (const annotation of run?.annotations ?? []) {
      if (annotation.level !== 'warning') continue
      const text = `${placeOf(annotation)}${annotation.message.split('\n')[0]}`
      jobsByWarning.set(text, (jobsByWarning.get(text) ?? new Set()).add(name))
    }
  }
  return [...jobsByWarning].map(
    ([text, jobs]) => `${styleText('yellow', '!')} ${text} ${styleText('dim', `(${[...jobs].join(', ')})`)}`,
  )
}
