import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { split } from '../../src/index.ts'

const textsOf = (text: string) => split(text).statements.map(statement => statement.text)

describe('split', () => {
  test('comments and semicolons alone are no statement', () => {
    for (const text of ['', ' \n', ';;', '-- a;', '/* b; */ ; -- c', '\ufeff']) {
      expect(split(text)).toEqual({ statements: [] })
    }
  })

  test('a byte order mark and a lone CR stand before a statement and in no statement', () => {
    expect(split('\ufeff-- a\rSELECT 1\r;\r\nSELECT 2')).toEqual({
      statements: [
        { text: 'SELECT 1', offset: 6 },
        { text: 'SELECT 2', offset: 18 },
      ],
    })
  })

  test("psql's meta-commands are in no statement, whatever quotes they hold", () => {
    const dump = "\\restrict it's\nSELECT 1;\n\\unrestrict it's\nSELECT 2 \\gexec\n"
    expect(split(dump)).toEqual({
      statements: [
        { text: 'SELECT 1', offset: 15 },
        { text: 'SELECT 2', offset: 42 },
      ],
    })
  })

  test('the rows after COPY FROM stdin are no SQL; without rows nothing is passed over', () => {
    const dump =
      "COPY t (a) FROM stdin;\n1\tit's;\n\\N\n\\.\n\nSELECT 1;\nCOPY u FROM STDIN WITH (FORMAT csv);\n'\n\\.\n"
    expect(textsOf(dump)).toEqual([
      'COPY t (a) FROM stdin',
      'SELECT 1',
      'COPY u FROM STDIN WITH (FORMAT csv)',
    ])
    expect(split(dump).unterminated).toBeUndefined()
    expect(
      textsOf("COPY t FROM stdin; SELECT 1; COPY t FROM '/file'; COPY t TO stdout; SELECT 2"),
    ).toHaveLength(5)
  })

  test.each([
    ["SELECT 1; SELECT 'a;\n", 'quoted string', 17],
    [String.raw`SELECT E'a\';`, 'quoted string', 7],
    ["SELECT 'a'\n'b", 'quoted string', 7],
    ['SELECT U&"a', 'quoted identifier', 7],
    ['SELECT "a""', 'quoted identifier', 7],
    ['/* a /* b */ SELECT 1', 'comment', 0],
    ['SELECT $a$ $b$ $', 'dollar-quoted string', 7],
  ])('%j is open at its end, from where it opened', (text, what, offset) => {
    expect(split(text).unterminated).toEqual({ what, offset })
  })

  test('a parenthesis that is not closed keeps the rest together, so that the server names the place', () => {
    expect(textsOf('CREATE TABLE t (a int;\nSELECT 1;')).toEqual(['CREATE TABLE t (a int;\nSELECT 1;'])
    expect(textsOf('SELECT 1); SELECT (2)')).toEqual(['SELECT 1)', 'SELECT (2)'])
  })

  test('END belongs to a body only where one is open', () => {
    expect(textsOf('BEGIN ATOMIC; CREATE TABLE t (a int); END; SELECT 1')).toHaveLength(4)
    expect(textsOf('CREATE VIEW v AS SELECT CASE WHEN a THEN b END; SELECT 1')).toHaveLength(2)
  })
})

describe('strings that go on in the next line', () => {
  let server: DisposablePostgres
  beforeAll(async () => {
    server = await disposablePostgres({ major: 18 })
  })
  afterAll(() => server.close())

  // libpg-query cannot judge these: unlike the server it takes a comment for a token.
  test.each([
    ["SELECT 'a;' -- it's a comment\n 'b;' AS x", 'a;b;'],
    ["SELECT E'a\\'' -- ; '\n\n-- ;'\n '\\';b' AS x", "a'';b"],
    ["SELECT E'a;'\r'\\';b' AS x", "a;';b"],
  ])('%j is one statement, as for the server', async (sql, value) => {
    expect(textsOf(`${sql};SELECT 2`)).toEqual([sql, 'SELECT 2'])
    expect(await server.query(sql)).toEqual([{ x: value }])
  })
})
