import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { pathWithUv } from '../../../../action-tests/contracts/uv.ts'

export interface ProjectOptions {
  readonly name?: string
  readonly version?: string
  /** The text of the only module after its version. */
  readonly module?: string
}

/**
 * The folder with the wheel and the sdist that uv and hatchling build of a small project. Its version is
 * dynamic, so hatchling writes it into the metadata as it is spelled.
 */
export function builtProject({
  name = 'tokenledger',
  version = '1.2.3',
  module = '',
}: ProjectOptions = {}): string {
  const folder = tempDir('project-')
  writeFiles(folder, {
    'pyproject.toml': `[project]
name = "${name}"
dynamic = ["version"]
readme = "README.md"
requires-python = ">=3.11"

[build-system]
requires = ["hatchling==1.33.0"]
build-backend = "hatchling.build"

[tool.hatch.version]
path = "module.py"

[tool.hatch.build.targets.wheel]
include = ["module.py"]
`,
    'README.md': 'Name: not-this\nVersion: 9.9.9\n',
    'module.py': `__version__ = "${version}"\n${module}`,
  })
  const env = { ...process.env, PATH: pathWithUv(), VIRTUAL_ENV: '' }
  execFileSync('uv', ['build', '--quiet', '--python', '3.11', folder], { env })
  return join(folder, 'dist')
}
