import { describe, expect, it } from '@jest/globals'
import { type Files, tempDir, writeFiles } from '@tokenledger/testkit'
import { chooseTool, type WantedTool } from '../src/choose-tool.ts'

function choose(files: Files, wanted: Partial<WantedTool> = {}) {
  const root = tempDir()
  writeFiles(root, files)
  const place = { root, workingDirectory: '.' }
  return chooseTool({ wanted: 'auto', path: 'migrations', command: '', place, ...wanted })
}

const SQL = { 'migrations/001_a.sql': '', 'migrations/002_b.sql': '' }
const INI = { 'alembic.ini': '[alembic]\nscript_location = alembic\n', 'alembic/env.py': '' }

describe('the choice between tools', () => {
  it.each<[string, Files, Partial<WantedTool>, object]>([
    [
      'a command before all else',
      { ...SQL, ...INI },
      { command: 'app init' },
      { kind: 'command', reason: 'input command: app init' },
    ],
    [
      'numbered SQL files',
      SQL,
      {},
      { kind: 'sql', reason: '2 numbered SQL files in migrations, 001_a.sql to 002_b.sql' },
    ],
    [
      'numbered SQL files before Alembic, which is told too',
      { ...SQL, ...INI },
      {},
      {
        kind: 'sql',
        reason: '2 numbered SQL files in migrations, 001_a.sql to 002_b.sql; alembic.ini as well',
        other: 'alembic',
      },
    ],
    [
      'alembic.ini',
      { ...INI, 'migrations/seed.sql': '' },
      {},
      { kind: 'alembic', reason: 'alembic.ini, and no numbered SQL files in migrations' },
    ],
    [
      '[tool.alembic]',
      { 'pyproject.toml': '[tool.alembic]\nscript_location = "db"\n' },
      {},
      {
        kind: 'alembic',
        reason: '[tool.alembic] in pyproject.toml, and no numbered SQL files in migrations',
      },
    ],
    [
      'an alembic.ini in a subfolder',
      { 'backend/alembic.ini': '[alembic]\n', 'tests/alembic.ini': '' },
      {},
      { kind: 'alembic', reason: 'backend/alembic.ini, and no numbered SQL files in migrations' },
    ],
    [
      'env.py and versions',
      {
        'db/env.py': '',
        'db/versions/1.py': '',
        '.venv/pyvenv.cfg': '',
        'lib/pyvenv.cfg': '',
        'lib/a/env.py': '',
        'lib/a/versions/1.py': '',
      },
      {},
      { kind: 'alembic', reason: 'db/env.py, and no alembic.ini, and no numbered SQL files in migrations' },
    ],
    [
      'what input tool says',
      { ...SQL, ...INI },
      { wanted: 'alembic' },
      { kind: 'alembic', reason: 'input tool, alembic.ini' },
    ],
  ])('takes %s', async (_name, files, wanted, chosen) => {
    expect(await choose(files, wanted)).toEqual(chosen)
  })

  it('fails with all that was looked for', async () => {
    await expect(choose({ 'migrations/seed.sql': '', 'tests/alembic.ini': '' })).rejects.toThrow(
      'Nothing to migrate with in .: input command is empty; migrations holds no numbered SQL files (001_initial.sql); there is no alembic.ini, no [tool.alembic] in pyproject.toml and no folder with env.py and versions/. Set path, command or working-directory.',
    )
    await expect(choose(SQL, { wanted: 'command' })).rejects.toThrow(
      'Input tool is "command", but input command is empty.',
    )
  })
})
