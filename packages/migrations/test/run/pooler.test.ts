import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  type DisposablePostgres,
  disposablePostgres,
  hasPgBouncer,
  type PgBouncer,
  startPgBouncer,
} from '@tokenledger/postgres-server'
import { applyMigrations } from '../../src/run/apply.ts'
import { given, migration, recordedNames, sessionOn, TABLE } from './given.ts'
import { until } from './until.ts'

const FILES = [
  migration('001_a', "SELECT set_config('search_path', '', false); CREATE TABLE public.a (id int);"),
  migration('002_b', 'CREATE TABLE b (); ALTER TABLE a ADD name text;'),
]
const INDEX = migration('004_idx', '-- migrate:no-transaction\nCREATE INDEX CONCURRENTLY i ON a (id);')

const whenInstalled = hasPgBouncer() ? describe : describe.skip

whenInstalled(
  'through PgBouncer in transaction mode, with one connection for all (needs the Debian package pgbouncer)',
  () => {
    let server: DisposablePostgres
    let pooler: PgBouncer

    beforeAll(async () => {
      server = await disposablePostgres({ major: 16 })
      pooler = await startPgBouncer(server)
    })
    afterAll(async () => {
      await pooler.close()
      await server.close()
    })

    async function opened() {
      const url = await server.createDatabase()
      const pooled = pooler.url(new URL(url).pathname.slice(1))
      return { url, pooled, session: await sessionOn(pooled) }
    }

    test('files are applied, and no lock or setting stays behind', async () => {
      const { url, session } = await opened()
      const { options, applied } = given()
      try {
        expect(session.pooled).toBe(true)
        await applyMigrations(session, FILES, TABLE, options)
        expect(applied).toHaveLength(2)
        expect(await recordedNames(server, url)).toEqual(['001_a', '002_b'])
        expect(await server.query("SELECT FROM pg_locks WHERE locktype = 'advisory'", url)).toEqual([])
        const { rows } = await session.side.query("SELECT current_setting('search_path') AS path")
        expect(rows).toEqual([{ path: '"$user", public' }])
      } finally {
        await session.close()
      }
    })

    test('a file that needs a session is refused before anything runs', async () => {
      const { url, session } = await opened()
      try {
        await expect(applyMigrations(session, [...FILES, INDEX], TABLE, given().options)).rejects.toThrow(
          'This URL goes through a transaction pooler; 004_idx.sql needs a session. Use the direct port for migrations.',
        )
        expect(await recordedNames(server, url)).toBeUndefined()
      } finally {
        await session.close()
      }
    })

    test('two runs at once apply each file once', async () => {
      const { url, pooled, session } = await opened()
      const second = await sessionOn(pooled)
      try {
        const runs = [given(), given()]
        await Promise.all(
          [session, second].map((one, index) =>
            applyMigrations(one, FILES, TABLE, (runs[index] as (typeof runs)[number]).options),
          ),
        )
        expect(runs.flatMap(({ applied }) => applied)).toHaveLength(2)
        expect(await recordedNames(server, url)).toEqual(['001_a', '002_b'])
      } finally {
        await Promise.all([session.close(), second.close()])
      }
    })

    test('a cancelled run leaves nothing, and the next one applies all', async () => {
      const { url, pooled, session } = await opened()
      const job = new AbortController()
      const slow = migration('003_slow', 'CREATE TABLE slow (); SELECT pg_sleep(30);')
      const applying = applyMigrations(session, [slow], TABLE, given({ signal: job.signal }).options)
      const outcome = expect(applying).rejects.toThrow('Cancelled: 003_slow.sql was running for 0 s;')
      const running = async () =>
        (
          await server.query(
            "SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()",
            url,
          )
        ).length > 0
      await until(running)
      job.abort()
      await outcome
      await session.close()
      await until(async () => !(await running()))
      const again = await sessionOn(pooled)
      await applyMigrations(again, FILES, TABLE, given().options).finally(() => again.close())
      expect(await recordedNames(server, url)).toEqual(['001_a', '002_b'])
    })
  },
)
