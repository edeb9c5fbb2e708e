import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { root } from '../../packages/tools/src/repository.ts'
import { pathWithUv } from './uv.ts'

/** The requirements that the scan audits of a project without a lock. */
function audited(folder: string): string[] {
  const code = [
    'import sys',
    'from pathlib import Path',
    'sys.path[:0] = sys.argv[1:3]',
    'from locked_set import packages',
    'print(packages(Path(sys.argv[3]), "*", "").requirements)',
  ].join('\n')
  const folders = [join(root, 'actions', 'security-scan'), join(root, 'actions')]
  const { stdout, stderr } = spawnSync('python3', ['-B', '-c', code, ...folders, folder], {
    encoding: 'utf8',
    env: { ...process.env, PATH: pathWithUv() },
  })
  if (stderr) throw new Error(stderr)
  return stdout.split('\n').filter(Boolean)
}

describe('the audit of a workspace without a lock', () => {
  it('is of what comes from elsewhere, not of its own members', () => {
    const member = (name: string, dependencies: string) =>
      `[project]\nname = "${name}"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ${dependencies}\n`
    const folder = tempDir()
    writeFiles(folder, {
      'pyproject.toml': `${member('whole', '["one", "two"]')}
[tool.uv.sources]
one = { workspace = true }
two = { path = "two" }

[tool.uv.workspace]
members = ["libs/*"]
`,
      'libs/one/pyproject.toml': member('one', '["iniconfig==2.1.0"]'),
      'two/pyproject.toml': member('two', '[]'),
    })
    expect(audited(folder)).toEqual(['iniconfig==2.1.0'])
  })
})
