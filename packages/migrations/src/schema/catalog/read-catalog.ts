import type { ClientBase } from 'pg'
import { type CatalogObject, type CatalogQuery, PARTS, SECTIONS } from './catalog-query.ts'
import { OTHER_QUERIES } from './others.ts'
import { RELATION_PART_QUERIES } from './relation-parts.ts'
import { relationQueries } from './relations.ts'
import { ROUTINE_QUERIES } from './routines.ts'
import { typeQueries } from './types.ts'

/**
 * The schema of a database in the manner of pg_dump, from PostgreSQL's own catalog (13 or later): every object that is not
 * PostgreSQL's or an extension's, one block each, sorted by kind and name. Owners and privileges are left out, as is what
 * belongs to the `leftOut` relations. The client must be outside a transaction.
 */
export async function readCatalog(
  client: ClientBase,
  serverVersion: number,
  leftOut: readonly number[],
): Promise<string> {
  const queries = [
    ...OTHER_QUERIES,
    ...typeQueries(serverVersion),
    ...ROUTINE_QUERIES,
    ...relationQueries(serverVersion),
    ...RELATION_PART_QUERIES,
  ]
  const blocks: { key: string; text: string }[] = []
  await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${SAME_SPELLING}`)
  try {
    for (const query of queries) {
      const { rows } = await client.query<CatalogObject>(query.sql, query.sql.includes('$1') ? [leftOut] : [])
      for (const row of rows) if (row.text) blocks.push({ key: keyOf(query, row), text: row.text.trim() })
    }
  } finally {
    await client.query('ROLLBACK')
  }
  blocks.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return blocks.map(({ text }) => `${text}\n`).join('\n')
}

/** With an empty search_path PostgreSQL writes every name with its schema; the others are about constants. */
const SAME_SPELLING = `SET LOCAL search_path = ''; SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO';
  SET LOCAL intervalstyle = 'postgres'; SET LOCAL extra_float_digits = 1; SET LOCAL quote_all_identifiers = off;
  SET LOCAL bytea_output = 'hex'; SET LOCAL jit = off`

/** Sorts by code units and not by a locale, so that every computer agrees. */
function keyOf({ section, part = 'relation' }: CatalogQuery, { schema, owner, name }: CatalogObject): string {
  return [SECTIONS.indexOf(section), schema, owner, PARTS.indexOf(part), name].join('\u0000')
}
