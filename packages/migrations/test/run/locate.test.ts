import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres, type Major } from '@tokenledger/postgres-server'
import { Client } from 'pg'
import type { Migration } from '../../src/files/migration.ts'
import { textOf } from '../../src/problem.ts'
import { problemOf } from '../../src/run/locate.ts'
import { split } from '../../src/sql/split.ts'

const SETUP = 'CREATE TABLE note (id int PRIMARY KEY, body text)'
/** Two UTF-16 units, several code points, and a combining mark. */
const EMOJI = "INSERT INTO note VALUES (1, '🚀👩‍🚀 e\u0301') ON CONFLICT DO NOTHING;"
const EMOJI_LINES = `${EMOJI}\n`.repeat(36)

describe.each<Major>([16, 18])('an error of PostgreSQL %i', major => {
  let server: DisposablePostgres
  let client: Client
  beforeAll(async () => {
    server = await disposablePostgres({ major })
    const url = await server.createDatabase()
    await server.query(SETUP, url)
    client = new Client({ connectionString: url })
    await client.connect()
  })
  afterAll(async () => {
    await client.end()
    await server.close()
  })

  /** Runs a file in a transaction that is rolled back, and tells its failure in one line. */
  async function failure(text: string, way: 'statements' | 'file' = 'statements') {
    const migration = migrationOf(text)
    const pieces = way === 'file' ? [undefined] : migration.statements
    await client.query('BEGIN')
    try {
      for (const statement of pieces) {
        try {
          await client.query(statement?.text ?? migration.text)
        } catch (error) {
          return problemOf(error, migration, statement)
        }
      }
      throw new Error('the file did not fail')
    } finally {
      await client.query('ROLLBACK')
    }
  }
  const told = async (text: string, way?: 'file') => textOf(await failure(text, way))

  it.each([
    [
      'a syntax error behind 36 lines with emoji',
      `${EMOJI_LINES}CREATE TABLE "t 🚀🚀" (id int, label text, n int int);`,
      'm/002_x.sql:37:48 syntax error at or near "int" (42601)',
    ],
    [
      'an undefined column',
      `${EMOJI_LINES}UPDATE note SET nope = 1;`,
      'm/002_x.sql:37:17 column "nope" of relation "note" does not exist (42703)',
    ],
    [
      'a byte order mark and CRLF',
      '\ufeff-- one\r\nSELECT 1;\r\nSELECT nope\r\nFROM note;\r\n',
      'm/002_x.sql:3:8 column "nope" does not exist (42703)',
    ],
    [
      'a tab before it, which is one column',
      'SELECT\t1;\n\tSELECT\tnope;',
      'm/002_x.sql:2:9 column "nope" does not exist (42703)',
    ],
    [
      'the end of the file, which is one behind the last character',
      'SELECT 1;\nSELECT (1',
      'm/002_x.sql:2:10 syntax error at end of input (42601)',
    ],
    [
      'a syntax error inside a DO block',
      'SELECT 1;\nDO $$\nBEGIN\n  IF true THAN NULL; END IF;\nEND $$;',
      'm/002_x.sql:4:20 missing "THEN" at end of SQL expression (42601)',
    ],
    [
      'the body of a function in SQL',
      'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$\n  SELECT nope;\n$$;',
      'm/002_x.sql:2:10 column "nope" does not exist (42703)',
    ],
  ])(
    'with a position is told at that place, statement by statement and as a whole file: %s',
    async (...row) => {
      const [, text, expected] = row
      expect([await told(text), await told(text, 'file')]).toEqual([expected, expected])
    },
  )

  it('without a position is told at the start of its statement', async () => {
    const text = `${EMOJI_LINES}INSERT INTO note (id, body)\nVALUES (1, '');`
    const problem = await failure(text)
    expect(textOf(problem)).toBe(
      'm/002_x.sql:37:1 duplicate key value violates unique constraint "note_pkey" (23505)',
    )
    expect(problem.excerpt).toContain('37 | INSERT INTO note (id, body)\n   | ^')
    expect(problem.detail).toBe('Key (id)=(1) already exists.')
  })

  it('without a position and without a statement names the file alone', async () => {
    const problem = await failure(`${EMOJI_LINES}INSERT INTO note VALUES (1);`, 'file')
    expect(problem).toMatchObject({ path: 'm/002_x.sql', message: expect.stringContaining('(23505)') })
    expect(problem.position).toBeUndefined()
  })

  it.each([
    ['RAISE', 'SELECT 1;\nDO $$\nBEGIN\nRAISE EXCEPTION $x$no$x$;\nEND $$;', '4:1 no (P0001)'],
    ['an indented line', 'SELECT 1;\nDO $$\nBEGIN\n\t RAISE EXCEPTION $x$no$x$;\nEND $$;', '4:3 no (P0001)'],
    ['CRLF', 'SELECT 1;\r\nDO $b$\r\nBEGIN\r\n  RAISE EXCEPTION $x$no$x$;\r\nEND $b$;', '4:3 no (P0001)'],
    ['BEGIN beside the quote', "DO\n$$ BEGIN\n  RAISE EXCEPTION 'no'; END $$", '3:3 no (P0001)'],
    ['a string as body', "DO -- '\n'BEGIN\n RAISE ''no''; END' LANGUAGE 'plpgsql'", '3:2 no (P0001)'],
    ['a body with escapes', "SELECT 1;\nDO E'\\nBEGIN\\nRAISE ''no''; END'", '2:1 no (P0001)'],
    [
      'its SQL',
      'DO $$\nBEGIN\n  SELECT id,\n  nope FROM note;\nEND $$',
      '4:3 column "nope" does not exist (42703)',
    ],
    [
      'an expression',
      'DO $$\nDECLARE x int;\nBEGIN\n  x := 1 + nope;\nEND $$',
      '4:12 column "nope" does not exist (42703)',
    ],
    [
      'PERFORM',
      "DO $$\nBEGIN\n  PERFORM 'é🚀', nope FROM note;\nEND $$",
      '3:17 column "nope" does not exist (42703)',
    ],
    [
      'SELECT … INTO',
      'DO $$\nDECLARE x int;\nBEGIN\n  SELECT nope INTO x FROM note;\nEND $$',
      '4:10 column "nope" does not exist (42703)',
    ],
    [
      'a failing row',
      'DO $$\nBEGIN\n  INSERT INTO note VALUES (7);\n  INSERT INTO note\n  VALUES (7);\nEND $$',
      '4:3 duplicate key value violates unique constraint "note_pkey" (23505)',
    ],
    [
      'a block in it',
      "DO $$\nBEGIN\n  DO $x$ BEGIN\n\n    RAISE 'in';\n  END $x$;\nEND $$",
      '5:5 in (P0001)',
    ],
    [
      'a block that it builds',
      "DO $$\nBEGIN\n  EXECUTE 'DO $x$ BEGIN RAISE ''in''; END $x$';\nEND $$",
      '3:3 in (P0001)',
    ],
  ])('in a DO block is told at its line: %s', async (_, text, expected) => {
    expect(await told(text)).toBe(`m/002_x.sql:${expected}`)
  })

  it('of a function that the file creates is told at the call and names the line of the body', async () => {
    const create = `CREATE FUNCTION public."Check"(a int) RETURNS void\nLANGUAGE plpgsql AS $$\nBEGIN\n  RAISE 'bad %', a;\nEND $$;\n`
    expect(await told(`${create}SELECT 1,\n  "Check"(5);`)).toBe(
      'm/002_x.sql:6:1 bad 5 (P0001), in function "Check", line 4',
    )
    expect(await told(`${create}DO $$\nBEGIN\n  PERFORM "Check"(5);\nEND $$;`)).toBe(
      'm/002_x.sql:8:3 bad 5 (P0001), in function "Check", line 4',
    )
  })

  it('ends with the hint, without the full stop', async () => {
    expect(await told('SELECT boddy FROM note')).toBe(
      'm/002_x.sql:1:8 column "boddy" does not exist (42703). Hint: Perhaps you meant to reference the column "note.body"',
    )
  })

  it('is placed in the file when something was sent before the statement', async () => {
    const migration = migrationOf('SELECT 1;\nSELECT nope')
    const statement = migration.statements[1]
    const sent = {
      text: `SET LOCAL lock_timeout = 5000; ${statement?.text}`,
      offset: (statement?.offset ?? 0) - 31,
    }
    const error = await client.query(sent.text).catch(caught => caught)
    expect(problemOf(error, migration, statement, sent).position).toEqual({ line: 2, column: 8 })
  })
})

it("a failure that is not the server's keeps its words and the place of its statement", () => {
  const migration = migrationOf('SELECT 1;\n\nSELECT 2')
  const error = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
  expect(textOf(problemOf(error, migration, migration.statements[1]))).toBe('m/002_x.sql:3:1 read ECONNRESET')
  expect(textOf(problemOf('gone', migration))).toBe('m/002_x.sql gone')
})

/** As the translations of PostgreSQL 15 spell the line of a block (src/pl/plpgsql/src/po). */
it.each([
  'PL/pgSQL-Funktion inline_code_block Zeile 3 bei RAISE',
  'PL/pgSQL関数inline_code_blockの3行目 - RAISE',
  '在RAISE的第3行的PL/pgSQL函数inline_code_block',
  'inline_code_block PL/pgSQL fonksiyonu, 3. satır, RAISE içinde',
  'PL/pgSQL 함수 "inline_code_block" 의 3번째 RAISE',
])('the line of a DO block is found in any language: %s', where => {
  const migration = migrationOf('SELECT 1;\nDO $$\nBEGIN\nRAISE $x$no$x$;\nEND $$')
  const error = Object.assign(new Error('no'), { code: 'P0001', where })
  expect(problemOf(error, migration, migration.statements[1]).position).toEqual({ line: 4, column: 1 })
})

it.each(['PL/pgSQL関数f2(int4)の3行目 - RAISE', '在RAISE的第3行的PL/pgSQL函数f2(int4)'])(
  'the line of a function is found in any language: %s',
  where => {
    const migration = migrationOf(
      'CREATE FUNCTION F2(int4) RETURNS int AS $$\nBEGIN\nRAISE $x$no$x$;\nEND $$;\nSELECT f2(1)',
    )
    const error = Object.assign(new Error('no'), { code: 'P0001', where })
    expect(problemOf(error, migration, migration.statements[1]).message).toBe(
      'no (P0001), in function f2, line 3',
    )
  },
)

function migrationOf(content: string): Migration {
  const text = content.replace(/^\ufeff/, '')
  return {
    version: 2n,
    label: '002',
    name: '002_x',
    path: 'm/002_x.sql',
    text,
    checksum: '',
    transactional: true,
    statements: split(text).statements,
  }
}
