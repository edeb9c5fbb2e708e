import { execFileSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { tempDir } from '@tokenledger/testkit'
import { alembicTool } from '../../src/alembic-tool.ts'
import { chooseTool } from '../../src/choose-tool.ts'
import { commandTool } from '../../src/command-tool.ts'
import { readSchema } from '../../src/schema/read-schema.ts'
import { sqlTool } from '../../src/sql-tool.ts'
import type { MigrationTool, ProjectPlace } from '../../src/tool.ts'
import { sessionOn, surroundings, watchedRun } from './alembic-project.ts'
import { pythonWithCheckout } from './python-environment.ts'

const EXAMPLE = join(import.meta.dirname, '../../../../examples/tokenledger')
let server: DisposablePostgres
let place: ProjectPlace
let python: string

beforeAll(async () => {
  const root = tempDir('tokenledger-')
  const files = execFileSync('git', ['ls-files', '.'], { cwd: EXAMPLE, encoding: 'utf8' }).trim().split('\n')
  for (const file of files.filter(path => !path.startsWith('dashboard/')))
    cpSync(join(EXAMPLE, file), join(root, file), { recursive: true })
  place = { root, workingDirectory: '.' }
  python = pythonWithCheckout(`${root}[postgres,migrations]`)
  server = await disposablePostgres({ major: 16 })
}, 120_000)
afterAll(() => server?.close())

/** The schema and the report after one of the ways, on a database of its own; a second run must apply nothing. */
async function migratedBy(make: (given: ReturnType<typeof surroundings>) => MigrationTool) {
  const url = await server.createDatabase()
  const given = surroundings(url, python)
  const tool = make({
    ...given,
    env: { ...given.env, VIRTUAL_ENV: python.replace('/bin/python', '') } as typeof given.env,
  })
  const session = await sessionOn(url)
  try {
    await tool.preflight()
    const [first, second] = [watchedRun(), watchedRun()]
    await tool.apply(session, first.options)
    await tool.apply(session, second.options)
    const bookkeeping = ['tokenledger_migrations', 'alembic_version', 'schema_version']
    const { text } = await readSchema(session, { bookkeeping, pgDump: 'off', env: {} })
    return { text, applied: first.applied.map(({ name }) => name), again: second.applied }
  } finally {
    await session.close()
  }
}

describe('the example TokenLedger', () => {
  it('is chosen to be numbered SQL, with Alembic beside it', async () => {
    expect(await chooseTool({ wanted: 'auto', path: 'migrations', command: '', place })).toMatchObject({
      kind: 'sql',
      other: 'alembic',
    })
  })

  it('has the same schema by SQL, by Alembic and by its own command', async () => {
    const sql = await migratedBy(({ table, say }) =>
      sqlTool(place, {
        directory: 'migrations',
        table: table.qualified,
        outOfOrder: 'error',
        checksums: 'error',
        accepted: new Map(),
        say,
      }),
    )
    const alembic = await migratedBy(given => alembicTool(place, given))
    const command = await migratedBy(given =>
      commandTool(place, { ...given, command: 'tokenledger db init', alembic: {} }),
    )
    expect(sql.text).toContain('daily_costs')
    expect(alembic.text).toBe(sql.text)
    expect(command.text).toBe(sql.text)
    expect([sql.applied, alembic.applied, command.applied]).toEqual([
      ['001_initial', '002_teams_and_daily_costs'],
      ['0001_initial', '0002_teams_and_daily_costs'],
      ['tokenledger db init'],
    ])
    expect([sql.again, alembic.again, command.again]).toEqual([[], [], []])
  })
})
