import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '@tokenledger/kit'
import type { Client } from 'pg'

const ROUNDS = 4
/** How long a query may wait for a server process before the pool counts as used up, in ms. */
const STARVED_MS = 2000
const SECOND_MS = 5000

/**
 * Whether a transaction pooler stands between two clients and the server, so that each transaction may meet another process.
 *
 * A direct connection is told by two round trips: the process that answers is the one that the server named at login, and
 * the clients have different ones. PgBouncer names a number of its own at login, in every mode (pgbouncer/pgbouncer#1296,
 * psycopg/psycopg2#955). A mismatch alone may be session pooling, which is safe: then both clients ask again in
 * turns, also while the other one holds a transaction, and a pooler in transaction mode is bound to hand one of them
 * another process, whatever the size of the pool and whichever process it takes first.
 * Throws a UserError in statement mode, which allows no transactions at all.
 */
export async function isPooled(a: Client, b: Client): Promise<boolean> {
  const first = { a: await backendOf(a), b: await secondBackend(b) }
  const shared = first.a === first.b
  if (!shared && namedAtLogin(a) === first.a && namedAtLogin(b) === first.b) return false
  await requireTransactions(a)
  if (shared) return true
  for (let round = 0; round < ROUNDS; round++) {
    if ((await backendOf(a)) !== first.a || (await backendOf(a)) !== first.a) return true
    if (await movesMeanwhile(a, b, first.b)) return true
    if (await movesMeanwhile(b, a, first.a)) return true
  }
  return false
}

/** Whether `client` meets another process than `expected`, or none, while `holder` keeps the last one used to itself. */
async function movesMeanwhile(holder: Client, client: Client, expected: number): Promise<boolean> {
  const before = await backendOf(client)
  await holder.query('BEGIN')
  const answer = backendOf(client)
  const during = await within(STARVED_MS, answer)
  await holder.query('COMMIT')
  await answer
  return before !== expected || during !== expected
}

/** In session mode a pool of one leaves nothing for the second connection of a run. */
async function secondBackend(client: Client): Promise<number> {
  const pid = await within(SECOND_MS, backendOf(client))
  if (pid !== undefined) return pid
  throw new UserError(
    'This URL goes through a pooler with no connection to spare, and a run needs two. Use the direct port for migrations, or a larger pool.',
  )
}

/** What a promise gives, or undefined when that takes longer than `ms`. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  const timer = new AbortController()
  const late = sleep(ms, undefined, { signal: timer.signal }).catch(() => undefined)
  return await Promise.race([promise, late]).finally(() => timer.abort())
}

async function requireTransactions(client: Client): Promise<void> {
  try {
    await client.query('BEGIN')
    await client.query('COMMIT')
  } catch {
    throw new UserError(
      'This URL goes through a pooler in statement mode, which allows no transactions. Use the direct port for migrations.',
    )
  }
}

async function backendOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_catalog.pg_backend_pid() AS pid')
  return rows[0]?.pid ?? 0
}

/** The process of BackendKeyData; pg's typings leave it out. */
function namedAtLogin(client: Client): number | null {
  return (client as unknown as { processID: number | null }).processID
}
