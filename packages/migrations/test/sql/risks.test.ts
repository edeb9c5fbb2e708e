import { describe, expect, test } from '@jest/globals'
import { riskyChanges } from '../../src/index.ts'
import { migrationOf } from './migration-of.ts'

/** `line:column rule` of the warnings about files that are new together. */
const rulesOf = (...texts: readonly string[]) =>
  riskyChanges(texts.map((text, index) => migrationOf(text, `00${index + 1}_x`))).map(
    ({ position, message }) => `${position?.line}:${position?.column} ${/\[(.+)\]$/.exec(message)?.[1]}`,
  )

describe('risky changes', () => {
  test.each([
    ['DROP TABLE t', '1:1 ban-drop-table'],
    ['drop table if exists a."T x" cascade', '1:1 ban-drop-table'],
    ['ALTER TABLE t DROP COLUMN IF EXISTS c', '1:15 ban-drop-column'],
    ['ALTER TABLE t DROP c', '1:15 ban-drop-column'],
    ['ALTER TABLE IF EXISTS ONLY a.t RENAME TO u', '1:32 renaming-table'],
    ['ALTER TABLE t RENAME c TO d', '1:15 renaming-column'],
    ['ALTER TABLE t RENAME COLUMN c TO d', '1:15 renaming-column'],
    ['ALTER TABLE t ALTER c TYPE bigint', '1:15 changing-column-type'],
    ['ALTER TABLE t ALTER COLUMN type SET DATA TYPE text', '1:15 changing-column-type'],
    ['ALTER TABLE t ALTER c SET NOT NULL', '1:15 adding-not-nullable-field'],
    ['ALTER TABLE t ADD CONSTRAINT n NOT NULL c', '1:15 adding-not-nullable-field'],
    ['ALTER TABLE t ADD c int NOT NULL', '1:15 adding-required-field'],
    ['ALTER TABLE t ADD COLUMN IF NOT EXISTS c numeric(1, 2) NOT NULL', '1:15 adding-required-field'],
    ['CREATE INDEX ON t (c)', '1:1 require-concurrent-index-creation'],
    ['CREATE UNIQUE INDEX IF NOT EXISTS i ON a.t (c)', '1:1 require-concurrent-index-creation'],
    ['ALTER TABLE t ADD FOREIGN KEY (c) REFERENCES u', '1:15 adding-foreign-key-constraint'],
    ['ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (c) REFERENCES u', '1:15 adding-foreign-key-constraint'],
    ['ALTER TABLE t ADD c int DEFAULT 1 REFERENCES u', '1:15 adding-foreign-key-constraint'],
    ['ALTER TABLE t ADD CHECK (c > 0)', '1:15 constraint-missing-not-valid'],
    ['ALTER TABLE t ADD c int CHECK (c > 0)', '1:15 constraint-missing-not-valid'],
    ['ALTER TABLE t ADD CONSTRAINT u UNIQUE (c)', '1:15 disallowed-unique-constraint'],
    ['ALTER TABLE t ADD c int UNIQUE', '1:15 disallowed-unique-constraint'],
    ['ALTER TABLE t ADD PRIMARY KEY (c)', '1:15 adding-serial-primary-key-field'],
  ])('%s', (sql, warning) => {
    expect(rulesOf(sql)).toEqual([warning])
  })

  test.each([
    'ALTER TABLE t DROP CONSTRAINT c',
    'ALTER TABLE t RENAME CONSTRAINT c TO d',
    'ALTER TABLE t ALTER c DROP NOT NULL, ALTER c SET DEFAULT 1, ALTER CONSTRAINT f DEFERRABLE',
    "ALTER TABLE t ADD c int NOT NULL DEFAULT 0, ADD d bigserial NOT NULL, ADD e text DEFAULT 'NOT NULL'",
    'ALTER TABLE t ADD c int NOT NULL GENERATED ALWAYS AS (d + 1) STORED',
    'ALTER TABLE t ADD c int REFERENCES u ON DELETE SET DEFAULT',
    'ALTER TABLE t ADD FOREIGN KEY (c) REFERENCES u NOT VALID',
    'ALTER TABLE t ADD CONSTRAINT k CHECK (c > 0) NOT VALID, VALIDATE CONSTRAINT other',
    'ALTER TABLE t ADD CONSTRAINT u UNIQUE USING INDEX i',
    'CREATE INDEX CONCURRENTLY i ON t (c)',
    'CREATE INDEX i ON ONLY t (c)',
    'ALTER INDEX i RENAME TO j',
    "COMMENT ON TABLE t IS 'DROP TABLE t'",
    'DO $$ BEGIN DROP TABLE t; END $$',
  ])('no risk: %s', sql => {
    expect(rulesOf(sql)).toEqual([])
  })

  test('each action of one statement is warned about at its own place', () => {
    expect(
      rulesOf(
        'ALTER TABLE t\n  DROP a,\n  ADD b numeric(10, 2) NOT NULL,\n  ALTER c TYPE int USING (f(c, 1))',
      ),
    ).toEqual(['2:3 ban-drop-column', '3:3 adding-required-field', '4:3 changing-column-type'])
    expect(rulesOf('DROP TABLE a, public.b, "c"')).toHaveLength(3)
  })

  test('every message names the table, what happens and the safer way in one line', () => {
    expect(riskyChanges([migrationOf('CREATE INDEX ON public."Calls" (at)')])[0]).toEqual({
      path: 'migrations/002_x.sql',
      position: { line: 1, column: 1 },
      message:
        'CREATE INDEX on public."Calls": writers wait until it is built. CREATE INDEX CONCURRENTLY lets them through; put it alone in its file with the first line "-- migrate:no-transaction". [require-concurrent-index-creation]',
      excerpt: '1 | CREATE INDEX ON public."Calls" (at)\n  | ^',
    })
    expect(riskyChanges([migrationOf('ALTER TABLE t RENAME "a b" TO c')])[0]?.message).toBe(
      'RENAME of "a b" of t to c: code that runs now asks for the old name and fails at once. Add a column, write both, and drop the old one later. [renaming-column]',
    )
  })
})

describe('tables of the same pull request', () => {
  test('what the new files create, nobody uses yet', () => {
    const first = 'CREATE TABLE IF NOT EXISTS Calls (id int);\nCREATE UNLOGGED TABLE "Raw" AS SELECT 1;'
    const second =
      'CREATE INDEX ON public.calls (id);\nALTER TABLE "Raw" DROP a, ADD CHECK (b > 0);\nDROP TABLE "Raw";'
    expect(rulesOf(first, second)).toEqual([])
    expect(rulesOf(second)).toHaveLength(4)
  })

  test('names differ by schema and by case within quotes', () => {
    const created = 'CREATE TABLE calls (id int);'
    expect(rulesOf(`${created} DROP TABLE audit.calls`)).toEqual(['1:30 ban-drop-table'])
    expect(rulesOf(`${created} DROP TABLE "Calls"`)).toEqual(['1:30 ban-drop-table'])
    expect(rulesOf(`${created} DROP TABLE "calls"`)).toEqual([])
  })

  test('a new table that takes another’s name is still new; a dropped one no more', () => {
    expect(rulesOf('CREATE TABLE n (); ALTER TABLE n RENAME TO t; CREATE INDEX ON t (a)')).toEqual([])
    expect(rulesOf('CREATE TABLE t (); DROP TABLE t; DROP TABLE t')).toEqual(['1:34 ban-drop-table'])
  })

  test('NOT NULL after a validated CHECK is the safer way itself', () => {
    const validate = 'ALTER TABLE t VALIDATE CONSTRAINT filled;'
    expect(rulesOf(validate, 'ALTER TABLE t ALTER c SET NOT NULL')).toEqual([])
    expect(rulesOf(validate, 'ALTER TABLE u ALTER c SET NOT NULL')).toEqual([
      '1:15 adding-not-nullable-field',
    ])
  })
})

describe('squawk-ignore', () => {
  test('silences the rules that it names, for the statement behind it', () => {
    expect(rulesOf('-- squawk-ignore ban-drop-table\nDROP TABLE t;\nDROP TABLE u;')).toEqual([
      '3:1 ban-drop-table',
    ])
    expect(rulesOf('/* squawk-ignore ban-drop-table */ DROP TABLE t')).toEqual([])
    expect(
      rulesOf(
        '-- squawk-ignore ban-drop-column, changing-column-type\nALTER TABLE t DROP a, ALTER b TYPE int',
      ),
    ).toEqual([])
    expect(rulesOf('-- squawk-ignore ban-drop-column\nALTER TABLE t DROP a, ALTER b TYPE int')).toEqual([
      '2:23 changing-column-type',
    ])
  })

  test('can stand before one action', () => {
    expect(rulesOf('ALTER TABLE t\n  -- squawk-ignore ban-drop-column\n  DROP a,\n  DROP b')).toEqual([
      '4:3 ban-drop-column',
    ])
  })

  test('names rules: another rule, or none, silences nothing', () => {
    expect(rulesOf('-- squawk-ignore renaming-table\nDROP TABLE t')).toHaveLength(1)
    expect(rulesOf('-- squawk-ignore\nDROP TABLE t')).toHaveLength(1)
    expect(rulesOf("SELECT '-- squawk-ignore ban-drop-table'; DROP TABLE t")).toHaveLength(1)
  })
})
