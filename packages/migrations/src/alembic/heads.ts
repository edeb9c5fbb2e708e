import type { Problem } from '../problem.ts'
import type { Revision } from './revisions.ts'

/** Several heads, duplicate ids and missing parents; empty when the history is one line that ends in one head. */
export function headProblems(_revisions: readonly Revision[]): Problem[] {
  throw new Error('not built yet')
}
