import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { Client } from 'pg'
import { structuralProblems } from '../../src/index.ts'
import { migrationOf } from './migration-of.ts'

const SCHEMA = `
CREATE TABLE t (id int PRIMARY KEY, v text);
CREATE INDEX t_v ON t (v);
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
CREATE UNIQUE INDEX m_a ON m (a);
CREATE TABLE p (k int) PARTITION BY LIST (k);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE TABLE "p 2" PARTITION OF p FOR VALUES IN (2);
CREATE TYPE mood AS ENUM ('calm');
CREATE PUBLICATION pub;
CREATE SUBSCRIPTION sub CONNECTION 'host=127.0.0.1' PUBLICATION pub WITH (connect = false);
ALTER SUBSCRIPTION sub ENABLE;
CREATE SUBSCRIPTION idle CONNECTION 'host=127.0.0.1' PUBLICATION pub WITH (connect = false);
`

/** Refused in a transaction block by PostgreSQL, and by us before a connection is opened. */
const REFUSED = [
  'CREATE INDEX CONCURRENTLY i ON t (v)',
  'create unique /* here */ index concurrently if not exists i on t (v)',
  'DROP INDEX CONCURRENTLY t_v',
  'REINDEX INDEX CONCURRENTLY t_v',
  'REINDEX TABLE CONCURRENTLY t',
  'REINDEX (VERBOSE) TABLE CONCURRENTLY t',
  'REINDEX (VERBOSE, CONCURRENTLY) TABLE t',
  'REINDEX (CONCURRENTLY ON, VERBOSE) INDEX t_v',
  'REINDEX SCHEMA public',
  'REINDEX DATABASE',
  'REINDEX (VERBOSE) SYSTEM',
  'VACUUM',
  'VACUUM (ANALYZE) t',
  'CREATE DATABASE other',
  'DROP DATABASE IF EXISTS other',
  'ALTER DATABASE ledger SET TABLESPACE pg_default',
  "CREATE TABLESPACE space LOCATION '/nowhere'",
  'DROP TABLESPACE space',
  "ALTER SYSTEM SET work_mem = '8MB'",
  'ALTER SYSTEM RESET ALL',
  'CLUSTER',
  'CLUSTER VERBOSE',
  'ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY',
  'ALTER TABLE IF EXISTS public.p DETACH PARTITION public."p 2" CONCURRENTLY',
  "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1' PUBLICATION pub",
  "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1' PUBLICATION pub WITH (create_slot = true, enabled = false)",
  'ALTER SUBSCRIPTION sub REFRESH PUBLICATION',
  'ALTER SUBSCRIPTION sub SET PUBLICATION pub',
  'ALTER SUBSCRIPTION sub ADD PUBLICATION more WITH (copy_data = false)',
  'DISCARD ALL',
  "COMMIT PREPARED 'x'",
  "ROLLBACK PREPARED 'x'",
]

/** Syntax of later versions. */
const REFUSED_SINCE = [
  [17, 'CLUSTER (VERBOSE)'],
  [17, 'ALTER SUBSCRIPTION idle SET (failover = false)'],
  [18, 'ALTER SUBSCRIPTION idle SET (streaming = on, two_phase = false)'],
] as const

/** Looks alike and runs in a transaction block. */
const ALLOWED = [
  'CREATE INDEX "concurrently" ON t (v)',
  'DROP INDEX t_v',
  'REINDEX INDEX t_v',
  'REINDEX (CONCURRENTLY false, VERBOSE) TABLE t',
  'REINDEX (CONCURRENTLY off) TABLE t',
  'REFRESH MATERIALIZED VIEW CONCURRENTLY m',
  'ANALYZE t',
  'CLUSTER t USING t_pkey',
  'ALTER DATABASE ledger SET work_mem = 4096',
  'ALTER TABLESPACE pg_default RESET (random_page_cost)',
  'ALTER TABLE p DETACH PARTITION p1',
  'ALTER TABLE p1 RENAME TO concurrently_detached',
  "ALTER TYPE mood ADD VALUE 'angry'",
  "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1' PUBLICATION pub WITH (connect = false)",
  "CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1' PUBLICATION pub WITH (connect = 'off', slot_name = NONE, create_slot = 0)",
  'ALTER SUBSCRIPTION sub SET PUBLICATION pub WITH (refresh = false)',
  'ALTER SUBSCRIPTION sub DISABLE',
  'ALTER SUBSCRIPTION idle SET (slot_name = NONE); DROP SUBSCRIPTION idle',
  'DISCARD PLANS',
  'DISCARD TEMP',
  'SAVEPOINT a; ROLLBACK TO SAVEPOINT a; ROLLBACK WORK TO a; RELEASE a',
  "SELECT 'VACUUM'; -- CREATE INDEX CONCURRENTLY",
  'LISTEN here; NOTIFY here; UNLISTEN *',
  'LOCK TABLE t IN SHARE MODE',
]

describe.each([16, 18] as const)('statements in a transaction of PostgreSQL %i', major => {
  let server: DisposablePostgres
  let client: Client

  beforeAll(async () => {
    // No subscription of these tests has anything to receive.
    server = await disposablePostgres({ major, settings: { max_logical_replication_workers: '0' } })
    await server.query(SCHEMA)
    client = new Client({ connectionString: server.url() })
    await client.connect()
  })
  afterAll(async () => {
    await client.end()
    await server.close()
  })

  const codeOf = async (sql: string) => {
    await client.query('BEGIN')
    try {
      for (const { text } of migrationOf(sql).statements) await client.query(text)
      return 'done'
    } catch (error) {
      return (error as { code?: string }).code
    } finally {
      await client.query('ROLLBACK')
    }
  }

  const refused = [...REFUSED, ...REFUSED_SINCE.flatMap(([since, sql]) => (major >= since ? [sql] : []))]

  test.each(refused)('%s is refused by us and by the server', async sql => {
    const problems = structuralProblems(migrationOf(sql))
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^.+ cannot run in a transaction\. Put it alone in its file with the first line "-- migrate:no-transaction"\.$/,
      ),
    ])
    expect(await codeOf(sql)).toBe('25001')
  })

  test.each(ALLOWED)('%s is let through and runs', async sql => {
    expect(structuralProblems(migrationOf(sql))).toEqual([])
    expect(await codeOf(sql)).toBe('done')
  })

  test('with the directive, none of the refused statements is a problem', () => {
    const files = refused.map(sql => migrationOf(`-- migrate:no-transaction\n${sql};\n`))
    expect(files.flatMap(one => structuralProblems(one))).toEqual([])
  })
})
