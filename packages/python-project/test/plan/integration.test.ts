import { describe, expect, it } from '@jest/globals'
import { PROJECT, reasonsOf, valuesOf } from './project-in.ts'
import { TOKENLEDGER } from './tokenledger.ts'

const LEDGER = `${PROJECT}
[project.optional-dependencies]
pg = ["psycopg[binary]>=3"]
more = ["rich", "httpx", "alembic"]
[dependency-groups]
test = ["pytest"]
migrate = ["alembic", "sqlalchemy"]
`

describe('the job with a database', () => {
  it("runs TokenLedger's marked tests with the extras of its tests", async () => {
    expect(await valuesOf(TOKENLEDGER)).toMatchObject({
      'has-integration': true,
      'integration-extras': ['dev', 'all'],
      'integration-groups': [],
      'integration-arguments': ['-m', 'integration'],
    })
  })

  it('installs a driver and Alembic from the smallest sets that hold them', async () => {
    const files = {
      'pyproject.toml': LEDGER,
      'alembic.ini': '[alembic]\nscript_location = db\n',
      'db/env.py': '',
      'tests/test_x.py': '',
    }
    expect(await valuesOf(files)).toMatchObject({
      'has-integration': true,
      'integration-groups': ['test', 'migrate'],
      'integration-extras': ['pg'],
      'integration-arguments': [],
    })
    expect((await reasonsOf(files))['integration-groups']).toContain('the group migrate holds alembic')
  })

  it('takes the sets that an input names and adds none', async () => {
    expect(await valuesOf(TOKENLEDGER, { extras: ['dev'] })).toMatchObject({ 'integration-extras': ['dev'] })
  })

  it('has nothing to do without marked tests and without migrations of PostgreSQL', async () => {
    const nothing = { 'pyproject.toml': PROJECT }
    expect(await valuesOf(nothing)).toMatchObject({ 'has-integration': false, 'integration-arguments': [] })
    const elsewhere = { ...nothing, 'migrations/001_x.sql': '' }
    expect(await valuesOf(elsewhere)).toMatchObject({ 'has-migrations': true, 'has-integration': false })
    expect((await reasonsOf(elsewhere))['has-integration']).toMatch(
      /^there are migrations, but no PostgreSQL/,
    )
  })
})

describe('the input migrations-tool', () => {
  it.each([
    ['sql', { 'migrations-tool': 'sql', 'migrations-directory': 'migrations' }],
    ['alembic', { 'migrations-tool': 'alembic', 'migrations-directory': 'alembic' }],
    ['command', { 'migrations-tool': 'command', 'migrations-directory': '' }],
  ] as const)('chooses %s among the three that TokenLedger has', async (migrationsTool, expected) => {
    expect(await valuesOf(TOKENLEDGER, { migrationsTool })).toMatchObject(expected)
  })

  it('refuses a tool that the project does not have', async () => {
    const files = { 'pyproject.toml': PROJECT, 'migrations/001_x.sql': '' }
    await expect(valuesOf(files, { migrationsTool: 'alembic' })).rejects.toThrow(
      'Input migrations-tool is "alembic", but the project does not have that: no alembic.ini and no [tool.alembic]. Give another tool or migrations-directory, or leave migrations-tool out.',
    )
  })
})
