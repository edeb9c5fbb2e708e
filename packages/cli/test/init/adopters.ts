import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Files, gitRepo, tempDir, writeFiles } from '@tokenledger/testkit'
import type { Terminal } from '../../src/command.ts'
import { init } from '../../src/init/command.ts'

export const EXAMPLE = fileURLToPath(new URL('../../../../examples/tokenledger', import.meta.url))

/** Projects without any CI, in the shapes that people have. */
export const PROJECTS: Readonly<Record<string, Files>> = {
  'setuptools and a flat layout': {
    'pyproject.toml': `[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "flat_ledger" # as on PyPI
dynamic = ["version"]
requires-python = ">=3.11"
optional-dependencies.dev = ["pytest>=8", "pytest-cov>=6", "ruff>=0.12", "psycopg>=3.2"]

[tool.setuptools.dynamic]
# One place for it.
version = { attr = "flat_ledger.__version__" }
`,
    'flat_ledger/__init__.py': '__version__ = "0.3.0"\n',
    'tests/test_flat.py': 'def test_flat() -> None:\n    assert True\n',
    'README.md': 'Flat ledger\n===========\n\nText.\n',
    LICENSE: 'MIT\n',
  },
  'poetry-core without Postgres': {
    'pyproject.toml': `[build-system]
requires = ["poetry-core>=2"]
build-backend = "poetry.core.masonry.api"

[tool.poetry]
name = "poetic"
version = "1.2.0"
description = "A poem."
license = "Apache-2.0"
authors = []

[tool.poetry.dependencies]
python = "^3.11"

[tool.poetry.group.dev.dependencies]
pytest = "^8"
`,
    'poetic/__init__.py': '',
    'tests/test_poetic.py': 'def test_poem() -> None:\n    assert True\n',
    'README.md': '# Poetic\n',
  },
  'a uv workspace': {
    'pyproject.toml': `[project]
name = "workspace"
version = "0"
requires-python = ">=3.12"
dependencies = ["one"]

[dependency-groups]
dev = ["pytest>=8", "ruff>=0.12"]

[tool.uv]
package = false

[tool.uv.sources]
one = { workspace = true }

[tool.uv.workspace]
members = ["libs/*"]
`,
    'libs/one/pyproject.toml': `[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "one"
version = "0.1.0"
requires-python = ">=3.12"
`,
    'libs/one/src/one/__init__.py': 'ONE = 1\n',
    'tests/test_all.py': 'from one import ONE\n\n\ndef test_all() -> None:\n    assert ONE == 1\n',
  },
}

/** A repository with these files, whose `origin` is acme/ledger on GitHub. */
export function adopter(files: Files, name = 'setuptools and a flat layout'): string {
  const { path, git } = gitRepo({ ...PROJECTS[name], ...files })
  git('remote', 'add', 'origin', 'https://github.com/acme/ledger.git')
  return path
}

/** examples/tokenledger as it would be without us: no workflows, no notes, no settings of bandit. */
export function strippedExample(): string {
  const path = tempDir('tokenledger ')
  cpSync(EXAMPLE, path, {
    recursive: true,
    filter: source => !/node_modules|\.venv|__pycache__/.test(source),
  })
  for (const name of ['.github', 'cliff.toml']) rmSync(join(path, name), { recursive: true })
  const pyproject = readFileSync(join(path, 'pyproject.toml'), 'utf8')
  writeFiles(path, { 'pyproject.toml': pyproject.replace(/\n\[tool\.bandit\][\s\S]*$/, '') })
  return path
}

export interface Ran {
  readonly code: number
  readonly printed: string
  readonly said: string
  readonly asked: readonly string[]
}

/** A terminal in a folder that gives one answer to every question, and what went over it. */
export function terminalIn(cwd: string, answer = false) {
  const lines = { printed: [] as string[], said: [] as string[], asked: [] as string[] }
  const terminal: Terminal = {
    print: text => lines.printed.push(text),
    say: text => lines.said.push(text),
    ask: async question => {
      lines.asked.push(question)
      return answer
    },
    cwd,
    env: {},
  }
  const ran = (code: number): Ran => ({
    code,
    printed: lines.printed.join('\n'),
    said: lines.said.join('\n'),
    asked: lines.asked,
  })
  return { terminal, ran }
}

export async function runInit(
  folder: string,
  args: readonly string[] = ['--yes'],
  answer = false,
): Promise<Ran> {
  const { terminal, ran } = terminalIn(folder, answer)
  return ran(await init.run(args, terminal))
}

/** The report's line on a file, its blanks single. */
export function lineOn(path: string, { printed }: Ran): string {
  const lines = printed.split('\n').filter(line => /^(?:write|change|current|left) /.test(line))
  return lines
    .filter(line => line.split(/\s+/)[1] === path)
    .join('\n')
    .replace(/ +/g, ' ')
}

export function textOf(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8')
}
