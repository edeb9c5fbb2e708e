import { diffSchemas } from '../schema/diff-schemas.ts'
import { CannotRun } from './cannot-run.ts'
import type { CheckContext, CheckOutcome } from './check.ts'
import { schemaOf } from './scratch-apply.ts'

/** A second run applies nothing and changes nothing. */
export async function twice(context: CheckContext): Promise<CheckOutcome> {
  const { session, tool, options } = context
  const { pending, knowsPending } = await tool.state(session)
  if (knowsPending && pending.length > 0 && !options.to) {
    throw new CannotRun(
      `${pending.length} migrations are still to be applied, and this check must not do that`,
    )
  }
  const before = await schemaOf(context, session)
  const again: string[] = []
  await tool.apply(session, {
    ...options,
    measure: 'files',
    say: () => undefined,
    onApplied: ({ name, statements }) => {
      // A command reports that it ran, not that it changed something.
      if (tool.kind !== 'command') again.push(`${name} (${statements} statements)`)
    },
  })
  const { equal, diff } = diffSchemas(before, await schemaOf(context, session), {
    before: 'after the first run',
    after: 'after the second run',
  })
  if (again.length === 0 && equal) {
    return { verdict: 'passed', message: 'A second run applied nothing and changed nothing.', problems: [] }
  }
  const what = again.length > 0 ? `applied ${again.join(', ')} again` : 'changed the schema'
  return {
    verdict: 'failed',
    message: `A second run ${what}. Migrations must run once; make the record agree with what was run.`,
    problems: [],
    ...(equal ? {} : { diff }),
  }
}
