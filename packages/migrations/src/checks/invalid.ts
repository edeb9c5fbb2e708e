import { describeInvalid, invalidIndexes, notValidConstraints } from '../run/invalid-indexes.ts'
import type { CheckContext, CheckOutcome } from './check.ts'

/** No index is invalid, which fails, and every constraint holds for all rows, else a warning. */
export async function invalid({ session }: CheckContext): Promise<CheckOutcome> {
  const indexes = await invalidIndexes(session.main)
  const constraints = await notValidConstraints(session.main)
  const messages = [
    ...indexes.map(index => describeInvalid(index, 'all migrations')),
    ...constraints.map(
      ({ constraint, table }) =>
        `Constraint ${constraint} on ${table} is NOT VALID: old rows may break it. ALTER TABLE ${table} VALIDATE CONSTRAINT ${constraint}; in a later migration.`,
    ),
  ]
  if (messages.length === 0) {
    return { verdict: 'passed', message: 'All indexes and constraints are valid.', problems: [] }
  }
  return {
    verdict: indexes.length > 0 ? 'failed' : 'warned',
    message: messages[0] ?? '',
    problems: messages.map(message => ({ message })),
  }
}
