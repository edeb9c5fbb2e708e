import { createHash } from 'node:crypto'
import { UserError } from '@tokenledger/kit'

/** The table of this runner in the database. */
export interface TrackingTable {
  /** `"public"."tokenledger_migrations"`, for SQL text. */
  readonly qualified: string
  readonly schema: string
  readonly name: string
  /** The two keys of the advisory lock: "TLMG", and a hash of the table's name. */
  readonly lockKeys: readonly [classId: number, objectId: number]
}

/** A row to be written; its `applied_at` is the server's clock. */
export interface NewRecord {
  readonly version: bigint
  readonly name: string
  readonly checksum: string
  /** ms */
  readonly durationMs: number
  readonly statements: number
  readonly runner: string
  readonly runUrl: string
}

export const DEFAULT_TABLE = 'public.tokenledger_migrations'

/** "TLMG": the same for all our locks, so that pg_locks shows who holds one. */
const LOCK_CLASS = 0x544c4d47
/** PostgreSQL cuts longer names off without an error (documentation, "Identifiers and Key Words"). */
const LONGEST_NAME = 63
const PART = /^(?:"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*))(?:\.|$)/u

/**
 * The table that `schema.table` or `table` (in schema public) names, by PostgreSQL's rules: without quotes ASCII letters
 * become lower case, in double quotes a name is as it stands. A UserError for anything else.
 */
export function trackingTable(name: string = DEFAULT_TABLE): TrackingTable {
  const parts = identifiersOf(name)
  const [first, second] = parts
  if (!first || parts.length > 2) {
    throw new UserError(
      `Input tracking-table is "${name}"; give schema.table, such as ${DEFAULT_TABLE}, with double quotes around a name that needs them.`,
    )
  }
  const [schema, table] = second ? [first, second] : ['public', first]
  const long = [schema, table].find(part => Buffer.byteLength(part) > LONGEST_NAME)
  if (long) throw new UserError(`Input tracking-table: "${long}" is longer than PostgreSQL's 63 bytes.`)
  // A table in pg_temp would be gone with the connection, and the other schemas belong to the server.
  if (/^pg_/.test(schema) || schema === 'information_schema') {
    throw new UserError(`Input tracking-table: schema ${schema} is PostgreSQL's own. Choose another one.`)
  }
  const hash = createHash('sha256').update(`${schema}.${table}`).digest()
  return {
    qualified: `${quoted(schema)}.${quoted(table)}`,
    schema,
    name: table,
    lockKeys: [LOCK_CLASS, hash.readInt32BE(0)],
  }
}

/** Empty when the text is no dotted list of identifiers. */
function identifiersOf(text: string): string[] {
  const parts: string[] = []
  let rest = text.trim()
  while (rest !== '') {
    const [matched = '', inQuotes, bare] = PART.exec(rest) ?? []
    const part = inQuotes?.replaceAll('""', '"') ?? bare?.replace(/[A-Z]/g, letter => letter.toLowerCase())
    const isLast = matched.length === rest.length
    if (part === undefined || /\p{Cc}/u.test(part) || isLast === matched.endsWith('.')) return []
    parts.push(part)
    rest = rest.slice(matched.length)
  }
  return parts
}

/** A name in double quotes, for SQL text. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/**
 * A string literal that means the same whatever standard_conforming_strings says (documentation, "String Constants with
 * C-Style Escapes"). NUL cannot stand in PostgreSQL's text and is left out.
 */
export function literal(text: string): string {
  const escaped = text.replaceAll('\0', '').replaceAll("'", "''")
  return escaped.includes('\\') ? ` E'${escaped.replaceAll('\\', '\\\\')}'` : `'${escaped}'`
}

/** Creates the table unless it is there. Types are qualified: a search_path may put another `text` before PostgreSQL's. */
export function createTableSql({ qualified }: TrackingTable): string {
  return `CREATE TABLE IF NOT EXISTS ${qualified} (
  version pg_catalog.numeric PRIMARY KEY,
  name pg_catalog.text NOT NULL,
  checksum pg_catalog.text NOT NULL,
  applied_at pg_catalog.timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  duration_ms pg_catalog.int8 NOT NULL,
  statements pg_catalog.int4 NOT NULL,
  runner pg_catalog.text NOT NULL,
  run_url pg_catalog.text NOT NULL
)`
}

/** Adds a row, as text without parameters, so that it can go to the server in one message with COMMIT. */
export function insertSql({ qualified }: TrackingTable, row: NewRecord): string {
  const values = [
    String(row.version),
    literal(row.name),
    literal(row.checksum),
    'pg_catalog.clock_timestamp()',
    String(Math.round(row.durationMs)),
    String(row.statements),
    literal(row.runner),
    literal(row.runUrl),
  ]
  return `INSERT INTO ${qualified} (version, name, checksum, applied_at, duration_ms, statements, runner, run_url) VALUES (${values.join(', ')})`
}

/** Writes a new checksum over a known one; touches nothing when the row has changed meanwhile. */
export function acceptSql(
  { qualified }: TrackingTable,
  version: bigint,
  old: string,
  checksum: string,
): string {
  return `UPDATE ${qualified} SET checksum = ${literal(checksum)} WHERE version OPERATOR(pg_catalog.=) ${version} AND checksum OPERATOR(pg_catalog.=) ${literal(old)}`
}
