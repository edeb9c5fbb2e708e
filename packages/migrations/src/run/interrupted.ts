import type { ClientBase } from 'pg'
import type { Migration } from '../files/migration.ts'
import { literal, type TrackingTable } from '../record/tracking-table.ts'
import type { Statement } from '../sql/statement.ts'
import { sqlState } from './failure.ts'
import type { InvalidIndex } from './invalid-indexes.ts'

/**
 * A no-transaction file and its tracking row cannot be committed together, so a run that is killed in between leaves a file that
 * has run and is not recorded, or an INVALID index. That is why the comment of the tracking table says that the file has
 * begun, until its row is written; the next run then knows that what it finds is its own. A table for it would be one more
 * in everybody's schema.
 */
interface Begun {
  readonly file: string
  readonly checksum: string
  /** The INVALID indexes that were there before. */
  readonly invalid: readonly string[]
}

const PREFIX = 'run-migrations has begun '

export function begunSql(
  { qualified }: TrackingTable,
  migration: Migration,
  invalid: readonly InvalidIndex[],
): string {
  const begun: Begun = {
    file: migration.name,
    checksum: migration.checksum,
    invalid: invalid.map(({ index }) => index),
  }
  return `COMMENT ON TABLE ${qualified} IS ${literal(PREFIX + JSON.stringify(begun))}`
}

export function endedSql({ qualified }: TrackingTable): string {
  return `COMMENT ON TABLE ${qualified} IS NULL`
}

/** Names of the INVALID indexes before an earlier run began this very file and was cut off; undefined when none did. */
export async function readBegun(
  client: ClientBase,
  { qualified }: TrackingTable,
  { name, checksum }: Migration,
): Promise<ReadonlySet<string> | undefined> {
  const { rows } = await client.query<{ comment: string | null }>(
    `SELECT pg_catalog.obj_description(${literal(qualified)}::pg_catalog.regclass, 'pg_class') AS comment`,
  )
  const comment = rows[0]?.comment
  if (!comment?.startsWith(PREFIX)) return undefined
  const begun: Begun = JSON.parse(comment.slice(PREFIX.length))
  return begun.file === name && begun.checksum === checksum ? new Set(begun.invalid) : undefined
}

const CONCURRENT_INDEX =
  /^create\s+(?:unique\s+)?index\s+concurrently\s+(?:if\s+not\s+exists\s+)?(?:"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*))/iu

/** The name in CREATE INDEX CONCURRENTLY; empty when the statement leaves it to PostgreSQL, undefined for any other. */
export function concurrentIndex({ text }: Statement): string | undefined {
  const [, inQuotes, bare] = CONCURRENT_INDEX.exec(text) ?? []
  if (inQuotes !== undefined) return inQuotes.replaceAll('""', '"')
  const name = bare?.toLowerCase()
  return name === 'on' ? '' : name
}

/** Whether an INVALID index is the named one; its own name can carry a schema and quotes. */
export function isIndex({ index }: InvalidIndex, name: string): boolean {
  return [name, `"${name.replaceAll('"', '""')}"`].some(
    spelt => index === spelt || index.endsWith(`.${spelt}`),
  )
}

/** REINDEX CONCURRENTLY builds beside the index and names that so (documentation, "Rebuilding Indexes Concurrently"). */
const BESIDE = /_cc(?:new|old)\d*"?$/

/** What the interrupted try has left: INVALID, not there before, and of a name that only this statement gives. */
export function leftovers(
  before: ReadonlySet<string>,
  now: readonly InvalidIndex[],
  statement: Statement,
): readonly InvalidIndex[] {
  const name = concurrentIndex(statement)
  return now.filter(
    found => !before.has(found.index) && (name ? isIndex(found, name) : BESIDE.test(found.index)),
  )
}

/** Whether the failure of the second try says that the first one had done its work: what it creates is there, or what it drops is gone. */
export function wasDone(error: unknown, { text }: Statement): boolean {
  const state = sqlState(error) ?? ''
  if (/^create\b/i.test(text)) return ['42P07', '42710', '42P04'].includes(state)
  return /^drop\b/i.test(text) && ['42704', '42P01', '3D000'].includes(state)
}
