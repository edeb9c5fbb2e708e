import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  type DisposablePostgres,
  disposablePostgres,
  hasPgBouncer,
  type Major,
  startPgBouncer,
} from '@tokenledger/postgres-server'
import type { Session } from '../../src/database/session.ts'
import type { MeasuredLock } from '../../src/run/applied.ts'
import { locksOf, strongest } from '../../src/run/lock-meter.ts'
import { twoConnections } from './two-connections.ts'

const INDEXES = ['note', 'tokens', 'day', 'note, day', 'tokens, day', 'day, note', 'lower(note)', 'id, day']
/** A table of 200,000 rows with nine indexes, two of them on the column that is altered. */
const EVENTS = `
CREATE TABLE events (id int PRIMARY KEY, session_id varchar(40), tokens int, day date, note text);
INSERT INTO events SELECT n, 's' || n, n, '2026-01-01', 'x' FROM generate_series(1, 200000) n;
${INDEXES.map((columns, n) => `CREATE INDEX e${n} ON events (${columns});`).join('\n')}`

describe.each<Major>([16, 18])('locks of a transaction on PostgreSQL %i', major => {
  let server: DisposablePostgres
  let session: Session
  let mainPid: number
  beforeAll(async () => {
    server = await disposablePostgres({ major })
    ;({ session, mainPid } = await twoConnections(server))
    await session.main.query(`
      CREATE SCHEMA "My Schema";
      CREATE TABLE "My Schema"."Odd" (id int, body text);
      CREATE TABLE parts (id int, day date) PARTITION BY RANGE (day);
      CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      CREATE INDEX parts_day ON parts (day);
      CREATE TABLE small (id int PRIMARY KEY, body text);
      CREATE INDEX small_body ON small (body);
      INSERT INTO small VALUES (1, 'x');
      CREATE MATERIALIZED VIEW totals AS SELECT count(*) FROM small;
      CREATE SEQUENCE numbers;
      CREATE VIEW shown AS SELECT * FROM small`)
  })
  afterAll(async () => {
    await session.close()
    await server.close()
  })

  /** `table public.small AccessExclusive rewritten`, for what the SQL locks; the transaction is rolled back. */
  async function locksAfter(sql: string, leaveOut?: string[]): Promise<string[]> {
    await session.main.query(`BEGIN; ${sql}`)
    try {
      return (await locksOf(session, mainPid, leaveOut)).map(told)
    } finally {
      await session.main.query('ROLLBACK')
    }
  }

  it('tells which ALTER TYPE writes a table and its indexes anew, on 200,000 rows', async () => {
    await session.main.query(EVENTS)
    const text = await locksAfter('ALTER TABLE events ALTER session_id TYPE text')
    const bigint = await locksAfter('ALTER TABLE events ALTER tokens TYPE bigint')
    await session.main.query('DROP TABLE events')

    expect(text).toEqual(['table public.events AccessExclusive'])
    const indexes = ['e0', 'e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7', 'events_pkey']
    expect(bigint).toEqual([
      'table public.events AccessExclusive rewritten',
      ...indexes.map(name => `index public.${name} of public.events AccessExclusive rewritten`),
    ])
  })

  it('leaves out what the transaction created itself, the system and temporary tables', async () => {
    expect(
      await locksAfter(
        'CREATE TABLE own (id int PRIMARY KEY); CREATE INDEX ON own (id); CREATE TEMP TABLE t (id int)',
      ),
    ).toEqual([])
  })

  it('holds a table once, with its strongest lock, and says nothing of its TOAST table', async () => {
    const sql =
      "INSERT INTO small VALUES (2, repeat('x', 100)); SELECT * FROM small; LOCK TABLE small IN SHARE MODE"
    expect(await locksAfter(`${sql}; TRUNCATE small`)).toEqual([
      'table public.small AccessExclusive rewritten',
      'index public.small_body of public.small AccessExclusive rewritten',
      'index public.small_pkey of public.small AccessExclusive rewritten',
    ])
    expect((await locksAfter(sql))[0]).toBe('table public.small Share')
  })

  it.each([
    ['DROP TABLE "My Schema"."Odd"', ['table "My Schema"."Odd" AccessExclusive']],
    [
      'DROP INDEX small_body',
      ['index public.small_body of public.small AccessExclusive', 'table public.small AccessExclusive'],
    ],
    [
      'REFRESH MATERIALIZED VIEW totals',
      ['table public.totals AccessExclusive rewritten', 'table public.small AccessShare'],
    ],
    [
      'ALTER SEQUENCE numbers OWNED BY small.id',
      ['other public.numbers ShareRowExclusive', 'table public.small AccessShare'],
    ],
    ['DROP VIEW shown', ['other public.shown AccessExclusive']],
    [
      'ALTER TABLE parts ADD extra int',
      ['table public.parts AccessExclusive', 'table public.parts_1 AccessExclusive'],
    ],
    [
      'REINDEX INDEX small_body',
      ['index public.small_body of public.small AccessExclusive rewritten', 'table public.small Share'],
    ],
    ['CREATE INDEX ON small (id)', ['table public.small Share']],
    ['CREATE TABLE other (id int REFERENCES small)', ['table public.small ShareRowExclusive']],
  ])('are told for %s', async (sql, expected) => {
    expect(await locksAfter(sql)).toEqual(expect.arrayContaining(expected))
  })

  it('leave out the tables that they are told to, with their indexes', async () => {
    expect(await locksAfter("INSERT INTO small VALUES (9, '')", ['"public"."small"'])).toEqual([])
  })

  it('are read while the migration has changed search_path and role', async () => {
    await session.main.query('CREATE ROLE nobody_special')
    const sql = "TRUNCATE small; SET LOCAL search_path = ''; SET LOCAL ROLE nobody_special"
    expect((await locksAfter(sql))[0]).toBe('table public.small AccessExclusive rewritten')
  })

  const pooled = hasPgBouncer() ? it : it.skip
  pooled('are read through PgBouncer (needs the Debian package pgbouncer)', async () => {
    const pooler = await startPgBouncer(server, { default_pool_size: '2' })
    const url = pooler.url('test_1')
    const behind = await twoConnections(server, { url, pooled: true })
    try {
      for (const _ of [1, 2]) {
        await behind.session.main.query('BEGIN; LOCK TABLE small')
        const { rows } = await behind.session.main.query('SELECT pg_backend_pid() AS pid')
        expect((await locksOf(behind.session, rows[0].pid)).map(told)).toEqual([
          'table public.small AccessExclusive',
        ])
        await behind.session.main.query('COMMIT')
      }
    } finally {
      await behind.session.close()
      await pooler.close()
    }
  })
})

it('the strongest lock is that of a rewritten table before its indexes, and none when there is none', () => {
  const lock = (relation: string, more: Partial<MeasuredLock>): MeasuredLock => ({
    relation,
    kind: 'table',
    mode: 'AccessExclusiveLock',
    rewritten: false,
    ...more,
  })
  const locks = [
    lock('a', { mode: 'ShareLock', rewritten: true }),
    lock('b', {}),
    lock('c', { kind: 'index', rewritten: true }),
    lock('d', { rewritten: true }),
    lock('e', { rewritten: true }),
  ]
  expect(strongest(locks)?.relation).toBe('d')
  expect(strongest(locks.slice(0, 2))?.relation).toBe('b')
  expect(strongest([])).toBeUndefined()
})

function told({ kind, relation, table, mode, rewritten }: MeasuredLock): string {
  const name = table ? `${relation} of ${table}` : relation
  return `${kind} ${name} ${mode.replace(/Lock$/, '')}${rewritten ? ' rewritten' : ''}`
}
