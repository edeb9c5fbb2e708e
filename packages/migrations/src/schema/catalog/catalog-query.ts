/** Where objects stand in the rendering: sections in this order, in each of them by schema and name. */
export const SECTIONS = [
  'extension',
  'schema',
  'type',
  'routine',
  'sequence',
  'relation',
  'other',
  'comment',
] as const

/** What stands behind its table, in this order. */
export const PARTS = ['relation', 'index', 'statistics', 'rule', 'trigger', 'policy'] as const

/** A query that renders objects of one kind; its rows are {@link CatalogObject}s. */
export interface CatalogQuery {
  readonly section: (typeof SECTIONS)[number]
  readonly part?: (typeof PARTS)[number]
  /** `$1` is an array of the relations to leave out, as oid. */
  readonly sql: string
}

export interface CatalogObject {
  readonly schema: string
  /** The relation that it is a part of; its own name for what stands alone. */
  readonly owner: string
  readonly name: string
  /** One or more statements of SQL, or near enough to it to be read as such. */
  readonly text: string
}

/** True of a namespace `n` that is not PostgreSQL's own; pg_dump's rule. */
export const USER_SCHEMA = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`

/** True of an object that no extension brought: what an extension holds is its own business. */
export function notOfExtension(catalog: string, oid: string): string {
  return `NOT EXISTS (SELECT FROM pg_depend e
    WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`
}

/** Ordinary objects have numbers from here on (FirstNormalObjectId); lower ones came with initdb. */
export const FIRST_USER_OID = 16384
