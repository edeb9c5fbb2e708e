import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { Major } from '@tokenledger/postgres-server'
import { checksumOf } from '../src/files/file-text.ts'
import { sqlProjects, TEXTS } from './record/sql-project.ts'
import { given } from './run/given.ts'

describe.each<Major>([16, 18])('numbered SQL that changed, on PostgreSQL %i', major => {
  const projects = sqlProjects(major)

  it('is refused when an applied file was edited, until accept-checksum names its new checksum', async () => {
    const { repo, session, tool, names, said, url } = await projects.create()
    const { options } = given()
    await tool().apply(session, options)
    const text = 'CREATE TABLE a (id bigint);\n'
    repo.commit({ 'migrations/001_a.sql': text, 'migrations/011_d.sql': 'CREATE TABLE d ();' })
    const commit = repo.git('rev-parse', '--short', 'HEAD')
    const [old, sum] = [TEXTS['migrations/001_a.sql'], text].map(checksumOf) as [string, string]
    const day = new Date().toISOString().slice(0, 10)
    const expected = `migrations/001_a.sql was changed after it was applied on ${day} (recorded ${old.slice(0, 8)}…, file ${sum.slice(0, 8)}…; last changed in ${commit}). Restore it and add a new file, or pass accept-checksum: 001=${sum.slice(0, 8)}….`
    await expect(tool().state(session)).rejects.toThrow(expected)
    await expect(tool().apply(session, options)).rejects.toThrow(expected)
    expect(await names()).not.toContain('011_d')
    const accepting = tool({ accepted: new Map([['001', sum.slice(0, 8)]]) })
    expect(await accepting.state(session)).toMatchObject({ pending: [{ version: '011' }] })
    await accepting.apply(session, options)
    expect(said).toContain(
      `migrations/001_a.sql: the record has the checksum ${sum.slice(0, 8)}… now, as accept-checksum asks (it had ${old.slice(0, 8)}…).`,
    )
    const rows = await projects.query('SELECT checksum FROM tokenledger_migrations ORDER BY version', url)
    expect(rows.map(({ checksum }) => checksum)).toEqual([
      sum,
      ...['CREATE TABLE b (id int);\n', 'CREATE TABLE c (id int);\n', 'CREATE TABLE d ();'].map(checksumOf),
    ])
    await tool().apply(session, options)
  })

  it('goes on with a warning when checksums only warn', async () => {
    const { repo, session, tool, said } = await projects.create()
    await tool().apply(session, given().options)
    repo.commit({ 'migrations/001_a.sql': `-- edited\n${TEXTS['migrations/001_a.sql']}` })
    expect(await tool({ checksums: 'warn' }).state(session)).toMatchObject({ pending: [] })
    expect(said).toEqual([
      expect.stringMatching(/^Warning: migrations\/001_a\.sql was changed after it was applied/),
    ])
  })

  it('is refused when an applied file is gone, and the text names the commit', async () => {
    const { repo, session, tool } = await projects.create()
    await tool().apply(session, given().options)
    rmSync(join(repo.path, 'migrations/002_b.sql'))
    repo.commit({})
    const commit = repo.git('rev-parse', '--short', 'HEAD')
    await expect(tool().state(session)).rejects.toThrow(
      `002_b is recorded as applied but migrations/002_b.sql is gone (deleted in ${commit}).`,
    )
  })

  it('is refused when a file comes late, and applied where that is allowed', async () => {
    const { repo, session, tool, names } = await projects.create()
    await tool().apply(session, given().options)
    repo.commit({ 'migrations/9_late.sql': 'CREATE TABLE late ();' })
    await expect(tool().apply(session, given().options)).rejects.toThrow(
      '9_late.sql is not applied but 010_c.sql is. Renumber it after 010, or set out-of-order: allow.',
    )
    await tool({ outOfOrder: 'allow' }).apply(session, given().options)
    expect(await names()).toEqual(['001_a', '002_b', '9_late', '010_c'])
  })

  it('is the same with CRLF as with LF', async () => {
    const { repo, session, tool } = await projects.create()
    await tool().apply(session, given().options)
    repo.commit({ 'migrations/001_a.sql': TEXTS['migrations/001_a.sql'].replaceAll('\n', '\r\n') })
    expect(await tool().state(session)).toMatchObject({ pending: [] })
  })
})

describe.each<Major>([16, 18])('a database without a record, on PostgreSQL %i', major => {
  const projects = sqlProjects(major)

  it('is not applied to a database that has tables and no record, until a baseline says how far', async () => {
    const { session, tool, names, tables, url } = await projects.create()
    await projects.query('CREATE TABLE a (id int); CREATE TABLE b (id int)', url)
    const [row] = await projects.query('SELECT current_database() AS name', url)
    const refusal = `Database "${row?.name}" has 2 tables and no migration record. Run once with mode: baseline, baseline-version: 010. 010 is the newest file;`
    expect((await tool().state(session)).unrecorded).toContain(refusal)
    await expect(tool().apply(session, given().options)).rejects.toThrow(refusal)
    expect(await tables()).toBe('a b')
    expect(await tool().baseline(session, '2', given().options)).toEqual(['001', '002'])
    expect(await tool().baseline(session, '002', given().options)).toEqual([])
    expect((await tool().state(session)).unrecorded).toBeUndefined()
    await tool().apply(session, given().options)
    expect(await names()).toEqual(['001_a', '002_b', '010_c'])
    expect(await tables()).toBe('a b c tokenledger_migrations')
    await expect(tool().baseline(session, '002', given().options)).rejects.toThrow(
      'The database has a record already: 3 migrations up to 010. A baseline is for a database without one; use mode: apply.',
    )
  })

  it('has a baseline of none, for a database whose tables are of another program', async () => {
    const { session, tool, tables, url } = await projects.create()
    await projects.query('CREATE TABLE other ()', url)
    expect(await tool().baseline(session, '0', given().options)).toEqual([])
    await tool().apply(session, given().options)
    expect(await tables()).toBe('a b c other tokenledger_migrations')
  })

  it('has no baseline at a version that no file has', async () => {
    const { session, tool, tables } = await projects.create()
    for (const version of ['003', 'x', '']) {
      await expect(tool().baseline(session, version, given().options)).rejects.toThrow(
        `Input baseline-version is "${version}", and no file has that version. Versions: 001, 002, 010.`,
      )
    }
    expect(await tables()).toBe('')
  })
})
