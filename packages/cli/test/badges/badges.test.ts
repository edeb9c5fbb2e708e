import { describe, expect, it } from '@jest/globals'
import type { Files } from '@tokenledger/testkit'
import { badges } from '../../src/badges/command.ts'
import { adopter, strippedExample, terminalIn, textOf } from '../init/adopters.ts'

async function run(folder: string, ...args: readonly string[]) {
  const { terminal, ran } = terminalIn(folder)
  return ran(await badges.run(args, terminal))
}

/** The badges of a project, each by what its picture says. */
async function rowOf(files: Files): Promise<Record<string, string>> {
  const { printed } = await run(adopter(files))
  const lines = printed.split('\n').filter(Boolean)
  return Object.fromEntries(lines.map(line => [/!\[((?:\\.|[^\]])*)\]/.exec(line)?.[1] ?? '', line]))
}

const project = (lines: string, tables = '') => ({
  'pyproject.toml': `[build-system]\nrequires = ["hatchling"]\n[project]\nversion = "1"\n${lines}\n${tables}`,
  LICENSE: '',
})

describe('badges', () => {
  it("prints the seed's row, as far as the project says it", async () => {
    const row = await rowOf({
      ...project(
        'name = "Token__Ledger"\nlicense = "LicenseRef-Elastic_2.0"\nclassifiers = ["Programming Language :: Python :: 3.12"]',
        '[tool.ruff]\n[tool.mypy]\n',
      ),
      '.github/workflows/ci.yml': 'on: push\n',
    })
    const page = 'https://badge.fury.io/py/token-ledger'
    const ci = 'https://github.com/acme/ledger/actions/workflows/ci.yml'
    expect(row).toMatchObject({
      CI: `[![CI](${ci}/badge.svg)](${ci})`,
      'PyPI version': `[![PyPI version](${page}.svg)](${page})`,
      'Python versions': `[![Python versions](https://img.shields.io/pypi/pyversions/token-ledger.svg)](${page})`,
      'License: LicenseRef-Elastic\\_2.0': `[![License: LicenseRef-Elastic\\_2.0](https://img.shields.io/badge/License-LicenseRef--Elastic__2.0-blue)](LICENSE)`,
      'Code style: ruff': expect.stringContaining('https://github.com/astral-sh/ruff'),
      'Checked with mypy': expect.stringContaining('https://mypy-lang.org/'),
    })
    expect(Object.keys(row)).toHaveLength(6)
  })

  it('leaves out what does not resolve', async () => {
    const row = await rowOf(project('name = "x"\nclassifiers = ["Private :: Do Not Upload"]'))
    expect(row).toEqual({})
  })

  it('shows requires-python itself where no classifier names a version', async () => {
    const row = await rowOf(project('name = "x"\nrequires-python = ">=3.11,<4"'))
    expect(row['Python versions']).toContain('https://img.shields.io/badge/python-%3E%3D3.11%2C%3C4-blue')
  })

  it.each([
    [
      'a call of ours that uploads',
      { '.github/workflows/ci.yml': 'jobs:\n  ci:\n    with:\n      codecov-upload: auto\n' },
    ],
    [
      'its action',
      { '.github/workflows/a.yml': 'jobs:\n  a:\n    steps:\n      - uses: codecov/codecov-action@v5\n' },
    ],
    ['its settings', { 'codecov.yml': 'comment: false\n' }],
  ])('shows Codecov because of %s', async (_, files) => {
    const page = 'https://codecov.io/gh/acme/ledger'
    expect((await rowOf(files)).codecov).toBe(`[![codecov](${page}/branch/main/graph/badge.svg)](${page})`)
  })

  it('shows the coverage that a file of the repository holds for shields.io', async () => {
    const endpoint = JSON.stringify({ schemaVersion: 1, label: 'coverage', message: '91%', color: 'green' })
    const row = await rowOf({ 'docs/coverage.json': endpoint, 'badge.json': '{' })
    expect(row.coverage).toBe(
      '![coverage](https://img.shields.io/endpoint?url=https%3A%2F%2Fraw.githubusercontent.com%2Facme%2Fledger%2Fmain%2Fdocs%2Fcoverage.json)',
    )
  })

  it('takes the repository from the addresses of the project where there is no remote', async () => {
    const { printed } = await run(strippedExample())
    expect(printed).not.toContain('actions/workflows')
    expect(printed).toContain('[![PyPI version](https://badge.fury.io/py/tokenledger.svg)]')
  })

  it('lets nothing of the project be Markdown', async () => {
    const row = await rowOf(project('name = "x"\nlicense = "A](b) (c)"'))
    expect(Object.keys(row)).not.toContainEqual(expect.stringContaining('License'))
    const brackets = await rowOf(project('name = "x"\nlicense = "MIT OR (GPL_x)"'))
    expect(Object.values(brackets).at(-1)).toBe(
      '[![License: MIT OR (GPL\\_x)](https://img.shields.io/badge/License-MIT%20OR%20%28GPL__x%29-blue)](LICENSE)',
    )
  })

  it('writes the row to the README between its markers, and a second time nothing', async () => {
    const folder = adopter({})
    expect(await run(folder, '--write')).toMatchObject({
      code: 0,
      printed: expect.stringContaining('+++ b/README.md'),
    })
    const text = textOf(folder, 'README.md')
    expect(text).toContain('<!-- tokenledger-actions:badges -->\n[![PyPI version]')
    expect(await run(folder, '--write')).toMatchObject({
      code: 0,
      printed: expect.stringMatching(/^current /),
    })
    expect(textOf(folder, 'README.md')).toBe(text)
  })

  it('is bad news where the README has badges of its own', async () => {
    const folder = adopter({ 'README.md': '# A\n![x](https://img.shields.io/x)\n' })
    expect(await run(folder, '--write')).toMatchObject({ code: 1, printed: expect.stringMatching(/^left /) })
  })
})
