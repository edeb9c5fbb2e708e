import type { ClientBase } from 'pg'

/** Catalogs whose rows are objects of a schema. Ids below 16384 are PostgreSQL's own (FirstNormalObjectId). */
const CATALOGS = [
  ...['class', 'type', 'proc', 'namespace', 'extension', 'constraint', 'trigger', 'rewrite', 'policy'],
  ...['cast', 'collation', 'conversion', 'operator', 'opclass', 'opfamily', 'am', 'language', 'transform'],
  ...['event_trigger', 'publication', 'statistic_ext', 'default_acl', 'foreign_data_wrapper'],
  ...['foreign_server', 'ts_config', 'ts_dict', 'ts_parser', 'ts_template'],
].map(name => `pg_catalog.pg_${name}`)

/** What initdb says of the schema public; another text is a part of the schema for pg_dump. */
const COMMENT_ON_PUBLIC = 'standard public schema'

const QUERY = `SELECT ${CATALOGS.map(catalog => `NOT EXISTS (SELECT FROM ${catalog} WHERE oid >= 16384)`).join('\n  AND ')}
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_seclabel)
  AND pg_catalog.obj_description((SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'public'), 'pg_namespace') = '${COMMENT_ON_PUBLIC}' AS pristine`

/**
 * Whether a database is as CREATE DATABASE makes it from an untouched template, so that its schema is the empty text: one query
 * of 1 ms in place of a run of pg_dump, of which the fresh database of every CI job would pay for one.
 */
export async function isPristine(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ pristine: boolean | null }>(QUERY)
  return rows[0]?.pristine === true
}
