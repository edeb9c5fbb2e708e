import type { Files } from '@tokenledger/testkit'

/**
 * A project that our ci.yml takes through every job in seconds: one Python version, a package of one function, a
 * dashboard without dependencies.
 */
export const smallProject: Files = {
  'pyproject.toml': `[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "meter"
version = "0.1.0"
description = "Counts tokens."
readme = "README.md"
requires-python = ">=3.11"
classifiers = ["Programming Language :: Python :: 3.11"]

[project.optional-dependencies]
dev = ["mypy>=1.16", "pytest>=8.4", "ruff>=0.12"]

[tool.mypy]
files = ["meter", "tests"]
strict = true

[tool.pytest.ini_options]
testpaths = ["tests"]
`,
  'README.md': '# meter\n\nCounts tokens.\n',
  'meter/__init__.py': '"""Counts tokens."""\n',
  'meter/py.typed': '',
  'meter/count.py': `"""The number of tokens of a text."""


def count(text: str) -> int:
    """Return the number of words of a text."""
    return len(text.split())
`,
  'tests/test_count.py': `from meter.count import count


def test_words_are_counted() -> None:
    assert count("two words") == 2
`,
  'dashboard/package.json': JSON.stringify({
    name: 'dashboard',
    version: '0.1.0',
    private: true,
    scripts: { lint: 'node lint.js', build: 'node build.js' },
  }),
  'dashboard/package-lock.json': JSON.stringify({
    name: 'dashboard',
    version: '0.1.0',
    lockfileVersion: 3,
    packages: { '': { name: 'dashboard', version: '0.1.0' } },
  }),
  'dashboard/lint.js': "console.log('nothing to complain about')\n",
  'dashboard/build.js': `const { mkdirSync, writeFileSync } = require('node:fs')
mkdirSync('dist', { recursive: true })
writeFileSync('dist/index.html', '<!doctype html><title>meter</title>')
`,
  '.gitignore': '.venv/\ndist/\n__pycache__/\n',
  '.github/workflows/ci.yml': `name: CI
on:
  push:
    branches: [main]
  pull_request:
  merge_group:
permissions: {}
jobs:
  ci:
    permissions:
      contents: read
    uses: org/tokenledger-actions/.github/workflows/ci.yml@v1
`,
}

/** The same, where a pull request leaves out the jobs that it does not concern. */
export const skippingProject: Files = {
  ...smallProject,
  '.github/workflows/ci.yml': `${smallProject['.github/workflows/ci.yml']}    with:\n      skip-unaffected: true\n`,
}

export interface Breakage {
  /** The job that has to fail, by its name. */
  readonly job: string
  readonly what: string
  readonly files: Files
  /** What the failing step has to show. */
  readonly shows: string
}

/** One defect for each job that can find one, made so that no other job minds it. */
export const breakages: readonly Breakage[] = [
  {
    job: 'lint',
    what: 'an unused import',
    files: { 'meter/count.py': `import os\n${smallProject['meter/count.py']}` },
    shows: 'F401',
  },
  {
    job: 'type-check',
    what: 'a wrong return type',
    files: { 'meter/count.py': String(smallProject['meter/count.py']).replace('-> int', '-> str') },
    shows: 'Incompatible return value type',
  },
  {
    job: 'test (3.11)',
    what: 'a failing test',
    files: { 'tests/test_count.py': String(smallProject['tests/test_count.py']).replace('== 2', '== 3') },
    shows: 'test_words_are_counted',
  },
  {
    job: 'build',
    what: 'a description that an index refuses',
    files: {
      'pyproject.toml': String(smallProject['pyproject.toml']).replace('README.md', 'README.rst'),
      'README.rst': 'meter\n=====\n\n.. unknown-directive:: x\n',
    },
    shows: 'unknown-directive',
  },
  {
    job: 'dashboard',
    what: 'a build script that fails',
    files: { 'dashboard/build.js': "throw new Error('vite has lost its way')\n" },
    shows: 'vite has lost its way',
  },
]
