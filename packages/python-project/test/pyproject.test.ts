import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { UserError } from '@tokenledger/kit'
import { parsePyproject, readPyproject, requirementsOf } from '../src/index.ts'

let directory = ''
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'prüf projekt '))
})
afterEach(() => rm(directory, { recursive: true }))

const LIBRARY = `
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "tokenledger"
dynamic = ["version"]
requires-python = ">=3.11"
classifiers = ["Programming Language :: Python :: 3.11"]
dependencies = ["typer>=0.12"]

[project.optional-dependencies]
server = ["fastapi>=0.115"]
all = ["tokenledger[server]", "asyncpg"]
dev = ["ruff>=0.8", "tokenledger[all]"]

[project.scripts]
tokenledger = "tokenledger.cli:app"

[dependency-groups]
test = ["pytest", { include-group = "lint" }]
lint = ["ruff", { include-group = "test" }]

[tool.ruff]
line-length = 100
`

describe('readPyproject', () => {
  it('says what the directory holds when there is no pyproject.toml', async () => {
    await writeFile(join(directory, 'README.md'), '')
    await writeFile(join(directory, 'setup.cfg'), '')
    await expect(readPyproject(directory)).rejects.toThrow(
      new UserError(
        `No pyproject.toml in ${directory}. Run actions/checkout before this step, or set working-directory. The directory holds: README.md, setup.cfg`,
      ),
    )
  })

  it('tells an empty directory from one that does not exist', async () => {
    await expect(readPyproject(directory)).rejects.toThrow('The directory is empty.')
    await expect(readPyproject(join(directory, 'x'))).rejects.toThrow('The directory does not exist.')
  })

  it('places a syntax error at path, line and column with the words of the parser', async () => {
    const path = join(directory, 'pyproject.toml')
    await writeFile(path, '[project]\nname = "a"\nname = "b"\n')
    const error: unknown = await readPyproject(directory).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UserError)
    expect((error as UserError).message).toBe(
      `${path}:3:1: not valid TOML: trying to redefine an already defined table or value. Correct this line.`,
    )
  })

  it('reads a file with Windows line ends and a byte order mark like any other', async () => {
    await writeFile(join(directory, 'pyproject.toml'), `\uFEFF${LIBRARY.replaceAll('\n', '\r\n')}`)
    const { document, ...read } = await readPyproject(directory)
    const { document: expected, ...plain } = parsePyproject(LIBRARY, join(directory, 'pyproject.toml'))
    expect(read).toEqual(plain)
    expect(document).toEqual(expected)
    expect(read.directory).toBe(directory)
  })
})

describe('parsePyproject', () => {
  it('reads the project table', () => {
    expect(parsePyproject(LIBRARY, 'pyproject.toml')).toMatchObject({
      directory: '.',
      name: 'tokenledger',
      dynamic: ['version'],
      requiresPython: '>=3.11',
      classifiers: ['Programming Language :: Python :: 3.11'],
      dependencies: ['typer>=0.12'],
      extras: { server: ['fastapi>=0.115'], dev: ['ruff>=0.8', 'tokenledger[all]'] },
      groupsFrom: 'dependency-groups',
      scripts: { tokenledger: 'tokenledger.cli:app' },
      buildSystem: { requires: ['hatchling'], backend: 'hatchling.build' },
      tool: { ruff: { 'line-length': 100 } },
      isProject: true,
    })
    expect(parsePyproject(LIBRARY, 'pyproject.toml')).not.toHaveProperty('version')
  })

  it('takes a file of settings alone for what it is', () => {
    const pyproject = parsePyproject('[tool.ruff]\n', 'pyproject.toml')
    expect(pyproject).toMatchObject({
      isProject: false,
      dependencies: [],
      extras: {},
      groups: {},
      scripts: {},
    })
    expect(pyproject).not.toHaveProperty('buildSystem')
  })

  it("counts uv's older development dependencies to the group dev, as uv does", () => {
    const text = '[tool.uv]\ndev-dependencies = ["ruff"]\n[dependency-groups]\ndev = ["mypy"]\n'
    expect(parsePyproject(text, 'pyproject.toml').groups).toEqual({ dev: ['mypy', 'ruff'] })
  })

  it('falls back to what Poetry says', () => {
    const text = `
[tool.poetry]
name = "ledger"
version = "1.2.0"
[tool.poetry.dependencies]
python = "^3.11"
httpx = {version = "~0.27", extras = ["http2"]}
psycopg2 = {version = "2.9.*", optional = true}
tomli = {version = "*", markers = "python_version < '3.11'"}
[tool.poetry.extras]
pg = ["psycopg2"]
[tool.poetry.scripts]
ledger = "ledger.cli:main"
[tool.poetry.group.test.dependencies]
pytest = ">=8 <9"
[tool.poetry.dev-dependencies]
ruff = "0.8.1"
`
    expect(parsePyproject(text, 'pyproject.toml')).toMatchObject({
      name: 'ledger',
      version: '1.2.0',
      requiresPython: '>=3.11,<4',
      dependencies: ['httpx[http2]>=0.27,<0.28', "tomli ; python_version < '3.11'"],
      extras: { pg: ['psycopg2==2.9.*'] },
      groups: { test: ['pytest>=8,<9'], dev: ['ruff==0.8.1'] },
      groupsFrom: 'tool.poetry',
      scripts: { ledger: 'ledger.cli:main' },
      isProject: false,
    })
  })
})

describe('requirementsOf', () => {
  const pyproject = parsePyproject(LIBRARY, 'pyproject.toml')

  it('follows extras of the project itself', () => {
    const dev = requirementsOf(pyproject, { kind: 'extra', name: 'Dev' })
    expect(dev).toEqual(['ruff>=0.8', 'fastapi>=0.115', 'asyncpg'])
  })

  it('follows included groups, also around a cycle', () => {
    expect(requirementsOf(pyproject, { kind: 'group', name: 'test' })).toEqual(['pytest', 'ruff'])
  })

  it('adds nothing for a name that does not exist', () => {
    expect(requirementsOf(pyproject, { kind: 'extra', name: 'toString' })).toEqual([])
  })
})
