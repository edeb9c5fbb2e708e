import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readSchema } from '../../src/schema/read-schema.ts'
import { BASE_IN_OTHER_WORDS, CHANGES, SAME } from './corpus.ts'
import { type DebianPostgres, hasDebianPostgres, startDebianPostgres } from './debian-postgres.ts'
import { BOOKKEEPING, type SchemaLab, schemaLab } from './schema-lab.ts'

const where = hasDebianPostgres ? describe : describe.skip

where('pg_dump of PostgreSQL 15 on its own server (needs the Debian package postgresql-15)', () => {
  let server: DebianPostgres
  let lab: SchemaLab
  let dumped: string
  let rendered: string
  const both = async (change = '', base?: string) => {
    const text = (await lab.dump(change, base)).text
    const options = { bookkeeping: BOOKKEEPING, pgDump: 'off', env: {} } as const
    return { dump: text, catalog: (await readSchema(lab.session, options)).text }
  }
  beforeAll(async () => {
    server = await startDebianPostgres()
    lab = await schemaLab(server.url)
    await lab.session.main.query('CREATE ROLE visitor')
    const base = await both()
    dumped = base.dump
    rendered = base.catalog
  })
  afterAll(async () => {
    await lab?.session.close()
    await server?.close()
  })

  it('is used, and its text has neither settings nor headings nor owners', async () => {
    const { engine, hash, text, reason } = await lab.dump()
    expect([engine.replace(/15\.\d+/, '15.x'), hash.slice(0, 11), reason]).toEqual([
      'pg_dump 15.x',
      'pg_dump-15:',
      undefined,
    ])
    expect(text.replaceAll(/^-- SET x = 1;$/gm, '')).not.toMatch(
      /^(SET|SELECT pg_catalog|\\|--)|OWNER TO|GRANT/m,
    )
    expect(text).toContain('-- SET x = 1;\nSELECT n * 2')
  })

  it.each(Object.entries(CHANGES))('differs by %s, as the catalog does', async (_name, change) => {
    const { dump, catalog } = await both(change)
    expect([dump !== dumped, catalog !== rendered]).toEqual([true, true])
  })

  it('does not differ by what is no change, and neither does the catalog', async () => {
    const { dump, catalog } = await both(Object.values(SAME).join(';\n'))
    expect(dump).toBe(dumped)
    expect(catalog).toBe(rendered)
  })

  it('is the same for the same schema by other words', async () => {
    expect(await both('', BASE_IN_OTHER_WORDS)).toEqual({ dump: dumped, catalog: rendered })
  })

  it('says why the catalog was read when pg_dump is not there', async () => {
    const { engine, reason } = await readSchema(lab.session, { bookkeeping: [], env: { PATH: '/nowhere' } })
    expect([engine, reason]).toEqual(['catalog', 'pg_dump is not on PATH'])
  })
})
