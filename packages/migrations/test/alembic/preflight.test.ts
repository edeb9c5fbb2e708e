import { execFileSync } from 'node:child_process'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { alembicTool } from '../../src/alembic-tool.ts'
import type { ProjectPlace } from '../../src/tool.ts'
import { alembicProject, revision, surroundings, TWO_REVISIONS } from './alembic-project.ts'
import { ALEMBIC, pythonWith } from './python-environment.ts'

const URL = 'postgresql://ledger:secret-word@127.0.0.1:1/none'
let python: string

beforeAll(() => {
  python = pythonWith(...ALEMBIC, 'psycopg2-binary')
}, 120_000)

function preflight(place: ProjectPlace, program = python): Promise<void> {
  return alembicTool(place, surroundings(URL, program)).preflight()
}

describe('the look at Alembic before any connection', () => {
  it('says what was found, and does not run env.py', async () => {
    const place = alembicProject()
    writeFiles(place.root, { 'alembic/env.py': 'raise RuntimeError("env.py ran")\n' })
    const said: string[] = []
    await alembicTool(place, surroundings(URL, python, said)).preflight()
    expect(said).toEqual([`Alembic 1.20.1 of ${python}: alembic.ini, 2 revisions.`])
  })

  it('names both heads, their parent, and the line of down_revision', async () => {
    const third = `# a comment first\n${revision('0003', '0001', 'pass')}`
    await expect(
      preflight(alembicProject({ ...TWO_REVISIONS, 'alembic/versions/0003_costs.py': third })),
    ).rejects.toThrow(
      'alembic/versions/0003_costs.py:6:1 alembic has 2 heads: 0002 (0002_teams.py) and 0003 (0003_costs.py), both after 0001. Run "alembic merge" or re-parent one.',
    )
  })

  it('names a parent that is missing and an id that is used twice', async () => {
    const files = {
      ...TWO_REVISIONS,
      'alembic/versions/again.py': revision('0002', '0001', 'pass'),
      'alembic/versions/lost.py': revision('0004', '0003', 'pass'),
    }
    await expect(preflight(alembicProject(files))).rejects.toThrow(
      [
        'alembic/versions/again.py:5:1 revision 0002 is used twice: alembic/versions/0002_teams.py and alembic/versions/again.py. Give one of them another id.',
        'alembic/versions/lost.py:5:1 revision 0004 comes after 0003, which no file has. Restore that file, or correct down_revision.',
      ].join('\n'),
    )
  })

  it('names the extra that has Alembic when it cannot be imported', async () => {
    const bare = `${tempDir('venv-')}/venv`
    execFileSync('python3', ['-m', 'venv', '--without-pip', bare])
    const place = alembicProject({
      'pyproject.toml':
        '[project]\nname = "x"\nversion = "1"\n[project.optional-dependencies]\nmigrations = ["alembic>=1.16"]\n',
    })
    await expect(preflight(place, `${bare}/bin/python`)).rejects.toThrow(
      `Alembic cannot be imported by ${bare}/bin/python (No module named 'alembic'). Install the extra "migrations": setup-uv-python with extras: migrations, or uv sync --extra migrations.`,
    )
  })

  it('says where it looked when there is no Alembic, and which Python is none', async () => {
    const empty = { root: tempDir(), workingDirectory: '.' }
    await expect(preflight(empty)).rejects.toThrow(
      'No Alembic in .: looked for alembic.ini, [tool.alembic] in pyproject.toml, and a folder with env.py and versions/. Nothing was run.',
    )
    await expect(preflight(alembicProject(), '/no/python')).rejects.toThrow(
      'No Python for Alembic in .: "/no/python" is no program. Run setup-uv-python before this step.',
    )
  })

  it('explains a configuration that Alembic cannot read', async () => {
    const place = alembicProject({ 'alembic.ini': '[alembic]\nscript_location = nowhere\n' })
    await expect(preflight(place)).rejects.toThrow(
      /^Alembic cannot read alembic\.ini: CommandError: Path doesn't exist: .*nowhere/,
    )
  })
})
