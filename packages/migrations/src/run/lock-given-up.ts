import { MigrationError } from '../problem.ts'
import { positionAt } from '../sql/position.ts'
import { describeBlocker } from './blockers.ts'
import { seconds } from './duration.ts'
import { type FileFailure, rolledBack, rolledBackText, sqlState } from './failure.ts'
import type { LockWait } from './lock-wait.ts'
import type { Run } from './run.ts'

/** The error after the last try of a file whose locks could not be had; names the table and who is in the way. */
export async function lockGivenUp(
  run: Run,
  failure: FileFailure,
  { relation, blockers }: LockWait,
  tries: number,
): Promise<MigrationError> {
  if (sqlState(failure) !== '55P03') return rolledBack(run, failure)
  const { migration, statement } = failure
  const counted = `${tries} ${tries === 1 ? 'try' : 'tries'}`
  const blocked = blockers.length > 0 ? ` Blocked by ${blockers.map(describeBlocker).join(' and ')}.` : ''
  const within = seconds(run.options.lockTimeoutMs)
  return new MigrationError([
    {
      path: migration.path,
      ...(statement ? { position: positionAt(migration.text, statement.offset) } : {}),
      message: `could not lock ${relation ?? 'a row or table'} within ${within}, ${counted}.${blocked} ${await rolledBackText(run)}`,
    },
  ])
}
