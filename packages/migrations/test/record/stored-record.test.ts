import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres, type Major } from '@tokenledger/postgres-server'
import { Client } from 'pg'
import type { Migration } from '../../src/files/migration.ts'
import { recordBaseline } from '../../src/record/baseline.ts'
import { ensureTrackingTable, readRecord } from '../../src/record/stored-record.ts'
import {
  acceptSql,
  createTableSql,
  insertSql,
  type NewRecord,
  trackingTable,
} from '../../src/record/tracking-table.ts'
import { given } from '../run/given.ts'
import { migrationOf } from './migration-of.ts'

const NAME = `002_it's "q" \\ $1 ; 😀`
const row = (version: bigint, name = NAME): NewRecord => ({
  ...{ version, name, checksum: 'ab'.repeat(32), durationMs: 12.4, statements: 3 },
  runner: 'tokenledger-actions/run-migrations o/r#1/1',
  runUrl: 'https://example.com/runs/1',
})

describe.each<Major>([16, 18])('the record in PostgreSQL %i', major => {
  let server: DisposablePostgres
  const clients: Client[] = []
  beforeAll(async () => {
    server = await disposablePostgres({ major })
  })
  afterAll(async () => {
    await Promise.all(clients.map(client => client.end()))
    await server.close()
  })

  async function connected(url: string, count = 1): Promise<Client[]> {
    const opened = Array.from({ length: count }, () => new Client({ connectionString: url }))
    clients.push(...opened)
    await Promise.all(opened.map(client => client.connect()))
    return opened
  }

  async function fresh(name?: string) {
    const url = await server.createDatabase()
    const [client] = (await connected(url)) as [Client]
    return { url, client, table: trackingTable(name) }
  }

  it('is absent, then empty, then holds what was written', async () => {
    const { client, table } = await fresh()
    expect(await readRecord(client, table)).toBeUndefined()
    await ensureTrackingTable(client, table)
    expect(await readRecord(client, table)).toEqual([])
    const before = Date.now()
    await client.query(`${insertSql(table, row(10n))}; ${insertSql(table, row(9n))}`)
    const [first, second] = (await readRecord(client, table)) ?? []
    expect(first).toEqual({ version: 9n, name: NAME, checksum: 'ab'.repeat(32), appliedAt: expect.any(Date) })
    expect(second?.version).toBe(10n)
    expect(Math.abs((first?.appliedAt.getTime() ?? 0) - before)).toBeLessThan(60_000)
    const { rows } = await client.query(
      'SELECT duration_ms, statements, runner, run_url FROM tokenledger_migrations',
    )
    expect(rows[0]).toEqual({
      duration_ms: '12',
      statements: 3,
      runner: 'tokenledger-actions/run-migrations o/r#1/1',
      run_url: 'https://example.com/runs/1',
    })
  })

  it('holds versions beyond any integer type', async () => {
    const { client, table } = await fresh()
    await ensureTrackingTable(client, table)
    const version = 123456789012345678901234567890n
    await client.query(insertSql(table, row(version)))
    expect(await readRecord(client, table)).toMatchObject([{ version }])
  })

  it('is made with the rows of a baseline in one transaction: all of it, or not even the table', async () => {
    const { client, table } = await fresh()
    const twice = [migrationOf('001_a'), migrationOf('1_b')]
    const baseline = (files: readonly Migration[]) =>
      recordBaseline(client, table, files, [], given().options)
    await expect(baseline(twice)).rejects.toMatchObject({ code: '23505' })
    expect(await readRecord(client, table)).toBeUndefined()
    expect(await baseline(twice.slice(0, 1))).toEqual(['001'])
    expect(await readRecord(client, table)).toMatchObject([{ version: 1n, name: '001_a' }])
  })

  it('refuses the same version twice', async () => {
    const { client, table } = await fresh()
    await ensureTrackingTable(client, table)
    await client.query(insertSql(table, row(1n)))
    await expect(client.query(insertSql(table, row(1n)))).rejects.toMatchObject({ code: '23505' })
  })

  it('is made by ten runners at once, and none of them fails', async () => {
    for (let round = 0; round < 3; round++) {
      const url = await server.createDatabase()
      const table = trackingTable()
      const together = await connected(url, 10)
      await Promise.all(together.map(client => ensureTrackingTable(client, table)))
      expect(await readRecord(together[0] as Client, table)).toEqual([])
    }
  })

  it('is made while another one that makes it has not committed yet', async () => {
    const { url, client, table } = await fresh()
    const [slow, watcher] = (await connected(url, 2)) as [Client, Client]
    await slow.query(`BEGIN; ${createTableSql(table)}`)
    const making = ensureTrackingTable(client, table)
    const waits =
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    for (let n = 0; n === 0; ) n = (await watcher.query(waits)).rows[0].n
    await slow.query('COMMIT')
    await making
    expect(await readRecord(client, table)).toEqual([])
  })

  it('lies under a name with capitals, quotes and spaces', async () => {
    const { client, table } = await fresh('"Led ""ger"."Mi.grations"')
    await client.query('CREATE SCHEMA "Led ""ger"')
    await ensureTrackingTable(client, table)
    await client.query(insertSql(table, row(1n)))
    expect(await readRecord(client, table)).toHaveLength(1)
    expect((await client.query('SELECT version FROM "Led ""ger"."Mi.grations"')).rows).toEqual([
      { version: '1' },
    ])
  })

  it('does not depend on what a session or a file has set', async () => {
    const { client, table } = await fresh()
    await client.query(`
      CREATE SCHEMA hostile;
      CREATE DOMAIN hostile.text AS varchar(1);
      CREATE FUNCTION hostile.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS 'SELECT NULL::timestamptz';
      CREATE FUNCTION hostile.date_part(text, timestamptz) RETURNS float8 LANGUAGE sql AS 'SELECT 0.0::float8';
      CREATE FUNCTION hostile.never(pg_catalog.text, pg_catalog.text) RETURNS bool LANGUAGE sql AS 'SELECT false';
      CREATE OPERATOR hostile.= (LEFTARG = pg_catalog.text, RIGHTARG = pg_catalog.text, FUNCTION = hostile.never);
      SET search_path = hostile, pg_catalog;
      SET standard_conforming_strings = off;
      SET DateStyle = 'German, DMY';
      SET TimeZone = 'Pacific/Kiritimati';
      SET IntervalStyle = 'sql_standard';
      SET extra_float_digits = -15`)
    await ensureTrackingTable(client, table)
    const before = Date.now()
    await client.query(insertSql(table, row(2n)))
    for (const searchPath of ['hostile, pg_catalog', '']) {
      await client.query(`SELECT pg_catalog.set_config('search_path', '${searchPath}', false)`)
      const [read] = (await readRecord(client, table)) ?? []
      expect(read).toMatchObject({ version: 2n, name: NAME, checksum: 'ab'.repeat(32) })
      expect(Math.abs((read?.appliedAt.getTime() ?? 0) - before)).toBeLessThan(60_000)
    }
    await client.query("SELECT pg_catalog.set_config('search_path', 'hostile, pg_catalog', false)")
    await client.query(acceptSql(table, 2n, 'ab'.repeat(32), 'cd'.repeat(32)))
    expect(await readRecord(client, table)).toMatchObject([{ checksum: 'cd'.repeat(32) }])
  })

  it('is read inside a transaction without ending it', async () => {
    const { client, table } = await fresh('nowhere.t')
    await client.query('BEGIN')
    expect(await readRecord(client, table)).toBeUndefined()
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    await client.query('ROLLBACK')
  })

  it('cannot be made by a role without CREATE on public, and the text says what to grant', async () => {
    const { url, client, table } = await fresh()
    await client.query(`DROP ROLE IF EXISTS app; CREATE ROLE app LOGIN PASSWORD 'secret' NOSUPERUSER`)
    const [app] = (await connected(url.replace(/\/\/.*@/, '//app:secret@'))) as [Client]
    await expect(ensureTrackingTable(app, table)).rejects.toThrow(
      'Cannot create the tracking table: permission denied for schema public (PostgreSQL 15+ default). GRANT CREATE ON SCHEMA public TO app; or set tracking-table.',
    )
    await expect(ensureTrackingTable(app, trackingTable('nowhere.t'))).rejects.toThrow(
      'Cannot create the tracking table: there is no schema nowhere. CREATE SCHEMA nowhere; or set tracking-table.',
    )
    await ensureTrackingTable(client, table)
    await ensureTrackingTable(app, table)
    await expect(readRecord(app, table)).rejects.toThrow(
      'Cannot read the tracking table: permission denied for table tokenledger_migrations. GRANT USAGE',
    )
    await client.query('GRANT CREATE ON SCHEMA public TO app')
    await ensureTrackingTable(app, trackingTable('own'))
    expect(await readRecord(app, trackingTable('own'))).toEqual([])
  })

  it('cannot be made where nothing may be written', async () => {
    const { client, table } = await fresh()
    await client.query('SET default_transaction_read_only = on')
    await expect(ensureTrackingTable(client, table)).rejects.toThrow(
      'Cannot create the tracking table: cannot execute CREATE TABLE in a read-only transaction (25006).',
    )
  })

  it("is not mistaken for another program's table", async () => {
    const { client } = await fresh()
    await client.query('CREATE TABLE schema_migrations (version varchar)')
    await client.query('CREATE TABLE odd (version numeric, name text, checksum text, applied_at timestamptz)')
    await client.query("INSERT INTO odd VALUES (1.5, '1_5', 'x', now())")
    for (const name of ['schema_migrations', 'odd']) {
      await expect(readRecord(client, trackingTable(name))).rejects.toThrow(
        new RegExp(
          `^public\\.${name} is not a tracking table of this runner \\(.*\\)\\. Set tracking-table to another name\\.$`,
        ),
      )
    }
  })
})
