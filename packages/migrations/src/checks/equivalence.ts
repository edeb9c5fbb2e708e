import { UserError } from '@tokenledger/kit'
import { diffSchemas } from '../schema/diff-schemas.ts'
import type { ToolKind } from '../tool.ts'
import { CannotRun } from './cannot-run.ts'
import type { CheckContext, CheckOutcome } from './check.ts'
import { freshSchema } from './scratch-apply.ts'

const SAID: Record<ToolKind, string> = {
  sql: 'the numbered SQL files',
  alembic: 'Alembic',
  command: "the project's command",
}

/** Both ways of a project to make its database make the same one. */
export async function equivalence(context: CheckContext): Promise<CheckOutcome> {
  const { tool, otherTool } = context
  if (!otherTool) throw new CannotRun('the project has not both numbered SQL files and Alembic')
  // Alembic may not be installed where the numbered files are all that the job needs.
  await otherTool.preflight().catch(error => {
    if (!(error instanceof UserError)) throw error
    throw new CannotRun(`${SAID[otherTool.kind]} cannot be run: ${error.message.replace(/\.$/, '')}`)
  })
  const [one, other] = [SAID[tool.kind], SAID[otherTool.kind]]
  const mine = await freshSchema(context, tool)
  const theirs = await freshSchema(context, otherTool)
  const result = diffSchemas(mine, theirs, { before: one, after: other })
  const { equal, onlyOrder, diff, added, removed } = result
  if (equal) {
    return { verdict: 'passed', message: `${upper(one)} and ${other} make the same schema.`, problems: [] }
  }
  if (onlyOrder) {
    const message = `${upper(one)} and ${other} make the same columns in another order.`
    return { verdict: 'warned', message, problems: [], diff }
  }
  return {
    verdict: 'failed',
    message: `${upper(one)} and ${other} make different schemas: +${added} −${removed} lines. Write a migration for the one that is behind.`,
    problems: [],
    diff,
  }
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
