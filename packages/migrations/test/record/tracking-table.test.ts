import { describe, expect, it } from '@jest/globals'
import { insertSql, literal, trackingTable } from '../../src/record/tracking-table.ts'

describe('the name of the tracking table', () => {
  it.each([
    ['public.tokenledger_migrations', 'public', 'tokenledger_migrations'],
    ['tokenledger_migrations', 'public', 'tokenledger_migrations'],
    ['Ledger.Migrations', 'ledger', 'migrations'],
    ['"Ledger"."Mi ""gra"".tions"', 'Ledger', 'Mi "gra".tions'],
    ['ledger."Größe"', 'ledger', 'Größe'],
    ['größe', 'public', 'größe'],
  ])('%s', (input, schema, name) => {
    expect(trackingTable(input)).toMatchObject({ schema, name })
  })

  it('is quoted for SQL', () => {
    expect(trackingTable('"Led""ger".M').qualified).toBe('"Led""ger"."m"')
  })

  it.each([
    '',
    '.',
    'a.',
    '.a',
    'a.b.c',
    'a b',
    '1a',
    '"a',
    '""',
    'a; DROP TABLE x',
    '"a"b',
    '"a\nb"',
    'pg_temp.x',
    'pg_catalog.x',
    'information_schema.x',
    'x'.repeat(64),
  ])('%j is refused', input => {
    expect(() => trackingTable(input)).toThrow(/^Input tracking-table/)
  })

  it('decides the keys of the lock, the first of which is the same for all', () => {
    expect(trackingTable().lockKeys).toEqual([0x544c4d47, -690681911])
    expect(trackingTable('ledger.x').lockKeys).not.toEqual(trackingTable().lockKeys)
    expect(trackingTable('"public".tokenledger_migrations').lockKeys).toEqual(trackingTable().lockKeys)
  })
})

describe('a literal', () => {
  it.each([
    ["it's", "'it''s'"],
    ["\\'; DROP TABLE x --", " E'\\\\''; DROP TABLE x --'"],
    ['a\0b', "'ab'"],
  ])('%j', (text, sql) => {
    expect(literal(text)).toBe(sql)
  })

  it('makes an insertion one statement, whole numbers included', () => {
    const row = {
      version: 7n,
      name: "7_it's",
      checksum: 'ab',
      durationMs: 1.6,
      statements: 2,
      runner: 'r',
      runUrl: '',
    }
    expect(insertSql(trackingTable('t'), row)).toBe(
      `INSERT INTO "public"."t" (version, name, checksum, applied_at, duration_ms, statements, runner, run_url) VALUES (7, '7_it''s', 'ab', pg_catalog.clock_timestamp(), 2, 2, 'r', '')`,
    )
  })
})
