import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { readSchema } from '../../src/schema/read-schema.ts'
import { BASE_IN_OTHER_WORDS, CHANGES, CHANGES_OF_18, SAME } from './corpus.ts'
import { type SchemaLab, schemaLab, sessionTo } from './schema-lab.ts'

/** Most of the catalog is the same in 18, so a third of the changes, with all that is new, must do there. */
const CHANGES_ON = {
  16: Object.entries(CHANGES),
  18: [...Object.entries(CHANGES).filter((_, index) => index % 3 === 0), ...Object.entries(CHANGES_OF_18)],
}

describe.each([16, 18] as const)('the catalog of PostgreSQL %i, rendered', major => {
  let server: DisposablePostgres
  let lab: SchemaLab
  let base: string
  beforeAll(async () => {
    server = await disposablePostgres({ major, settings: { wal_level: 'logical' } })
    await server.query('CREATE ROLE visitor')
    lab = await schemaLab(await server.createDatabase())
    base = (await lab.render()).text
  })
  afterAll(async () => {
    await lab?.session.close()
    await server?.close()
  })

  it.each(CHANGES_ON[major])('shows %s', async (_name, change) => {
    expect((await lab.render(change)).text).not.toBe(base)
  })

  it.each(Object.entries(SAME))('does not show %s', async (_name, change) => {
    expect((await lab.render(change)).text).toBe(base)
  })

  it('is the same for the same schema by other words', async () => {
    expect((await lab.render('', BASE_IN_OTHER_WORDS)).text).toBe(base)
  })

  it('is the same on a new connection whose role prefers other spellings', async () => {
    const { engine, hash } = await lab.render(
      `ALTER ROLE CURRENT_USER SET timezone = 'Asia/Tokyo'; ALTER ROLE CURRENT_USER SET datestyle = 'German';
       ALTER ROLE CURRENT_USER SET search_path = app; ALTER ROLE CURRENT_USER SET quote_all_identifiers = on`,
    )
    const again = await sessionTo(server.url(lab.session.target.database))
    const other = await readSchema(again, { bookkeeping: [], pgDump: 'off', env: {} })
    await again.close()
    expect([other.text, other.hash, engine]).toEqual([base, hash, 'catalog'])
    expect(hash).toMatch(/^catalog:[0-9a-f]{64}$/)
  })

  it('shows an index that is invalid', async () => {
    const broken = `INSERT INTO app.plain VALUES (1), (1)`
    const before = (await lab.render(broken)).text
    await lab.session.main.query('CREATE UNIQUE INDEX CONCURRENTLY torn ON app.plain (a)').catch(() => {})
    const after = await readSchema(lab.session, { bookkeeping: [], pgDump: 'off', env: {} })
    expect(before).not.toContain('INVALID')
    expect(after.text).toContain('CREATE UNIQUE INDEX torn ON app.plain USING btree (a) INVALID;')
  })

  it('leaves the connection as it was', async () => {
    await lab.render()
    await lab.session.main.query(`SET search_path = app; SET timezone = 'Asia/Tokyo'`)
    await readSchema(lab.session, { bookkeeping: [], pgDump: 'off', env: {} })
    const { rows } = await lab.session.main.query(
      `SELECT current_setting('search_path') AS path, current_setting('timezone') AS zone`,
    )
    expect(rows).toEqual([{ path: 'app', zone: 'Asia/Tokyo' }])
    // In a transaction that were left open the clock would stand still.
    const now = async () => (await lab.session.main.query('SELECT now()::text AS now')).rows[0]?.now
    expect(await now()).not.toBe(await now())
  })
})
