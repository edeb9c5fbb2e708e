import { mkdirSync, renameSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { type Files, tempDir, writeFiles } from '@tokenledger/testkit'
import { readFolder, readMigrations } from '../../src/files/read-migrations.ts'

const SQL = 'SELECT 1;\n'

function checkout(files: Files) {
  const root = tempDir('checkout-')
  writeFiles(root, files)
  return { root, workingDirectory: '.' }
}

function folderOf(...names: string[]) {
  return checkout(Object.fromEntries(names.map(name => [`migrations/${name}`, SQL])))
}

const failure = async (reading: Promise<unknown>): Promise<string> => {
  const outcome = await reading.then(
    () => 'no failure',
    (error: Error) => error,
  )
  return typeof outcome === 'string' ? outcome : `${outcome.name}: ${outcome.message}`
}

const failureIn = (place: ReturnType<typeof checkout>, directory = 'migrations') =>
  failure(readMigrations(place, directory))

describe('migrations', () => {
  it('come in the order of their numbers, each with what the runner needs', async () => {
    const place = folderOf('10_c.sql', '9_b.sql', '001_a.sql', '20260101120000-d.sql')
    const migrations = await readMigrations(place, 'migrations')
    expect(migrations.map(({ name }) => name)).toEqual(['001_a', '9_b', '10_c', '20260101120000-d'])
    expect(migrations[0]).toEqual({
      version: 1n,
      label: '001',
      name: '001_a',
      path: 'migrations/001_a.sql',
      text: SQL,
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
      transactional: true,
      statements: [{ text: 'SELECT 1', offset: 0 }],
    })
  })

  it('lie in a folder of the project, and their paths start at the checkout', async () => {
    const place = { ...checkout({ 'backend/db/sql/1_a.sql': SQL }), workingDirectory: 'backend' }
    expect(await readMigrations(place, './db/sql/')).toMatchObject([{ path: 'backend/db/sql/1_a.sql' }])
  })

  it('lie in the checkout itself', async () => {
    expect(await readMigrations(checkout({ '1_a.sql': SQL }), '.')).toMatchObject([{ path: '1_a.sql' }])
  })

  it('leave out ways back and SQL without a number, and say so', async () => {
    const place = folderOf(
      '001_a.up.sql',
      '001_a.down.sql',
      '002_b.sql',
      '002_b.down.sql',
      'seed.sql',
      'README.md',
    )
    const { migrations, leftOut } = await readFolder(place, 'migrations')
    expect(migrations.map(({ name }) => name)).toEqual(['001_a.up', '002_b'])
    expect(leftOut).toEqual([
      '001_a.down.sql (a way back)',
      '002_b.down.sql (a way back)',
      'seed.sql (no number)',
    ])
  })

  it('may be linked from elsewhere in the checkout', async () => {
    const place = checkout({ 'shared/001_a.sql': SQL, 'migrations/002_b.sql': SQL })
    symlinkSync('../shared/001_a.sql', join(place.root, 'migrations/001_a.sql'))
    symlinkSync('migrations', join(place.root, 'db'))
    expect(await readMigrations(place, 'db')).toMatchObject([
      { path: 'db/001_a.sql' },
      { path: 'db/002_b.sql' },
    ])
  })

  it('are a thousand at once', async () => {
    const names = Array.from({ length: 1000 }, (_, at) => `${String(at + 1).padStart(4, '0')}_m.sql`)
    const migrations = await readMigrations(folderOf(...names), 'migrations')
    expect(migrations.map(({ version }) => Number(version))).toEqual(names.map((_, at) => at + 1))
  })
})

describe('before any SQL, it is an error', () => {
  it('when a version is used twice', async () => {
    expect(await failureIn(folderOf('001_i.sql', '002_a.sql', '002_b.sql'))).toBe(
      'UserError: Version 002 is used twice: migrations/002_a.sql and migrations/002_b.sql. Renumber one. Nothing was run.',
    )
  })

  it('when two spellings are one version', async () => {
    expect(await failureIn(folderOf('002_a.sql', '2_b.sql', 'V2__c.sql'))).toBe(
      'UserError: Version 2 is used 3 times: migrations/002_a.sql, migrations/2_b.sql and migrations/V2__c.sql. Renumber all but one. Nothing was run.',
    )
  })

  it('when names differ in case alone', async () => {
    expect(await failureIn(folderOf('002_A.sql', '002_a.sql'))).toContain('Their names differ in case alone.')
  })

  it('when no file matches, and the text lists those that nearly do', async () => {
    expect(await failureIn(folderOf('initial.sql', 'add_cols.sql', 'notes.txt'))).toBe(
      'UserError: No migration files in migrations/ match NNN_name.sql; found 2 .sql files that do not: add_cols.sql, initial.sql. Nothing was run.',
    )
    expect(await failureIn(folderOf('001.sql'))).toContain('found 1 .sql file that does not: 001.sql.')
    expect(await failureIn(checkout({ 'migrations/2024/001_a.sql': SQL, 'migrations/.gitkeep': '' }))).toBe(
      'UserError: No migration files in migrations/ match NNN_name.sql; it holds no .sql files itself (its folders are not entered: 2024/). Nothing was run.',
    )
  })

  it('when a name next to good ones is a near miss: all of them at once', async () => {
    const place = folderOf('001_a.sql', '002.sql', '003_c.SQL', 'V1.2__d.sql', '004_e.down.sql')
    mkdirSync(join(place.root, 'migrations/005_f'))
    mkdirSync(join(place.root, 'migrations/archive'))
    expect((await failureIn(place)).split('\n')).toEqual([
      'UserError: migrations/002.sql is not run: a name has to follow its number; rename it to 002_name.sql, for example. Nothing was run.',
      'migrations/003_c.SQL is not run: its ending has to be .sql in lower case; rename it to 003_c.sql, for example. Nothing was run.',
      'migrations/004_e.down.sql is not run: it is a way back, and there is no 004_e.sql to go forward. Nothing was run.',
      'migrations/005_f is not run: it is a folder, and only files in migrations/ itself are. Nothing was run.',
      'migrations/V1.2__d.sql is not run: a version is a whole number, without dots; rename it to 1_name.sql, for example. Nothing was run.',
    ])
  })

  it('when the folder is missing, with the one that was meant', async () => {
    expect(await failureIn(checkout({ 'Migrations/001_a.sql': SQL }))).toBe(
      'UserError: There is no folder migrations/ in the checkout. Migrations/ differs from it in case alone; set path to that. Nothing was run.',
    )
    expect(await failureIn(checkout({ 'sql/001_a.sql': SQL, 'docs/x.md': '' }))).toBe(
      'UserError: There is no folder migrations/ in the checkout. Set path to the folder of the numbered .sql files. Numbered .sql files are in sql/. Nothing was run.',
    )
    expect(await failureIn(checkout({ migrations: SQL }))).toContain('migrations is a file;')
  })

  it('when folder or file lead out of the checkout', async () => {
    const outside = folderOf('001_a.sql')
    const place = checkout({ 'db/002_b.sql': SQL })
    symlinkSync(join(outside.root, 'migrations'), join(place.root, 'migrations'))
    symlinkSync(join(outside.root, 'migrations/001_a.sql'), join(place.root, 'db/001_a.sql'))
    symlinkSync('nowhere.sql', join(place.root, 'db/003_c.sql'))
    expect(await failureIn(place)).toContain('The migrations folder migrations is a link to /')
    expect(await failureIn(place, '../x')).toContain(
      'The migrations folder ../x lies outside of the checkout.',
    )
    expect(await failureIn(place, '/etc')).toContain('lies outside of the checkout.')
    expect((await failureIn(place, 'db')).split('\n')).toEqual([
      expect.stringContaining(
        'db/001_a.sql is not run: it is no regular file, or a link that leads nowhere or out',
      ),
      expect.stringContaining('db/003_c.sql is not run: it is no regular file'),
    ])
  })

  it('is no error when the checkout itself is reached by a link', async () => {
    const place = folderOf('001_a.sql')
    const link = `${place.root}-link`
    renameSync(place.root, link)
    symlinkSync(link, place.root)
    expect(await readMigrations(place, 'migrations')).toHaveLength(1)
  })

  it('when files are not UTF-8 or have a wrong structure: all of it at once, with the places', async () => {
    const place = checkout({
      'migrations/001_a.sql': Buffer.from('-- ok\n-- caf\xe9\n', 'latin1'),
      'migrations/002_b.sql': Buffer.from('\uFEFFSELECT 1;', 'utf16le'),
      'migrations/003_c.sql': 'SELECT 1;\nBEGIN;\n',
    })
    expect((await failureIn(place)).split('\n')).toEqual([
      expect.stringContaining('migrations/001_a.sql:2:7 is not UTF-8 at this place'),
      'migrations/002_b.sql is UTF-16 (little endian). Save it as UTF-8. Nothing was run.',
      expect.stringContaining('migrations/003_c.sql:2:1 BEGIN'),
    ])
  })
})
