import type { ClientBase } from 'pg'

/** An index that PostgreSQL keeps up to date and never uses: what CREATE INDEX CONCURRENTLY leaves when it fails. */
export interface InvalidIndex {
  /** As SQL needs it: quoted, and with its schema when that is not on the search path. */
  readonly index: string
  readonly table: string
  readonly unique: boolean
}

/** A constraint that new rows have to meet and old ones may not, until VALIDATE CONSTRAINT. */
export interface NotValidConstraint {
  readonly constraint: string
  readonly table: string
}

/**
 * An index that is being built at the moment is not valid yet. A partitioned table's index is invalid until each partition has
 * its own, and no CREATE INDEX CONCURRENTLY made it.
 */
const INVALID = `SELECT i.indexrelid::regclass::text AS index, i.indrelid::regclass::text AS table, i.indisunique AS unique
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE NOT i.indisvalid AND c.relkind = 'i' AND c.relpersistence <> 't'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)
ORDER BY 2, 1`

/** What is NOT ENFORCED (PostgreSQL 18) is not valid on purpose. A partition's constraint is its parent's. */
const NOT_VALID = `SELECT pg_catalog.quote_ident(c.conname) AS constraint, c.conrelid::regclass::text AS table
FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_class r ON r.oid = c.conrelid
WHERE NOT c.convalidated AND c.conparentid = 0 AND c.coninhcount = 0 AND r.relpersistence <> 't'
  AND coalesce((pg_catalog.to_jsonb(c) ->> 'conenforced')::boolean, true)
ORDER BY 2, 1`

/** The invalid indexes of the database. Fails when the connection does. */
export async function invalidIndexes(client: ClientBase): Promise<InvalidIndex[]> {
  return (await client.query<InvalidIndex>(INVALID)).rows
}

/** The constraints that are NOT VALID. Fails when the connection does. */
export async function notValidConstraints(client: ClientBase): Promise<NotValidConstraint[]> {
  return (await client.query<NotValidConstraint>(NOT_VALID)).rows
}

/**
 * What is invalid after a file and was not before, and what the file's SQL names: a rerun with IF NOT EXISTS finds the invalid
 * index of the run before, skips it, and the server reports success.
 *
 * @param sql text of the file that ran in between
 */
export function newlyInvalid(
  before: readonly InvalidIndex[],
  after: readonly InvalidIndex[],
  sql = '',
): InvalidIndex[] {
  const known = new Set(before.map(({ index }) => index))
  return after.filter(({ index }) => !known.has(index) || names(sql, index))
}

function names(sql: string, index: string): boolean {
  const name = index.slice(index.startsWith('"') ? 0 : index.lastIndexOf('.') + 1).toLowerCase()
  const at = sql.toLowerCase().indexOf(name)
  return at >= 0 && !/[\w$]/.test(`${sql[at - 1] ?? ''}${sql[at + name.length] ?? ''}`)
}

/** `Index tu on t is INVALID after 004_idx.sql. DROP INDEX CONCURRENTLY tu; fix the duplicates; rerun.` */
export function describeInvalid({ index, table, unique }: InvalidIndex, fileName: string): string {
  // REINDEX CONCURRENTLY leaves its copy under such a name (documentation, "Rebuilding Indexes Concurrently").
  const copy = /_cc(?:new|old)\d*"?$/.test(index)
  const remedy = copy ? '' : unique ? ' fix the duplicates; rerun.' : ' rerun.'
  return `Index ${index} on ${table} is INVALID after ${fileName}. DROP INDEX CONCURRENTLY ${index};${remedy}`
}
