import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import type { Session } from '../../src/database/session.ts'
import { isPristine } from '../../src/schema/pristine.ts'
import { EMPTY_SCHEMA, readSchema, readSchemaBefore } from '../../src/schema/read-schema.ts'
import { BOOKKEEPING, sessionTo } from './schema-lab.ts'

/** Something of every kind that a schema can hold, in a database of its own. */
const CHANGES = [
  'CREATE TABLE t ()',
  'CREATE TYPE mood AS ENUM ()',
  'CREATE DOMAIN d AS int',
  "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
  'CREATE SCHEMA s',
  'CREATE SEQUENCE q',
  'CREATE VIEW v AS SELECT 1 AS one',
  'CREATE COLLATION c (provider = libc, locale = "C")',
  'CREATE OPERATOR === (leftarg = int, rightarg = int, function = int4eq)',
  'CREATE CAST (point AS money) WITH INOUT',
  'CREATE LANGUAGE mine HANDLER plpgsql_call_handler',
  'CREATE TEXT SEARCH CONFIGURATION tsc (copy = simple)',
  'CREATE TEXT SEARCH DICTIONARY tsd (template = simple)',
  'CREATE FOREIGN DATA WRAPPER w',
  'CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w',
  'CREATE PUBLICATION p',
  'CREATE ACCESS METHOD m TYPE TABLE HANDLER heap_tableam_handler',
  'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC',
  "COMMENT ON SCHEMA public IS 'ours'",
  'COMMENT ON SCHEMA public IS NULL',
  'DROP SCHEMA public',
  "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()",
]

describe.each([16, 18] as const)('a database that has nothing, on PostgreSQL %d', major => {
  let server: DisposablePostgres
  beforeAll(async () => {
    server = await disposablePostgres({ major })
  })
  afterAll(() => server.close())

  async function inFresh<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = await sessionTo(await server.createDatabase())
    try {
      return await work(session)
    } finally {
      await session.close()
    }
  }

  it('has the empty text for its schema, by the catalog and by pg_dump where there is one', () =>
    inFresh(async session => {
      expect(await isPristine(session.main)).toBe(true)
      for (const pgDump of ['auto', 'off'] as const) {
        const options = { bookkeeping: BOOKKEEPING, pgDump, env: { PATH: process.env.PATH } }
        expect((await readSchema(session, options)).text).toBe('')
        expect(await readSchemaBefore(session, options)).toBe(EMPTY_SCHEMA)
      }
    }))

  it.each(CHANGES)('is no longer one after: %s', change =>
    inFresh(async session => {
      await session.main.query(change)
      expect(await isPristine(session.main)).toBe(false)
    }),
  )
})
