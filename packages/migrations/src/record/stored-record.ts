import { isNativeError } from 'node:util/types'
import { UserError } from '@tokenledger/kit'
import type { ClientBase } from 'pg'
import type { RecordedMigration } from './record.ts'
import { createTableSql, literal, type TrackingTable } from './tracking-table.ts'

/**
 * Two `CREATE TABLE IF NOT EXISTS` at once: the loser finds its name taken in pg_type, pg_class or pg_namespace
 * (unique_violation), or the table or its row type made meanwhile (duplicate_table, duplicate_object).
 */
const MADE_MEANWHILE = new Set(['23505', '42P07', '42710'])

/** Creates the table when it is absent; safe when several runs do it at once. Not to be called inside a transaction. */
export async function ensureTrackingTable(client: ClientBase, table: TrackingTable): Promise<void> {
  await writeRows(client, table, [])
}

/**
 * Writes rows (SQL of {@link insertSql}), and creates the table for them when it is absent: all of it or nothing, so that a
 * record without the rows that belong to it is never seen. Errors and use as with {@link ensureTrackingTable}.
 */
export async function writeRows(
  client: ClientBase,
  table: TrackingTable,
  rows: readonly string[],
): Promise<void> {
  // Statements of one message are one transaction (documentation, "Multiple Statements in a Simple Query").
  const insertion = rows.join(';\n')
  // Even IF NOT EXISTS needs the right to create, which a role that only migrates may lack.
  if (await exists(client, table)) {
    if (rows.length > 0) await client.query(insertion)
    return
  }
  try {
    await client.query(`${createTableSql(table)};\n${insertion}`)
  } catch (error) {
    const code = codeOf(error)
    if (MADE_MEANWHILE.has(code) && (await exists(client, table))) return writeRows(client, table, rows)
    if (code === '' || code === '23505') throw error
    throw await cannotCreate(client, table, code, (error as Error).message)
  }
}

/**
 * The rows of the tracking table in order of version; undefined when there is no such table. A UserError when the table
 * is another program's, or may not be read. Inside a transaction it fails none that is good.
 */
export async function readRecord(
  client: ClientBase,
  table: TrackingTable,
): Promise<RecordedMigration[] | undefined> {
  if (!(await exists(client, table))) return undefined
  // Whole ms since 1970 mean the same under any DateStyle, TimeZone and extra_float_digits of a role or a file.
  const ms = "(pg_catalog.date_part('epoch', applied_at) OPERATOR(pg_catalog.*) 1000)::pg_catalog.int8"
  const sql = `SELECT version, name, checksum, ${ms} AS ms FROM ${table.qualified}`
  try {
    const { rows } = await client.query<{ version: string; name: string; checksum: string; ms: string }>(sql)
    return rows
      .map(({ version, name, checksum, ms }) => ({
        version: BigInt(version),
        name,
        checksum,
        appliedAt: new Date(Number(ms)),
      }))
      .sort((a, b) => (a.version < b.version ? -1 : 1))
  } catch (error) {
    throw cannotRead(table, error)
  }
}

/** By the catalogue: to_regclass fails where the role may not use the schema, and a failure would end a transaction. */
async function exists(client: ClientBase, { schema, name }: TrackingTable): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT 1 FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
     WHERE n.nspname OPERATOR(pg_catalog.=) ${literal(schema)} AND c.relname OPERATOR(pg_catalog.=) ${literal(name)}`,
  )
  return rows.length > 0
}

async function cannotCreate(
  client: ClientBase,
  { schema }: TrackingTable,
  code: string,
  message: string,
): Promise<UserError> {
  if (code === '42501') {
    const { rows } = await client.query<{ role: string }>('SELECT current_user::pg_catalog.text AS role')
    const why = schema === 'public' ? ' (PostgreSQL 15+ default)' : ''
    return new UserError(
      `Cannot create the tracking table: permission denied for schema ${schema}${why}. GRANT CREATE ON SCHEMA ${schema} TO ${rows[0]?.role}; or set tracking-table.`,
    )
  }
  if (code === '3F000') {
    return new UserError(
      `Cannot create the tracking table: there is no schema ${schema}. CREATE SCHEMA ${schema}; or set tracking-table.`,
    )
  }
  return new UserError(`Cannot create the tracking table: ${message} (${code}).`)
}

function cannotRead({ schema, name }: TrackingTable, error: unknown): unknown {
  const code = codeOf(error)
  if (code === '42501') {
    return new UserError(
      `Cannot read the tracking table: ${(error as Error).message}. GRANT USAGE on schema ${schema} and SELECT, INSERT, UPDATE on ${schema}.${name} to the role of database-url.`,
    )
  }
  if (code === '42703' || code === '42809' || (isNativeError(error) && error.name === 'SyntaxError')) {
    return new UserError(
      `${schema}.${name} is not a tracking table of this runner (${(error as Error).message}). Set tracking-table to another name.`,
    )
  }
  return error
}

/** SQLSTATE of an error of the server; empty for any other. */
function codeOf(error: unknown): string {
  const code = isNativeError(error) && 'code' in error && 'severity' in error ? error.code : ''
  return typeof code === 'string' ? code : ''
}
