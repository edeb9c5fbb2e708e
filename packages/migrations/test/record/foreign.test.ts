import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { Client } from 'pg'
import { countTables, foreignRecords, meaningOfEntries } from '../../src/record/foreign.ts'
import { trackingTable } from '../../src/record/tracking-table.ts'
import { findRecord, needsBaseline } from '../../src/record/unrecorded.ts'
import { migrationOf } from './migration-of.ts'

const FILES = ['001_a', '002_b', '003_c'].map(name => migrationOf(name))

describe('what other tools recorded', () => {
  let server: DisposablePostgres
  const clients: Client[] = []
  beforeAll(async () => {
    server = await disposablePostgres({ major: 18 })
  })
  afterAll(async () => {
    await Promise.all(clients.map(client => client.end()))
    await server.close()
  })

  async function databaseWith(sql: string): Promise<Client> {
    const client = new Client({ connectionString: await server.createDatabase() })
    clients.push(client)
    await client.connect()
    await client.query(sql)
    await client.query("SELECT set_config('search_path', '', false)")
    return client
  }

  const says = async (sql: string) => foreignRecords(await databaseWith(sql))

  it('is nothing in an empty database', async () => {
    expect(await says('CREATE TABLE users (id int)')).toEqual([])
  })

  it.each([
    [
      'golang-migrate',
      'CREATE TABLE schema_migrations (version bigint, dirty boolean); INSERT INTO schema_migrations VALUES (2, false)',
      { table: 'public.schema_migrations', says: '2', version: 2n },
    ],
    [
      'golang-migrate',
      'CREATE TABLE schema_migrations (version bigint, dirty boolean); INSERT INTO schema_migrations VALUES (2, true)',
      { table: 'public.schema_migrations', says: 'dirty 2' },
    ],
    [
      'dbmate or Rails',
      "CREATE TABLE schema_migrations (version varchar); INSERT INTO schema_migrations VALUES ('9'), ('10')",
      { table: 'public.schema_migrations', says: '2 entries, the newest is 10', version: 10n },
    ],
    [
      'node-pg-migrate',
      "CREATE TABLE pgmigrations (id int, name text, run_on timestamp); INSERT INTO pgmigrations VALUES (1, '001_a', now())",
      { table: 'public.pgmigrations', says: '001_a', version: 1n },
    ],
    [
      'postgrator',
      'CREATE SCHEMA app; CREATE TABLE app.schemaversion (version bigint, name text, md5 text); INSERT INTO app.schemaversion VALUES (0), (3)',
      { table: 'app.schemaversion', says: '2 entries, the newest is 3', version: 3n },
    ],
    [
      'Flyway',
      "CREATE TABLE flyway_schema_history (version text, success bool); INSERT INTO flyway_schema_history VALUES ('1', true), (NULL, true), ('2.1', true)",
      { table: 'public.flyway_schema_history', says: '2 entries, the newest is 2.1' },
    ],
    [
      'goose',
      'CREATE TABLE goose_db_version (id serial, version_id bigint, is_applied bool); INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, true), (1, true)',
      { table: 'public.goose_db_version', says: '2 entries, the newest is 1', version: 1n },
    ],
    [
      'Atlas',
      "CREATE SCHEMA atlas_schema_revisions; CREATE TABLE atlas_schema_revisions.atlas_schema_revisions (version varchar); INSERT INTO atlas_schema_revisions.atlas_schema_revisions VALUES ('20260101120000')",
      {
        table: 'atlas_schema_revisions.atlas_schema_revisions',
        says: '20260101120000',
        version: 20260101120000n,
      },
    ],
    [
      'yoyo',
      "CREATE TABLE _yoyo_migration (migration_hash varchar, migration_id varchar); INSERT INTO _yoyo_migration VALUES ('x', '0001_initial')",
      { table: 'public._yoyo_migration', says: '0001_initial', version: 1n },
    ],
    [
      'Alembic',
      "CREATE TABLE alembic_version (version_num varchar); INSERT INTO alembic_version VALUES ('002')",
      { table: 'public.alembic_version', says: '002' },
    ],
    [
      'dbmate or Rails',
      'CREATE TABLE schema_migrations (version varchar)',
      { table: 'public.schema_migrations', says: 'no entries' },
    ],
  ])('is read from the table of %s', async (tool, sql, expected) => {
    expect(await says(sql)).toEqual([{ tool, ...expected }])
  })

  it('is left alone when the columns are not those of a tool', async () => {
    expect(await says('CREATE TABLE schemaversion (id int)')).toEqual([])
  })

  it('proves nothing where it cannot be read', async () => {
    const client = await databaseWith(`
      CREATE TABLE public.schema_migrations (version bigint, dirty boolean);
      CREATE ROLE reader; SET ROLE reader`)
    expect(await foreignRecords(client)).toEqual([
      { table: 'public.schema_migrations', tool: 'golang-migrate', says: 'it cannot be read by this role' },
    ])
  })

  it('counts the tables that people made: none of tools, extensions, partitions and the server', async () => {
    const client = await databaseWith(`
      CREATE TABLE a (id int) PARTITION BY LIST (id);
      CREATE TABLE a1 PARTITION OF a FOR VALUES IN (1);
      CREATE SCHEMA other; CREATE TABLE other.b (); CREATE TABLE schema_migrations (version varchar);
      CREATE TABLE tokenledger_migrations (); CREATE TEMP TABLE c ();
      CREATE TABLE of_extension ();
      CREATE EXTENSION pgcrypto; ALTER EXTENSION pgcrypto ADD TABLE of_extension`)
    expect(await countTables(client, trackingTable())).toBe(2)
  })

  it('makes the suggestion, where it proves a version that has a file', async () => {
    const client = await databaseWith(`
      CREATE TABLE users (id int);
      CREATE TABLE schema_migrations (version bigint, dirty boolean);
      INSERT INTO schema_migrations VALUES (2, false)`)
    const { rows } = await client.query('SELECT current_database() AS name')
    expect(await findRecord(client, trackingTable(), FILES)).toEqual({
      record: [],
      refusal: `Database "${rows[0].name}" has 1 table and no migration record. Run once with mode: baseline, baseline-version: 002. public.schema_migrations (golang-migrate) says: 2.`,
    })
  })

  it('does not matter in a database without tables', async () => {
    const client = await databaseWith('CREATE TABLE schema_migrations (version bigint, dirty boolean)')
    expect(await findRecord(client, trackingTable(), FILES)).toEqual({ record: [] })
  })
})

describe('the request for a baseline', () => {
  it('names the newest file where nothing is proved, and says that this is a guess', () => {
    expect(needsBaseline('tokenledger', 1, [], FILES.slice(0, 2))).toBe(
      'Database "tokenledger" has 1 table and no migration record. Run once with mode: baseline, baseline-version: 002. 002 is the newest file; give an earlier version, or 0 for none, if its changes are not in the database.',
    )
  })

  it('does not take the word of a table whose version has no file, nor that of Alembic', () => {
    const foreign = [
      { table: 'public.pgmigrations', tool: 'node-pg-migrate', says: '9_x', version: 9n },
      { table: 'public.alembic_version', tool: 'Alembic', says: '001' },
    ]
    const proof = { table: 'public.schemaversion', tool: 'postgrator', says: '2', version: 2n }
    expect(needsBaseline('x', 2, [...foreign, proof], FILES)).toContain('baseline-version: 002.')
    expect(needsBaseline('x', 2, foreign, FILES)).toMatch(
      /^Database "x" has 2 tables .* baseline-version: 003\. 003 is the newest file; .* says: 9_x\. .* says: 001\. If Alembic owns this database, set tool: alembic\.$/,
    )
  })

  it.each([
    [['1', '2', 'x'], undefined],
    [['1.2'], undefined],
    [['V3'], 3n],
    [['20240101120000_a'], 20240101120000n],
  ])('%j proves %p', (entries, version) => {
    expect(meaningOfEntries(entries, true).version).toBe(version)
    expect(meaningOfEntries(entries, false).version).toBeUndefined()
  })
})
