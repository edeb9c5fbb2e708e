import { diffSchemas } from '../schema/diff-schemas.ts'
import { objectsOf } from '../schema/schema-objects.ts'
import { CannotRun } from './cannot-run.ts'
import type { CheckContext, CheckOutcome } from './check.ts'
import { schemaOf, scratchOptions } from './scratch-apply.ts'
import { withScratchDatabase } from './scratch-database.ts'

const MOST_NAMED = 5

/** On a scratch database: everything can be reverted, nothing is left then, and what is built again is the same. */
export async function upDownUp(context: CheckContext): Promise<CheckOutcome> {
  const { tool } = context
  if (!tool.down) throw new CannotRun(`${NOT_BACK[tool.kind]} cannot be reverted`)
  const down = tool.down.bind(tool)
  return withScratchDatabase(context, async session => {
    const options = scratchOptions(context)
    const empty = await schemaOf(context, session)
    await tool.apply(session, options)
    const first = await schemaOf(context, session)
    await down(session, options)
    const reverted = await schemaOf(context, session)
    const known = new Set(objectsOf(empty.text))
    const left = objectsOf(reverted.text).filter(name => !known.has(name))
    if (reverted.text !== empty.text) return leftOver(left, diffSchemas(empty, reverted, AFTER_DOWN).diff)
    await tool.apply(session, options)
    const { equal, onlyOrder, diff } = diffSchemas(first, await schemaOf(context, session), {
      before: 'after up',
      after: 'after up, down, up',
    })
    if (equal) return { verdict: 'passed', message: 'Up, down, up gives the same schema.', problems: [] }
    return {
      verdict: onlyOrder ? 'warned' : 'failed',
      message: `Up, down, up gives ${onlyOrder ? 'the same columns in another order' : 'another schema than up alone'}.`,
      problems: [],
      diff,
    }
  })
}

const NOT_BACK = { sql: 'numbered SQL files', command: "a command of the project's own", alembic: 'these' }
const AFTER_DOWN = { before: 'before up', after: 'after down' }

function leftOver(left: readonly string[], diff: string): CheckOutcome {
  const named = left.slice(0, MOST_NAMED).join(', ')
  const more = left.length > MOST_NAMED ? ` and ${left.length - MOST_NAMED} more` : ''
  const what = left.length > 0 ? `leaves ${named}${more}` : 'does not restore what was there before'
  return {
    verdict: 'failed',
    message: `Reverting everything ${what}. Undo it in the downgrade of the migration that made it.`,
    problems: [],
    diff,
  }
}
