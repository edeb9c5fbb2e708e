import { setTimeout as sleep } from 'node:timers/promises'
import { messageOf } from '@tokenledger/kit'
import type { ClientBase } from 'pg'
import { connect } from '../database/connect.ts'
import type { Migration } from '../files/migration.ts'
import { MigrationError } from '../problem.ts'
import { readRecord } from '../record/stored-record.ts'
import { causeOf } from './failure.ts'
import type { Reported } from './reported.ts'
import { type Run, standOf } from './run.ts'
import { runScript } from './script.ts'
import { ROLL_BACK } from './transaction-sql.ts'

/** Rolls back whatever is open. False when the connection is gone. */
export async function rollBack({ session }: Run): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    try {
      // What the file has left outside of its transaction goes too, since the file may be tried again.
      await runScript(session.main, ROLL_BACK)
      return true
    } catch (error) {
      // A cancel that came too late for the file may hit this instead.
      if (tries === 3 || (causeOf(error) as { code?: string }).code !== '57014') return false
    }
  }
}

const GONE_MS = 3000

/**
 * What is known after the connection was lost: the backend may still be running the file, so it is ended first; then the
 * record tells whether the file was committed. The error says so, and committed files are reported.
 */
export async function lostConnection(run: Run, reported: Reported, error: unknown): Promise<MigrationError> {
  const migration = run.current?.migration
  const started = `The connection was lost${migration ? ` while ${fileName(migration)} ran` : ''} (${causeOf(error).message})`
  try {
    const known = await withAnyConnection(run, async client => {
      await endBackend(run, client)
      return (await readRecord(client, run.table)) ?? []
    })
    const versions = new Set(known.map(({ version }) => version))
    reported.keep(versions)
    const label = known.at(-1)?.name.match(/^\d+/)?.[0]
    const stand = label ? `database is at ${label}` : 'nothing applied'
    const committed = migration && versions.has(migration.version)
    const outcome = committed ? 'It had been committed' : 'It was rolled back'
    return lost(migration, `${started}. ${outcome}; ${stand}. Run this again.`)
  } catch (later) {
    return lost(
      migration,
      `${started}, and whether it was committed is not known (${messageOf(later)}). Run this again: what is recorded is not run twice.`,
    )
  }
}

function lost(migration: Migration | undefined, message: string): MigrationError {
  return new MigrationError([{ ...(migration ? { path: migration.path } : {}), message }])
}

/** The side connection when it still answers, else a new one. */
async function withAnyConnection<T>(
  { session, options }: Run,
  work: (client: ClientBase) => Promise<T>,
): Promise<T> {
  const answers = await Promise.race([
    session.side.query('SELECT 1').then(
      () => true,
      () => false,
    ),
    sleep(2000, false),
  ])
  if (answers) return work(session.side)
  const client = await connect(session.target, options.runner, { timeoutMs: 5000 })
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Waits for the lost backend to let go of the migration lock, and ends it when it does not. */
async function endBackend({ session, table, backendPid }: Run, client: ClientBase): Promise<void> {
  if (session.pooled || backendPid === 0) return
  const [classId, objectId] = table.lockKeys
  const holds = `FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND pid = ${backendPid} AND granted
    AND classid::pg_catalog.int8 = ${classId >>> 0} AND objid::pg_catalog.int8 = ${objectId >>> 0}`
  const until = performance.now() + GONE_MS
  while ((await client.query(`SELECT 1 ${holds}`)).rows.length > 0) {
    if (performance.now() > until) await client.query(`SELECT pg_catalog.pg_terminate_backend(pid) ${holds}`)
    await sleep(100)
  }
}

export const NOT_STARTED = 'Cancelled before any file was started.'

/** The error of a run that its job's cancelling has ended. */
export async function cancelled(
  run: Run,
  connected: boolean,
  transactional: boolean,
): Promise<MigrationError> {
  const { current } = run
  const stand = await standOf(run)
  const at = stand ? `Database is at ${stand}.` : stand === '' ? 'Nothing applied.' : ''
  return new MigrationError([{ message: `${what()} ${at}`.trim() }])

  function what(): string {
    if (!current) return 'Cancelled: no file was running.'
    const ran = `Cancelled: ${fileName(current.migration)} was running for ${Math.round((performance.now() - current.since) / 1000)} s;`
    if (!connected) return `${ran} its connection was closed, upon which the server rolls back.`
    return transactional
      ? `${ran} the server statement was cancelled and rolled back.`
      : `${ran} the server statement was cancelled; the next run clears up what it has left.`
  }
}

export function fileName({ path }: Migration): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
