import type { ClientBase } from 'pg'

/** A relation that belongs to a migration tool and not to the schema. */
export interface BookkeepingRelation {
  readonly oid: number
  /** Schema and name as the catalog has them, without quotes. */
  readonly schema: string
  readonly name: string
}

/**
 * The bookkeeping tables that exist, with their indexes and the sequences of their columns. A name is resolved as SQL
 * would: quoted or not, with its schema or along the search_path.
 */
export async function findBookkeeping(
  client: ClientBase,
  tables: readonly string[],
): Promise<BookkeepingRelation[]> {
  const { rows } = await client.query<BookkeepingRelation>(
    `WITH tables AS (SELECT DISTINCT to_regclass(name)::oid AS oid FROM unnest($1::text[]) name),
    all_of_it AS (
      SELECT oid FROM tables
      UNION SELECT indexrelid FROM pg_index WHERE indrelid IN (SELECT oid FROM tables)
      UNION SELECT objid FROM pg_depend WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass
        AND deptype IN ('a', 'i') AND refobjid IN (SELECT oid FROM tables))
    SELECT c.oid, n.nspname AS schema, c.relname AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid IN (SELECT oid FROM all_of_it)`,
    [tables],
  )
  return rows
}
