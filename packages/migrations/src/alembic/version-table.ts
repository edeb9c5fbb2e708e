import type { Session } from '../database/session.ts'
import { MigrationError } from '../problem.ts'
import { quoted } from '../record/tracking-table.ts'
import type { AlembicScripts } from './revisions.ts'

type Named = Pick<AlembicScripts, 'versionTable' | 'versionSchema'>

/** `alembic_version` has one column, version_num (Alembic's MigrationContext); that is told apart from any other table. */
const FIND = `
  SELECT n.nspname AS schema, c.relname AS name, c.relname = $1 AS named
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND ($2 = '' OR n.nspname = $2)
    AND ARRAY['version_num'::name] = ARRAY(
      SELECT a.attname FROM pg_catalog.pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
  ORDER BY named DESC, n.nspname = pg_catalog.current_schema() DESC, 1, 2`

interface Found {
  readonly schema: string
  readonly name: string
  readonly named: boolean
}

/** What Alembic wrote into the database. */
export interface Versions {
  /** `public.alembic_version`; absent before the first migration. */
  readonly table?: string
  /** The revisions that the database is at: one, several with branches, none before the first. */
  readonly ids: readonly string[]
}

/**
 * Reads Alembic's table. env.py can give it another name or schema than the configuration does, so one such table elsewhere is
 * taken too; several are a MigrationError. Goes over the side connection: on the main one, which keeps the migration lock,
 * even a read would hold the table's lock until the end and stop a migration that alters it.
 */
export async function readVersions(
  { side }: Session,
  { versionTable, versionSchema }: Named,
): Promise<Versions> {
  const { rows } = await side.query<Found>(FIND, [versionTable, versionSchema])
  const named = rows.filter(row => row.named)
  const [found, ...others] = named.length > 0 ? named : rows
  if (!found) return { ids: [] }
  if (others.length > 0) {
    const tables = [found, ...others].map(({ schema, name }) => `${schema}.${name}`).join(' and ')
    throw new MigrationError([
      {
        message: `The database has several version tables of Alembic: ${tables}. Set version_table_schema in alembic.ini to the one of this project.`,
      },
    ])
  }
  const table = `${quoted(found.schema)}.${quoted(found.name)}`
  const versions = await side.query<{ id: string }>(`SELECT version_num AS id FROM ${table} ORDER BY 1`)
  return { table: `${found.schema}.${found.name}`, ids: versions.rows.map(({ id }) => id) }
}

/** `0002`; `no revision` before the first. */
export function describeVersions(ids: readonly string[]): string {
  return ids.length > 0 ? ids.join(' and ') : 'no revision'
}
