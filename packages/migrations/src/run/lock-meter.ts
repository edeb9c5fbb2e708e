import type { Session } from '../database/session.ts'
import { LOCK_MODES, type LockMode, type MeasuredLock } from './applied.ts'

/**
 * Table locks of one backend, named as the connection that asks sees them: what the backend's own transaction created has no
 * row there. Ids below 16384 are the system's own (FirstNormalObjectId); temporary tables stand in nobody's way.
 */
const HELD = `
SELECT l.mode, c.oid::int8, c.relname, c.relnamespace::int8, c.relfilenode::int8, c.relkind,
  c.relnamespace::regnamespace::text || '.' || pg_catalog.quote_ident(c.relname),
  CASE WHEN c.relkind IN ('i', 'I') THEN (
    SELECT t.relnamespace::regnamespace::text || '.' || pg_catalog.quote_ident(t.relname)
    FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class t ON t.oid = i.indrelid WHERE i.indexrelid = c.oid) END
FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation
WHERE l.pid = $1 AND l.locktype = 'relation' AND l.granted AND l.mode <> 'SIReadLock' AND l.relation >= 16384 AND c.relpersistence <> 't'
  AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())`

/**
 * Storage as the transaction itself sees it. An index that is gone counts as written anew when another took its name: ALTER
 * TYPE drops and creates the indexes of its column, and keeps the storage where it can.
 */
const STORAGE = `
SELECT w.oid FROM unnest($1::int8[], $2::name[], $3::int8[], $4::int8[]) AS w(oid, name, namespace, storage)
LEFT JOIN pg_catalog.pg_class same ON same.oid = w.oid::oid
LEFT JOIN pg_catalog.pg_class named ON same.oid IS NULL AND named.relname = w.name
  AND named.relnamespace = w.namespace::oid AND named.relkind IN ('i', 'I')
WHERE coalesce(same.relfilenode, named.relfilenode) <> w.storage::oid`

type HeldRow = [LockMode, string, string, string, string, string, string, string | null]

interface Held {
  readonly oid: string
  readonly name: string
  readonly namespace: string
  readonly storage: string
  readonly lock: MeasuredLock
}

/**
 * The strongest lock of `main`'s open transaction on each relation that existed before it, and whether the transaction wrote
 * the relation anew. Call it before COMMIT, and not in a failed transaction. It takes a round trip of the side connection, 0.3
 * to 0.8 ms on loopback after DDL, and a second one, of `main`, when there is an AccessExclusive lock, without which PostgreSQL
 * rewrites no storage. Fails when a connection does.
 *
 * @param mainPid backend of `main`, which a transaction pooler may change from one transaction to the next
 * @param leaveOut relations of the runner's own, as `public.tokenledger_migrations`, quoted or not; their indexes are left out too
 */
export async function locksOf(
  session: Session,
  mainPid: number,
  leaveOut: readonly string[] = [],
): Promise<MeasuredLock[]> {
  const { rows } = await session.side.query<HeldRow>({
    // A transaction pooler may send the next call to a backend that never saw the name.
    ...(session.pooled ? {} : { name: 'locks_of_main' }),
    text: HELD,
    values: [mainPid],
    rowMode: 'array',
  })
  const leftOut = new Set(leaveOut.map(unquoted))
  const ours = (name: string | null) => name !== null && leftOut.has(unquoted(name))
  const held = strongestOfEach(rows.filter(row => !ours(row[6]) && !ours(row[7])))
  const exclusive = held.filter(({ lock }) => lock.mode === 'AccessExclusiveLock')
  const rewritten = exclusive.length > 0 ? await rewrittenOf(session, exclusive) : new Set()
  return held
    .map(({ lock, oid }) => ({ ...lock, rewritten: rewritten.has(oid) }))
    .sort((a, b) => (placeInList(a) < placeInList(b) ? -1 : 1))
}

/** By name, each table before its indexes. */
function placeInList({ relation, table = relation }: MeasuredLock): string {
  return `${table}\0${table === relation ? '' : relation}`
}

function unquoted(name: string): string {
  return name.replaceAll('"', '')
}

async function rewrittenOf({ main }: Session, held: readonly Held[]): Promise<Set<string>> {
  const { rows } = await main.query<[string]>({
    text: STORAGE,
    values: [
      held.map(({ oid }) => oid),
      held.map(({ name }) => name),
      held.map(({ namespace }) => namespace),
      held.map(({ storage }) => storage),
    ],
    rowMode: 'array',
  })
  return new Set(rows.map(([oid]) => oid))
}

/** PostgreSQL names the TOAST table and its index after the id of their table. */
const TOAST = /^pg_toast\.pg_toast_(\d+)/

function strongestOfEach(rows: readonly HeldRow[]): Held[] {
  const modeOf = new Map<string, LockMode>()
  for (const [mode, oid, , , , , relation] of rows) {
    const owner = TOAST.exec(relation)?.[1] ?? oid
    if (rankOf(mode) > rankOf(modeOf.get(owner))) modeOf.set(owner, mode)
  }
  const byId = new Map(rows.filter(row => !TOAST.test(row[6])).map(row => [row[1], row]))
  return [...byId.values()].map(([mode, oid, name, namespace, storage, kind, relation, table]) => ({
    oid,
    name,
    namespace,
    storage,
    lock: {
      relation,
      kind: kindOf(kind),
      ...(table ? { table } : {}),
      mode: modeOf.get(oid) ?? mode,
      rewritten: false,
    },
  }))
}

/** pg_class.relkind: tables, partitioned, foreign tables and materialised views hold rows; views and sequences are the rest. */
function kindOf(relkind: string): MeasuredLock['kind'] {
  if (relkind === 'i' || relkind === 'I') return 'index'
  return ['r', 'p', 'm', 'f'].includes(relkind) ? 'table' : 'other'
}

function rankOf(mode: LockMode | undefined): number {
  return mode ? LOCK_MODES.indexOf(mode) : -1
}

/** The strongest lock; of equal ones a rewritten relation comes first, then a table before what belongs to it. */
export function strongest(locks: readonly MeasuredLock[]): MeasuredLock | undefined {
  const weight = ({ mode, rewritten, kind }: MeasuredLock) =>
    rankOf(mode) * 4 + (rewritten ? 2 : 0) + (kind === 'table' ? 1 : 0)
  return locks.reduce<MeasuredLock | undefined>(
    (found, lock) => (found && weight(found) >= weight(lock) ? found : lock),
    undefined,
  )
}
