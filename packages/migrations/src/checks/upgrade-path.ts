import { UserError } from '@tokenledger/kit'
import type { Session } from '../database/session.ts'
import { MigrationError } from '../problem.ts'
import { diffSchemas } from '../schema/diff-schemas.ts'
import type { Schema } from '../schema/read-schema.ts'
import type { MigrationTool } from '../tool.ts'
import { CannotRun } from './cannot-run.ts'
import type { CheckContext, CheckOutcome } from './check.ts'
import { withOldCheckout } from './old-checkout.ts'
import { freshSchema, schemaOf, scratchOptions } from './scratch-apply.ts'
import { withScratchDatabase } from './scratch-database.ts'
import { type UpgradeBase, upgradeBase } from './upgrade-base.ts'

/**
 * Who upgrades from the last release gets the schema of a fresh installation. It catches an edited old file, which no
 * checksum shows on the empty database of CI.
 */
export async function upgradePath(context: CheckContext): Promise<CheckOutcome> {
  const { tool } = context
  if (tool.kind === 'command') {
    throw new CannotRun('the command of an old release would need the old package installed')
  }
  const base = await upgradeBase(context)
  return withOldCheckout(context, base, root => {
    const old = tool.at(root)
    return withScratchDatabase(context, async session => {
      await applyOld(old, session, context, base)
      const before = await schemaOf(context, session)
      try {
        await tool.apply(session, scratchOptions(context))
      } catch (error) {
        if (!(error instanceof MigrationError)) throw error
        const { current } = await old.state(session)
        return contradiction(error, base, await editedDiff(context, before, current))
      }
      return verdict(base, await freshSchema(context, tool), await schemaOf(context, session))
    })
  })
}

/** What the old release cannot do is no failure of the new one. */
async function applyOld(old: MigrationTool, session: Session, context: CheckContext, base: UpgradeBase) {
  try {
    await old.preflight()
    await old.apply(session, scratchOptions(context))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new CannotRun(`the migrations of ${base.name} cannot be applied: ${error.message}`)
  }
}

/** What an edit of the old files changed: the old set as it was against the present files up to the same version. */
async function editedDiff(context: CheckContext, before: Schema, to: string): Promise<string> {
  try {
    return await withScratchDatabase(context, async session => {
      await context.tool.apply(session, { ...scratchOptions(context), to })
      const labels = { before: `version ${to} as released`, after: `version ${to} as it is now` }
      return diffSchemas(before, await schemaOf(context, session), labels).diff
    })
  } catch (error) {
    // The present files may lack that version; the problems say so.
    if (error instanceof MigrationError) return ''
    throw error
  }
}

function contradiction(error: MigrationError, base: UpgradeBase, diff: string): CheckOutcome {
  return {
    verdict: 'failed',
    message: `Who upgrades from ${base.name} is stopped: ${error.message}`,
    problems: error.problems,
    ...(diff ? { diff } : {}),
  }
}

function verdict(base: UpgradeBase, fresh: Schema, upgraded: Schema): CheckOutcome {
  const labels = { before: 'fresh installation', after: `upgraded from ${base.name}` }
  const { equal, onlyOrder, diff } = diffSchemas(fresh, upgraded, labels)
  if (equal) {
    const message = `An upgrade from ${base.name} gives the schema of a fresh installation.`
    return { verdict: 'passed', message, problems: [] }
  }
  return {
    verdict: onlyOrder ? 'warned' : 'failed',
    message: onlyOrder
      ? `An upgrade from ${base.name} gives the same columns in another order than a fresh installation.`
      : `An upgrade from ${base.name} gives another schema than a fresh installation: a migration that was released has been edited. Restore it and write a new one.`,
    problems: [],
    diff,
  }
}
