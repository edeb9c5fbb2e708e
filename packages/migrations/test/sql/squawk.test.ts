import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { riskyChanges, squawkProblems, textOf } from '../../src/index.ts'
import { migrationOf } from './migration-of.ts'

const lockFolder = fileURLToPath(new URL('../../../../actions/run-migrations/squawk', import.meta.url))

let installBelow: string
beforeAll(async () => {
  installBelow = await tempDir()
})

describe('squawk from npm', () => {
  test('is installed once and whole, and warns at places in code points', async () => {
    const files = [
      migrationOf('SELECT 1;\r\n/* 😀é日 */ DROP TABLE "x";\rDROP TABLE y;', '001_x'),
      migrationOf('CREATE TABLE t (id serial, a varchar(3), b int);', '002_x'),
    ]
    const options = { lockFolder, installBelow }
    const first = await squawkProblems(files, installBelow, options)
    expect(first.map(textOf)).toEqual([
      'migrations/001_x.sql:2:11 Dropping a table may break existing clients. [ban-drop-table]',
      'migrations/001_x.sql:3:1 Dropping a table may break existing clients. [ban-drop-table]',
    ])
    expect(first[0]?.excerpt?.split('\n').at(-1)).toMatch(/\^$/)
    expect(await squawkProblems(files, installBelow, options)).toEqual(first)
    expect(await readdir(installBelow)).toEqual([expect.stringMatching(/^squawk-[0-9a-f]{16}$/)])
  })

  test('is told which files run in a transaction', async () => {
    const sql = 'CREATE TABLE t (a text);\nCREATE INDEX i ON t (a);'
    const options = { lockFolder, installBelow }
    expect(await squawkProblems([migrationOf(sql)], installBelow, options)).toEqual([])
    const outside = migrationOf('-- migrate:no-transaction\nCREATE INDEX i ON t (a);')
    expect((await squawkProblems([outside], installBelow, options)).map(textOf)).toEqual([
      expect.stringContaining('migrations/002_x.sql:2:1 During normal index creation'),
    ])
  })

  test("obeys the project's own file and comments", async () => {
    const root = await tempDir()
    await writeFiles(root, { '.squawk.toml': 'excluded_rules = ["ban-drop-table"]\n' })
    const sql =
      'DROP TABLE t;\n-- squawk-ignore ban-drop-column\nALTER TABLE u DROP a;\nALTER TABLE u DROP b;'
    const problems = await squawkProblems([migrationOf(sql)], root, { lockFolder, installBelow })
    expect(problems.map(textOf)).toEqual([
      expect.stringMatching(/:4:15 Dropping a column .*\[ban-drop-column\]$/),
    ])
  })

  test('names the rules as we do', async () => {
    const sql = [
      'DROP TABLE t',
      'ALTER TABLE t DROP a',
      'ALTER TABLE t RENAME TO u',
      'ALTER TABLE t RENAME a TO b',
      'ALTER TABLE t ALTER a TYPE text',
      'ALTER TABLE t ALTER a SET NOT NULL',
      'ALTER TABLE t ADD a int NOT NULL',
      'CREATE INDEX i ON t (a)',
      'ALTER TABLE t ADD a int DEFAULT 1 REFERENCES u',
      'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)',
      'ALTER TABLE t ADD a int UNIQUE',
      'ALTER TABLE t ADD a int PRIMARY KEY',
    ].map((statement, index) => migrationOf(statement, `${String(index + 1).padStart(3, '0')}_x`))
    const rule = (message: string) => /\[[\w-]+\]$/.exec(message)?.[0]
    const ours = riskyChanges(sql).map(({ path, message }) => `${path} ${rule(message)}`)
    const theirs = await squawkProblems(sql, installBelow, { lockFolder, installBelow })
    expect(ours).toHaveLength(sql.length)
    expect(theirs.map(({ path, message }) => `${path} ${rule(message)}`)).toEqual(
      expect.arrayContaining(ours),
    )
  })

  test('a lock with another digest installs nothing', async () => {
    const [folder, below] = [await tempDir(), await tempDir()]
    const [pack = '', lock = ''] = await Promise.all(
      ['package.json', 'package-lock.json'].map(name => readFile(join(lockFolder, name), 'utf8')),
    )
    const other = lock.replace(/"sha512-./, found => (found.endsWith('A') ? '"sha512-B' : '"sha512-A'))
    await writeFiles(folder, { 'package.json': pack, 'package-lock.json': other })
    await expect(
      squawkProblems([migrationOf('SELECT 1')], below, { lockFolder: folder, installBelow: below }),
    ).rejects.toThrow(/^npm could not install squawk \(exit code \d+\): .*EINTEGRITY/)
    expect(await readdir(below)).toEqual([])
  })

  test('a platform without a binary is told, with those that have one', async () => {
    const folder = await tempDir()
    await writeFiles(folder, {
      'package-lock.json': '{"packages": {"node_modules/@squawk-cli/plan9-mips": {}}}',
    })
    await expect(
      squawkProblems([migrationOf('SELECT 1')], folder, { lockFolder: folder, installBelow: folder }),
    ).rejects.toThrow(
      `lint: squawk has no binary for ${process.platform}-${process.arch}, only for plan9-mips. Use lint: builtin.`,
    )
  })

  test('without npm it says what to add', async () => {
    const { PATH } = process.env
    process.env.PATH = await tempDir()
    try {
      const below = await tempDir()
      await expect(
        squawkProblems([migrationOf('SELECT 1')], below, { lockFolder, installBelow: below }),
      ).rejects.toThrow(
        /^lint: squawk needs npm, which did not start .*Add actions\/setup-node, or use lint: builtin\.$/,
      )
    } finally {
      process.env.PATH = PATH
    }
  })

  test('no file, no installation', async () => {
    expect(
      await squawkProblems([], '/nowhere', { lockFolder: '/nowhere', installBelow: '/nowhere' }),
    ).toEqual([])
  })
})
