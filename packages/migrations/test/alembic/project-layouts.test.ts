import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { writeFiles } from '@tokenledger/testkit'
import { alembicTool } from '../../src/alembic-tool.ts'
import type { MigrationTool, ProjectPlace } from '../../src/tool.ts'
import {
  alembicProject,
  projectOn,
  revision,
  surroundings,
  TWO_REVISIONS,
  watchedRun,
} from './alembic-project.ts'
import { ALEMBIC, pythonWith } from './python-environment.ts'

let server: DisposablePostgres
let python: string

beforeAll(async () => {
  python = pythonWith(...ALEMBIC, 'psycopg2-binary')
  server = await disposablePostgres({ major: 16 })
}, 120_000)
afterAll(() => server?.close())

const onNewDatabase = (place: ProjectPlace) => projectOn(server, python, place)

describe('where a project keeps Alembic', () => {
  it('runs from a folder with env.py alone, without leaving a configuration', async () => {
    const place = alembicProject()
    writeFiles(place.root, { 'alembic.ini': '' })
    await using run = await onNewDatabase(place)
    const tool = alembicTool(place, { ...surroundings(run.url, python), directory: 'alembic' })
    await tool.apply(run.session, watchedRun().options)
    expect(await tool.state(run.session)).toMatchObject({ current: '0002' })
  })

  it('runs from pyproject.toml, and next to a package that is called alembic', async () => {
    const place = alembicProject({
      ...TWO_REVISIONS,
      'pyproject.toml': '[tool.alembic]\nscript_location = "%(here)s/alembic"\n',
      'alembic/__init__.py': '',
    })
    await using run = await onNewDatabase(place)
    const tool = alembicTool(place, { ...surroundings(run.url, python), config: 'pyproject.toml' })
    await tool.apply(run.session, watchedRun().options)
    expect(await tool.state(run.session)).toMatchObject({ current: '0002' })
  })

  it('looks at another checkout with the Python of this one', async () => {
    await using run = await onNewDatabase(alembicProject())
    const other = alembicProject({ 'alembic/versions/x.py': revision('0001', null, 'pass') })
    const tool: MigrationTool = run.tool.at(other.root)
    expect(await tool.state(run.session)).toMatchObject({ pending: [{ name: 'x' }] })
  })
})
