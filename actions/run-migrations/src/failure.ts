import { messageOf, UserError } from '@tokenledger/kit'
import { MigrationError } from '@tokenledger/migrations'
import type { Failure, Findings } from './findings.ts'
import { presentable } from './row-values.ts'
import { GivenUp } from './signals.ts'

/** What a run that threw has to say; the places of a MigrationError stay apart from each other. */
export function failureOf(error: unknown, findings: Findings): Failure {
  const { applied, cancelled } = findings
  const problems = presentable(findings, error instanceof MigrationError ? error.problems : [])
  const message = error instanceof UserError ? error.message : messageOf(error)
  if (!cancelled || message.includes('Cancelled')) return { message, problems }
  const where = applied.length > 0 ? `Database is at ${applied.at(-1)?.version}.` : 'Nothing was applied.'
  const ending = error instanceof GivenUp ? ' The server may need some seconds to notice.' : ''
  return { message: `Cancelled: the job was cancelled. ${where}${ending}`, problems: [] }
}
