import type { Session } from '../database/session.ts'
import { readSchema, type Schema } from '../schema/read-schema.ts'
import type { ApplyOptions, MigrationTool } from '../tool.ts'
import type { CheckContext } from './check.ts'
import { withScratchDatabase } from './scratch-database.ts'

/** The options for a scratch database: everything is applied, and nothing of it is reported as the run's own. */
export function scratchOptions({ options }: CheckContext): ApplyOptions {
  const { to: _, ...rest } = options
  return { ...rest, measure: 'files', say: () => undefined, onApplied: () => undefined }
}

export function schemaOf({ bookkeeping, env, pgDump }: CheckContext, session: Session): Promise<Schema> {
  return readSchema(session, { bookkeeping, env, ...(pgDump ? { pgDump } : {}) })
}

const freshSchemas = new WeakMap<CheckContext, Map<MigrationTool, Promise<Schema>>>()

/** The schema that a tool makes of an empty database; made once for all checks of a context. */
export function freshSchema(context: CheckContext, tool: MigrationTool): Promise<Schema> {
  const known = freshSchemas.get(context) ?? new Map<MigrationTool, Promise<Schema>>()
  freshSchemas.set(context, known)
  const schema =
    known.get(tool) ??
    withScratchDatabase(context, async session => {
      await tool.apply(session, scratchOptions(context))
      return schemaOf(context, session)
    })
  known.set(tool, schema)
  return schema
}
