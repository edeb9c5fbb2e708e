import type { Session } from '../database/session.ts'
import { MigrationError } from '../problem.ts'
import type { ToolState } from '../tool.ts'
import type { Alembic } from './alembic.ts'
import { asMigration, headsOf, withAncestors } from './graph.ts'
import { describeVersions, readVersions } from './version-table.ts'

/** What alembic_version and the revisions say together. A MigrationError for a revision that no file has. */
export async function stateOf(alembic: Alembic, session: Session): Promise<ToolState> {
  const { revisions } = alembic.scripts
  const { ids, table = 'alembic_version' } = await readVersions(session, alembic.scripts)
  const known = new Set(revisions.map(({ id }) => id))
  const unknown = ids.filter(id => !known.has(id))
  if (unknown.length > 0) {
    throw new MigrationError([
      {
        message: `${table} holds ${describeVersions(unknown)}, which is in no file of ${alembic.project.reason}. The database is ahead of this checkout, or the file was renamed or deleted: use a newer checkout, or restore the file.`,
      },
    ])
  }
  const applied = withAncestors(revisions, ids)
  const wanted = withAncestors(
    revisions,
    headsOf(revisions).map(({ id }) => id),
  )
  return {
    current: ids.join(', '),
    applied: revisions.filter(({ id }) => applied.has(id)).map(asMigration),
    pending: revisions.filter(({ id }) => wanted.has(id) && !applied.has(id)).map(asMigration),
    knowsPending: true,
  }
}
