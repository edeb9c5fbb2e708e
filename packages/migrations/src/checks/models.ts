import { CannotRun } from './cannot-run.ts'
import type { CheckContext, CheckOutcome } from './check.ts'

/** The models of the project describe the database that the migrations make. */
export async function models({ tool, session }: CheckContext): Promise<CheckOutcome> {
  if (!tool.models) throw new CannotRun('numbered SQL files have no models to compare with')
  const drift = await tool.models(session)
  if (drift.verdict === 'skipped') throw new CannotRun(drift.reason)
  if (drift.verdict === 'same') {
    return { verdict: 'passed', message: 'Models and database agree.', problems: [] }
  }
  const count = drift.problems.length
  return {
    verdict: 'failed',
    message: `Models and database differ in ${count} ${count === 1 ? 'place' : 'places'}.`,
    problems: drift.problems,
  }
}
