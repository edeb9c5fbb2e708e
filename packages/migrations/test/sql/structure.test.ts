import { describe, expect, test } from '@jest/globals'
import { isTransactional, structuralProblems, textOf } from '../../src/index.ts'
import { HARD_STATEMENTS } from './hard-sql.ts'
import { migrationOf } from './migration-of.ts'

/** Texts with their places, as a log shows them. */
const problemsOf = (text: string, name?: string) => structuralProblems(migrationOf(text, name)).map(textOf)

describe('the failure texts that are promised', () => {
  test('an index that is built CONCURRENTLY in a transaction', () => {
    expect(problemsOf('-- faster\nCREATE INDEX CONCURRENTLY tu ON t (u);\n', '002_idx')).toEqual([
      'migrations/002_idx.sql:2:1 CREATE INDEX CONCURRENTLY cannot run in a transaction. Put it alone in its file with the first line "-- migrate:no-transaction".',
    ])
  })

  test('a transaction of its own', () => {
    expect(problemsOf('BEGIN;\nSELECT 1;\nCOMMIT;\n', '003_x')).toEqual([
      'migrations/003_x.sql:1:1 BEGIN: the runner opens the transaction itself. Remove BEGIN/COMMIT.',
      'migrations/003_x.sql:3:1 COMMIT: the runner opens the transaction itself. Remove BEGIN/COMMIT.',
    ])
  })

  test("psql's meta-commands and COPY FROM stdin, as a dump has them", () => {
    const dump = [
      '--',
      '-- PostgreSQL database dump',
      '--',
      '\\restrict aK9',
      "SELECT pg_catalog.set_config('search_path', '', false);",
      'COPY public.t (a) FROM stdin;',
      "1\tit's; \\N",
      '\\.',
      '\\unrestrict aK9',
    ].join('\r\n')
    expect(problemsOf(dump, '001_dump')).toEqual([
      'migrations/001_dump.sql:4:1 psql meta-command \\restrict (pg_dump output?). Remove \\-lines; they are not SQL.',
      'migrations/001_dump.sql:6:1 COPY … FROM stdin is not supported; use INSERT.',
      'migrations/001_dump.sql:9:1 psql meta-command \\unrestrict (pg_dump output?). Remove \\-lines; they are not SQL.',
    ])
  })
})

describe('what only psql understands', () => {
  test.each([
    ['\\i other.sql', '1:1 psql meta-command \\i.'],
    ['\\set x 1', '1:1 psql meta-command \\set.'],
    ["\\copy t from 'it.csv'", '1:1 psql meta-command \\copy.'],
    ["SELECT 1;\n  SELECT '\\a' \\gexec", '2:15 psql meta-command \\gexec.'],
    ['\\! ls', '1:1 psql meta-command \\!.'],
    ['\\', '1:1 psql meta-command \\.'],
  ])('%j', (text, start) => {
    expect(problemsOf(text)).toEqual([`migrations/002_x.sql:${start} Remove \\-lines; they are not SQL.`])
  })

  test('its variables, but no casts, slices, named arguments and JSON pairs', () => {
    expect(problemsOf(`SELECT :'name', :"col" FROM t`)).toEqual([
      "migrations/002_x.sql:1:8 :'name' is a variable of psql, which has no value here. Write the value itself.",
      'migrations/002_x.sql:1:17 :"col" is a variable of psql, which has no value here. Write the value itself.',
    ])
    expect(problemsOf(`SELECT a::"char", b['1':'2'], f(x :='y'), json_object('a':'b')`)).toEqual([])
  })

  test('COPY through the client, however it is written', () => {
    const refused = [
      'COPY t TO STDOUT',
      'copy (select a from stdin) to stdout with csv',
      'COPY t (a, b) FROM /* x */ STDIN',
    ]
    expect(problemsOf(refused.join(';\n'))).toEqual([
      'migrations/002_x.sql:1:1 COPY … TO stdout is not supported; remove it.',
      'migrations/002_x.sql:2:1 COPY … TO stdout is not supported; remove it.',
      'migrations/002_x.sql:3:1 COPY … FROM stdin is not supported; use INSERT.',
    ])
    expect(problemsOf("COPY t FROM '/srv/rows.csv'; COPY t TO PROGRAM 'gzip'; SELECT stdin FROM t")).toEqual(
      [],
    )
  })
})

describe('transactions', () => {
  test.each([
    'BEGIN WORK',
    'START TRANSACTION READ ONLY',
    'COMMIT AND CHAIN',
    'END',
    'ABORT',
    'ROLLBACK',
    "PREPARE TRANSACTION 'x'",
  ])('%s is the runner’s', sql => {
    const [, name] = /^(START TRANSACTION|PREPARE TRANSACTION|\w+)/.exec(sql) ?? []
    expect(problemsOf(`SELECT 1;\n ${sql.toLowerCase()};`)).toEqual([
      `migrations/002_x.sql:2:2 ${name}: the runner opens the transaction itself. Remove BEGIN/COMMIT.`,
    ])
  })

  test('savepoints, prepared statements and the words in bodies and names are no transaction control', () => {
    const fine = HARD_STATEMENTS.filter(sql => !/^(?:BEGIN|COMMIT|END)$/.test(sql)).join(';\n')
    expect(problemsOf(`${fine};SAVEPOINT a;ROLLBACK TO a;RELEASE a;PREPARE begin AS SELECT 1`)).toEqual([])
    expect(problemsOf('DO $$ BEGIN COMMIT; END $$; SELECT begin FROM "end"')).toEqual([])
  })

  test('the directive is read before the first statement alone, and written in one way', () => {
    expect(isTransactional('-- a\n/* b */\n--migrate:no-transaction \r\nVACUUM')).toBe(false)
    expect(isTransactional('\ufeff-- migrate:no-transaction\nVACUUM')).toBe(false)
    expect(isTransactional('VACUUM;\n-- migrate:no-transaction')).toBe(true)
    expect(isTransactional('/* migrate:no-transaction */ VACUUM')).toBe(true)
    expect(isTransactional("SELECT '\n-- migrate:no-transaction\n'")).toBe(true)
  })

  test.each([
    '-- migrate: no_transaction',
    '-- Migrate:No-Transaction',
    '-- migrate:no-tx',
    '/* migrate:no-transaction */',
    '-- migrate:no-transaction please',
    '-- migrate:up transaction:false',
    '-- +goose NO TRANSACTION',
    '--! no-transaction',
  ])('%s is told how it is written', comment => {
    expect(problemsOf(`${comment}\nSELECT 1`)).toEqual([
      `migrations/002_x.sql:1:1 ${comment} has no effect. Write the line "-- migrate:no-transaction" before the first statement.`,
    ])
  })

  test('a comment that speaks of transactions is a comment', () => {
    expect(problemsOf('-- We migrate without a transaction?\n-- no transaction is needed\nSELECT 1')).toEqual(
      [],
    )
  })

  test('the directive behind a statement is told where it belongs', () => {
    expect(problemsOf('SELECT 1;\n-- migrate:no-transaction\n')).toEqual([
      'migrations/002_x.sql:2:1 -- migrate:no-transaction has no effect here. Move it before the first statement.',
    ])
  })

  test('a file without a transaction holds one statement besides SET', () => {
    const start = '-- migrate:no-transaction\nSET lock_timeout = 0;\n'
    expect(problemsOf(`${start}CREATE INDEX CONCURRENTLY a ON t (a);\nRESET lock_timeout;`)).toEqual([])
    expect(problemsOf(`${start}VACUUM;\nANALYZE;\nANALYZE;`)).toEqual([
      'migrations/002_x.sql:4:1 Second statement: a file with "-- migrate:no-transaction" holds one statement besides SET, and this one has 3. Move it to another file.',
    ])
    expect(problemsOf(`${start}BEGIN;\nSET LOCAL a.b = 1;\nVACUUM;`)).toEqual([
      'migrations/002_x.sql:3:1 BEGIN: this file runs without a transaction. Remove BEGIN/COMMIT.',
      'migrations/002_x.sql:4:1 SET LOCAL has no effect without a transaction. Use SET.',
    ])
  })
})

describe('the rest', () => {
  test.each(['-- migrate:down', '-- +goose Down', '-- +migrate Down', '-- Down Migration'])(
    '%s would not keep what is below it from running',
    comment => {
      expect(problemsOf(`CREATE TABLE t ();\n${comment}\nDROP TABLE t;`)).toEqual([
        `migrations/002_x.sql:2:1 ${comment} is no border here: the part below it would run too. Remove it.`,
      ])
    },
  )

  test.each([
    ["SELECT 1;\nSELECT 'a;\n", "2:8 Unterminated quoted string: it opens here and no ' closes it."],
    ['SELECT "a;\n', '1:8 Unterminated quoted identifier: it opens here and no " closes it.'],
    [
      'DO $body$ BEGIN $$; END;\n',
      '1:4 Unterminated dollar-quoted string: it opens here and no $body$ closes it.',
    ],
    ['SELECT 1; /* a /* b */', '1:11 Unterminated comment: it opens here and no */ closes it.'],
  ])('%j', (text, problem) => {
    expect(problemsOf(text)).toEqual([`migrations/002_x.sql:${problem}`])
  })

  test.each(['', '\n', '-- later\n', ';;'])('%j holds no statement', text => {
    expect(problemsOf(text)).toEqual([
      'migrations/002_x.sql:1:1 The file holds no statement. Write one, or delete the file.',
    ])
  })

  test('an encoding that is not UTF-8', () => {
    expect(problemsOf('S\0E\0')).toEqual([
      'migrations/002_x.sql:1:2 NUL byte, which SQL cannot hold (UTF-16?). Save the file as UTF-8.',
    ])
    expect(problemsOf("BEGIN;\nSELECT 'caf\ufffd'")).toEqual([
      'migrations/002_x.sql:2:12 This is not UTF-8. Save the file as UTF-8.',
    ])
  })

  test('all problems come at once, in the order of their places, each with its excerpt', () => {
    const problems = structuralProblems(
      migrationOf("\\i a\nBEGIN;\nVACUUM;\n-- migrate: no-tx\nSELECT '😀', \"x"),
    )
    expect(problems.map(({ position }) => `${position?.line}:${position?.column}`)).toEqual([
      '1:1',
      '2:1',
      '3:1',
      '4:1',
      '5:13',
    ])
    expect(problems[1]?.excerpt).toBe('1 | \\i a\n2 | BEGIN;\n  | ^')
  })
})
