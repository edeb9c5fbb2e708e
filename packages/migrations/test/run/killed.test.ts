import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { startRunner } from './runner-process.ts'
import { fingerprint, thirtyFiles } from './thirty-files.ts'
import { until } from './until.ts'

const SEED = Number(process.env.KILL_SEED ?? Math.floor(Math.random() * 1e6))
/** About as long as the slowest of the files takes. */
const WITHIN_A_FILE_MS = 40
let server: DisposablePostgres
const root = tempDir()

beforeAll(async () => {
  server = await disposablePostgres({ major: 16 })
  thirtyFiles(root)
})
afterAll(() => server.close())

/** The same sequence of numbers in [0, 1) for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

async function othersOn(url: string): Promise<unknown[]> {
  return await server.query(
    `SELECT pid, state, query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    url,
  )
}

const untilGone = (url: string) => until(async () => (await othersOn(url)).length === 0)

describe('a runner that is killed', () => {
  test('leaves no statement running on the server, and no lock', async () => {
    const slow = tempDir()
    writeFiles(slow, { 'migrations/001_slow.sql': 'SELECT pg_sleep(300);' })
    const url = await server.createDatabase()
    const runner = startRunner(url, slow)
    await until(async () => JSON.stringify(await othersOn(url)).includes('pg_sleep'))
    runner.kill('SIGKILL')
    await runner.ended
    // The server would sleep on for five minutes; client_connection_check_interval is 2 s.
    await untilGone(url)
    expect(await server.query("SELECT FROM pg_locks WHERE locktype = 'advisory'", url)).toEqual([])
  })

  test(`kill -9 at 20 random moments and a rerun end as one clean run (KILL_SEED=${SEED})`, async () => {
    const clean = await server.createDatabase()
    expect(await startRunner(clean, root).ended).toMatchObject({ code: 0 })
    const wanted = await fingerprint(server, clean)
    const random = randomOf(SEED)
    const reached = new Set<number>()
    let url = await server.createDatabase()
    for (let kill = 0; kill < 20; kill++) {
      const runner = startRunner(url, root)
      // Counted in files and not in time alone: on a busy computer one run takes many times as long as another.
      await runner.printed('connected')
      await runner.applied(Math.floor(random() * 12))
      await Promise.race([sleep(random() * WITHIN_A_FILE_MS), runner.ended])
      runner.kill('SIGKILL')
      await runner.ended
      await untilGone(url)
      const left = await recordedAndMade(url)
      expect(left.recorded).toEqual(left.made)
      reached.add(left.recorded.length)
      // A database goes through up to three kills, so that reruns are killed too.
      if (kill % 3 === 2 || kill === 19) {
        expect(await startRunner(url, root).ended).toMatchObject({ code: 0 })
        expect(await fingerprint(server, url)).toBe(wanted)
        url = await server.createDatabase()
      }
    }
    expect(reached.size).toBeGreaterThan(3)
  }, 120_000)
})

/** Which of the tables that files make are there, and which of those files are recorded. */
async function recordedAndMade(url: string) {
  const [record] = await server.query(
    `SELECT to_regclass('tokenledger_migrations') IS NOT NULL AS found`,
    url,
  )
  if (!record?.found) return { recorded: [], made: [] }
  const recorded = await server.query(
    `SELECT 't' || version AS name FROM tokenledger_migrations WHERE version % 5 <> 0 AND version <> 12 ORDER BY version`,
    url,
  )
  const made = await server.query(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname ~ '^t[0-9]' ORDER BY substr(relname, 2)::int`,
    url,
  )
  return { recorded: recorded.map(({ name }) => name), made: made.map(({ name }) => name) }
}
