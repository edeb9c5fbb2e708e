import { describe, expect, it } from '@jest/globals'
import type { Major } from '@tokenledger/postgres-server'
import { gitRepo } from '@tokenledger/testkit'
import { checksumOf } from '../src/files/file-text.ts'
import { type SqlToolOptions, sqlTool } from '../src/sql-tool.ts'
import { DEFAULTS, sqlProjects, TEXTS } from './record/sql-project.ts'
import { given } from './run/given.ts'

describe.each<Major>([16, 18])('numbered SQL on PostgreSQL %i', major => {
  const projects = sqlProjects(major)

  it('is applied in order, recorded, and not applied again', async () => {
    const { session, tool, names } = await projects.create()
    const { options, applied } = given()
    await tool().preflight()
    expect(await tool().state(session)).toEqual({
      current: '',
      applied: [],
      pending: [
        { version: '001', name: '001_a', path: 'migrations/001_a.sql' },
        { version: '002', name: '002_b', path: 'migrations/002_b.sql' },
        { version: '010', name: '010_c', path: 'migrations/010_c.sql' },
      ],
      knowsPending: true,
    })
    await tool().apply(session, options)
    await tool().apply(session, options)
    expect(applied.map(({ version }) => version)).toEqual(['001', '002', '010'])
    expect(await names()).toEqual(['001_a', '002_b', '010_c'])
    expect(await tool().state(session)).toMatchObject({
      current: '010',
      applied: [{ version: '001', name: '001_a', appliedAt: expect.any(Date) }, {}, {}],
      pending: [],
    })
  })

  it('is looked at without leaving a trace', async () => {
    const { session, tool, tables } = await projects.create()
    await tool().state(session)
    expect(await tables()).toBe('')
  })

  it.each([['002'], ['2'], ['002_b']])('is applied up to %s', async to => {
    const { session, tool, names } = await projects.create()
    await tool().apply(session, given({ to }).options)
    expect(await names()).toEqual(['001_a', '002_b'])
  })

  it('is not applied up to a version that no file has', async () => {
    const { session, tool, tables } = await projects.create()
    await expect(tool().apply(session, given({ to: '003' }).options)).rejects.toThrow(
      'Input to is "003", and no file has that version. Versions: 001, 002, 010.',
    )
    expect(await tables()).toBe('')
  })

  it('is applied once by three runs at the same time, the first ones of this database', async () => {
    const { url, tool, names } = await projects.create()
    const { options, applied } = given()
    const together = await Promise.all([projects.open(url), projects.open(url), projects.open(url)])
    await Promise.all(together.map(session => tool().apply(session, options)))
    expect(applied.map(({ name }) => name).sort()).toEqual(['001_a', '002_b', '010_c'])
    expect(await names()).toEqual(['001_a', '002_b', '010_c'])
  })

  it('records in a table of any name, whatever search_path the role has', async () => {
    const { session, tool, url } = await projects.create()
    const [{ name } = {}] = await projects.query('SELECT current_database() AS name', url)
    await projects.query(`CREATE SCHEMA "Led ger"; ALTER DATABASE ${name} SET search_path = ''`, url)
    await session.main.query('SET search_path = public')
    await tool({ table: '"Led ger"."Rec""ord"' }).apply(session, given().options)
    const again = await projects.open(url)
    expect(await tool({ table: '"Led ger"."Rec""ord"' }).state(again)).toMatchObject({ current: '010' })
    expect(await projects.query('SELECT count(*)::int AS n FROM "Led ger"."Rec""ord"', url)).toEqual([
      { n: 3 },
    ])
  })

  it('is the same tool over another checkout, without what is accepted in this one', async () => {
    const { repo, session, tool } = await projects.create()
    const old = gitRepo({ 'migrations/001_a.sql': TEXTS['migrations/001_a.sql'] })
    const here = tool({ accepted: new Map([['010', checksumOf(TEXTS['migrations/010_c.sql'])]]) })
    await here.at(old.path).preflight()
    await here.at(old.path).apply(session, given().options)
    expect((await here.at(repo.path).state(session)).pending).toHaveLength(2)
  })
})

describe('before any connection', () => {
  const toolOver = (files: Record<string, string>, options: Partial<SqlToolOptions>) =>
    sqlTool(
      { root: gitRepo(files).path, workingDirectory: '.' },
      {
        ...DEFAULTS,
        say: () => undefined,
        ...options,
      },
    )

  it('what is not run is said once, and what is wrong is an error', async () => {
    const said: string[] = []
    const files = { ...TEXTS, 'migrations/seed.sql': '', 'migrations/001_a.down.sql': '' }
    await toolOver(files, { say: line => said.push(line) }).preflight()
    expect(said).toEqual(['Not run in migrations/: 001_a.down.sql (a way back), seed.sql (no number).'])
    await expect(toolOver({ 'migrations/x.sql': '' }, {}).preflight()).rejects.toThrow(
      'No migration files in',
    )
    await expect(toolOver(TEXTS, { accepted: new Map([['001', 'deadbeef']]) }).preflight()).rejects.toThrow(
      /^migrations\/001_a\.sql has the checksum .{8}…, and accept-checksum: 001=deadbeef is not that checksum or its first 8 or more digits\.$/,
    )
    expect(() => toolOver(TEXTS, { table: 'a.b.c' })).toThrow('Input tracking-table is "a.b.c"')
  })
})
