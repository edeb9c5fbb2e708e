import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres, type Major } from '@tokenledger/postgres-server'
import type { Session } from '../../src/database/session.ts'
import {
  describeInvalid,
  invalidIndexes,
  newlyInvalid,
  notValidConstraints,
} from '../../src/run/invalid-indexes.ts'
import { twoConnections } from './two-connections.ts'

describe.each<Major>([16, 18])('on PostgreSQL %i', major => {
  let server: DisposablePostgres
  let session: Session
  beforeAll(async () => {
    server = await disposablePostgres({ major })
    ;({ session } = await twoConnections(server))
  })
  afterAll(async () => {
    await session.close()
    await server.close()
  })

  it('what a failed CREATE INDEX CONCURRENTLY leaves is found, also by the rerun that skips it', async () => {
    const { main } = session
    await main.query('CREATE SCHEMA s; CREATE TABLE t (v int); CREATE TABLE s."T" (v int)')
    await main.query(
      'INSERT INTO t VALUES (1), (1); INSERT INTO s."T" VALUES (1), (1); CREATE INDEX good ON t (v)',
    )
    const before = await invalidIndexes(main)
    await main.query('CREATE UNIQUE INDEX CONCURRENTLY tu ON t (v)').catch(() => undefined)
    await main.query('CREATE INDEX CONCURRENTLY "Odd" ON s."T" ((1 / (v - 1)))').catch(() => undefined)
    const after = await invalidIndexes(main)
    const sql = 'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS tu ON t (v)'
    await main.query(sql)

    expect(before).toEqual([])
    expect(after).toEqual([
      { index: 's."Odd"', table: 's."T"', unique: false },
      { index: 'tu', table: 't', unique: true },
    ])
    expect(newlyInvalid(before, after)).toEqual(after)
    expect(newlyInvalid(after, await invalidIndexes(main))).toEqual([])
    expect(newlyInvalid(after, await invalidIndexes(main), sql)).toEqual([after[1]])
  })

  it("a partitioned table's index that waits for its partitions is no failure", async () => {
    await session.main.query('CREATE TABLE parts (v int) PARTITION BY RANGE (v)')
    await session.main.query(
      'CREATE TABLE part PARTITION OF parts DEFAULT; CREATE INDEX half ON ONLY parts (v)',
    )
    expect((await invalidIndexes(session.main)).map(({ index }) => index)).not.toContain('half')
  })

  it('constraints that are NOT VALID are found until they are validated', async () => {
    const { main } = session
    await main.query('CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int CHECK (id > 0), a int)')
    await main.query('ALTER TABLE b ADD CONSTRAINT "To A" FOREIGN KEY (a) REFERENCES a NOT VALID')
    if (major === 18) await main.query('ALTER TABLE b ADD CONSTRAINT off CHECK (a > 0) NOT ENFORCED')
    const found = await notValidConstraints(main)
    await main.query('ALTER TABLE b VALIDATE CONSTRAINT "To A"')

    expect(found).toEqual([{ constraint: '"To A"', table: 'b' }])
    expect(await notValidConstraints(main)).toEqual([])
  })
})

describe('an index that is INVALID', () => {
  it.each([
    ['tu', true, 'DROP INDEX CONCURRENTLY tu; fix the duplicates; rerun.'],
    ['tu', false, 'DROP INDEX CONCURRENTLY tu; rerun.'],
    ['tu_ccnew1', true, 'DROP INDEX CONCURRENTLY tu_ccnew1;'],
  ])('is told with its remedy: %s, unique: %s', (index, unique, remedy) => {
    const text = describeInvalid({ index, table: 't', unique }, '004_idx.sql')
    expect(text).toBe(`Index ${index} on t is INVALID after 004_idx.sql. ${remedy}`)
  })

  it('is named by a file only as a whole word', () => {
    const before = [{ index: 's.tu', table: 's.t', unique: false }]
    const named = (sql: string) => newlyInvalid(before, before, sql).length > 0
    expect(['CREATE INDEX TU ON t', 'REINDEX INDEX s.tu', 'SELECT statue, tu_2', ''].map(named)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
