import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres, type Major } from '@tokenledger/postgres-server'
import { Client } from 'pg'
import type { Migration } from '../../src/files/migration.ts'
import { collectNotices } from '../../src/run/notices.ts'
import { split } from '../../src/sql/split.ts'

describe.each<Major>([16, 18])('what PostgreSQL %i says during a file', major => {
  let server: DisposablePostgres
  let client: Client
  beforeAll(async () => {
    server = await disposablePostgres({ major })
    client = new Client({ connectionString: await server.createDatabase() })
    await client.connect()
  })
  afterAll(async () => {
    await client.end()
    await server.close()
  })

  async function said(text: string) {
    const migration = migrationOf(text)
    const collector = collectNotices(client, migration)
    for (const statement of migration.statements) {
      collector.during(statement)
      await client.query(statement.text)
    }
    return collector.stop()
  }

  it('is collected with severity and place', async () => {
    const text = `CREATE TABLE t (id int);
CREATE TABLE IF NOT EXISTS t (id int);
DO $$
BEGIN
  RAISE WARNING 'look' USING HINT = 'there', DETAIL = 'ann@example.org';
END $$;
DO $$ BEGIN RAISE INFO 'fine'; END $$;`
    expect(await said(text)).toEqual({
      notices: [
        {
          severity: 'NOTICE',
          message: 'relation "t" already exists, skipping',
          position: { line: 2, column: 1 },
        },
        { severity: 'WARNING', message: 'look. Hint: there', position: { line: 5, column: 3 } },
        { severity: 'INFO', message: 'fine', position: { line: 7, column: 7 } },
      ],
      dropped: 0,
    })
  })

  it('is bounded, in number and in length', async () => {
    const { notices, dropped } = await said(
      "DO $$ BEGIN FOR n IN 1..60 LOOP RAISE NOTICE '%', repeat('x', 5000); END LOOP; END $$",
    )
    expect([notices.length, dropped, notices[0]?.message.length]).toEqual([50, 10, 1001])
  })

  it('is no longer collected after the end', async () => {
    const collector = collectNotices(client, migrationOf(''))
    collector.stop()
    await client.query("DO $$ BEGIN RAISE NOTICE 'late'; END $$")
    expect(collector.stop().notices).toEqual([])
  })
})

it('a severity in another language is told by SQLSTATE', () => {
  const client = new Client()
  const collector = collectNotices(client, migrationOf(''))
  client.emit('notice', { severity: 'WARNUNG', code: '01000', message: 'a' })
  client.emit('notice', { severity: 'HINWEIS', code: '00000', message: 'b' })
  expect(collector.stop().notices).toEqual([
    { severity: 'WARNING', message: 'a' },
    { severity: 'NOTICE', message: 'b' },
  ])
})

function migrationOf(text: string): Migration {
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
