import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import type { Outcome, Write } from './outcome.ts'

/** The changes as one unified diff, which `git apply` takes. */
export function diffOf(writes: readonly Write[]): string {
  return writes
    .map(({ path, before, after }) =>
      createTwoFilesPatch(
        before === undefined ? '/dev/null' : `a/${path}`,
        `b/${path}`,
        before ?? '',
        after,
        undefined,
        undefined,
        { context: 3, headerOptions: FILE_HEADERS_ONLY },
      ).trimEnd(),
    )
    .join('\n')
}

/** A line per file: what becomes of it, and why. */
export function reportOf(outcomes: readonly Outcome[]): string {
  const width = Math.max(...outcomes.map(({ path }) => path.length))
  return outcomes
    .map(outcome => `${wordFor(outcome).padEnd(7)} ${outcome.path.padEnd(width)}  ${outcome.why}`)
    .join('\n')
}

function wordFor(outcome: Outcome): string {
  if (outcome.kind !== 'write') return outcome.kind
  return outcome.before === undefined ? 'write' : 'change'
}
