import type { ClientBase } from 'pg'
import { FOREIGN_TABLES, type ForeignTable } from './foreign-tables.ts'
import { literal, quoted, type TrackingTable } from './tracking-table.ts'

/** What another migration tool's table says. */
export interface ForeignRecord {
  /** `public.schema_migrations` */
  readonly table: string
  /** `golang-migrate` */
  readonly tool: string
  /** In words: `2 entries, the newest is 002_add_teams`. */
  readonly says: string
  /** The number of the newest migration that it proves; absent where it proves none. */
  readonly version?: bigint
}

interface FoundTable {
  readonly schema: string
  readonly name: string
  readonly columns: readonly string[]
}

const NAMES = [...new Set(FOREIGN_TABLES.map(({ table }) => literal(table)))].join(', ')

/** Tables of other migration tools, in any schema, and what they say; reads only. Not inside a transaction. */
export async function foreignRecords(client: ClientBase): Promise<ForeignRecord[]> {
  const { rows } = await client.query<FoundTable>(`
    SELECT n.nspname::pg_catalog.text AS schema, c.relname::pg_catalog.text AS name,
           pg_catalog.array_agg(a.attname::pg_catalog.text) AS columns
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid OPERATOR(pg_catalog.=) c.oid
    WHERE c.relkind IN ('r', 'p') AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped
      AND c.relname IN (${NAMES}) AND n.nspname OPERATOR(pg_catalog.!~) '^pg_'
    GROUP BY 1, 2 ORDER BY 1, 2`)
  const records: ForeignRecord[] = []
  for (const found of rows) {
    const tool = FOREIGN_TABLES.find(
      ({ table, columns }) => table === found.name && columns.every(column => found.columns.includes(column)),
    )
    if (tool) records.push(await readForeign(client, found, tool))
  }
  return records
}

/** A hint is not worth a failure: a table that cannot be read is reported as that. */
async function readForeign(
  client: ClientBase,
  { schema, name }: FoundTable,
  { tool, select, provesFiles }: ForeignTable,
): Promise<ForeignRecord> {
  const table = `${schema}.${name}`
  const entries = await client
    .query<{ entry: string | null }>(`SELECT ${select} AS entry FROM ${quoted(schema)}.${quoted(name)}`)
    .then(({ rows }) => rows.flatMap(({ entry }) => (entry === null ? [] : [entry])))
    .catch(() => undefined)
  if (!entries) return { table, tool, says: 'it cannot be read by this role' }
  return { table, tool, ...meaningOfEntries(entries, provesFiles) }
}

/** Pure: what a tool's entries say, and the newest number if all of them are whole numbers and applied. */
export function meaningOfEntries(
  entries: readonly string[],
  provesFiles: boolean,
): Pick<ForeignRecord, 'says' | 'version'> {
  const numbered = entries
    .map(entry => /^[Vv]?(\d+)(?![\d.])/.exec(entry)?.[1])
    .flatMap(number => (number === undefined ? [] : [BigInt(number)]))
    .sort((a, b) => (a < b ? -1 : 1))
  const newest = numbered.at(-1)
  const count = entries.length === 1 ? '1 entry' : `${entries.length} entries`
  if (entries.length === 0) return { says: 'no entries' }
  const last = entries.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1)
  const says = entries.length === 1 ? `${last}` : `${count}, the newest is ${last}`
  const proved = provesFiles && newest !== undefined && numbered.length === entries.length
  return proved ? { says, version: newest } : { says }
}

/** Tables that no migration tool and no extension owns, in all schemas that are not the server's. */
export async function countTables(client: ClientBase, { schema, name }: TrackingTable): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`
    SELECT pg_catalog.count(*) AS count
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND n.nspname OPERATOR(pg_catalog.!~) '^pg_' AND n.nspname OPERATOR(pg_catalog.<>) 'information_schema'
      AND c.relname NOT IN (${NAMES})
      AND NOT (n.nspname OPERATOR(pg_catalog.=) ${literal(schema)} AND c.relname OPERATOR(pg_catalog.=) ${literal(name)})
      AND NOT EXISTS (
        SELECT 1 FROM pg_catalog.pg_depend AS d
        WHERE d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid
          AND d.objid OPERATOR(pg_catalog.=) c.oid AND d.deptype OPERATOR(pg_catalog.=) 'e')`)
  return Number(rows[0]?.count ?? 0)
}
