import { describe, expect, it } from '@jest/globals'
import { PROJECT, reasonsOf, valuesOf } from './project-in.ts'

const PACKAGE = { 'ledger/__init__.py': '' }

describe('tests', () => {
  it('finds a marker that only the tests use', async () => {
    const values = await valuesOf({
      'tests/unit/test_a.py': '',
      'tests/db/test_b.py': 'import pytest\npytestmark = pytest.mark.integration\n',
    })
    expect(values).toMatchObject({
      'test-paths': ['tests'],
      'integration-marker': 'integration',
      'test-arguments': ['-m', 'not integration'],
    })
  })

  it('finds a marker that conftest.py registers', async () => {
    const conftest =
      'def pytest_configure(config):\n    config.addinivalue_line("markers", "integration_db: needs one")\n'
    expect(await valuesOf({ 'tests/conftest.py': conftest, 'tests/test_a.py': '' })).toMatchObject({
      'integration-marker': 'integration_db',
      'test-arguments': ['-m', 'not integration_db'],
    })
  })

  it('finds tests inside the package', async () => {
    expect(await valuesOf({ 'src/ledger/tests/test_a.py': '' })).toMatchObject({
      'has-tests': true,
      'test-paths': ['src/ledger/tests'],
    })
  })

  it('sees that testpaths hold no test', async () => {
    const settings = `${PROJECT}[tool.pytest.ini_options]\ntestpaths = "tests"\n`
    expect(await valuesOf({ 'pyproject.toml': settings, 'tests/README.md': '' })).toMatchObject({
      'has-tests': false,
      'test-paths': ['tests'],
    })
  })

  it("asks pytest's files in pytest's order", async () => {
    const files = {
      'pyproject.toml': `${PROJECT}[tool.pytest]\ntestpaths = ["c"]\n`,
      'tox.ini': '[pytest]\ntestpaths = d\n',
    }
    expect(await valuesOf(files)).toMatchObject({ 'test-paths': ['c'] })
    expect(await valuesOf({ ...files, 'pytest.ini': '[pytest]\ntestpaths = b\n' })).toMatchObject({
      'test-paths': ['b'],
    })
    expect(await valuesOf({ ...files, 'pytest.toml': '[pytest]\ntestpaths = ["a"]\n' })).toMatchObject({
      'test-paths': ['a'],
      'test-config': 'pytest.toml',
    })
  })
})

describe('ruff, mypy, bandit and coverage', () => {
  it('prefer a file of their own where the tool does', async () => {
    const values = await valuesOf({
      ...PACKAGE,
      'pyproject.toml': `${PROJECT}[tool.ruff]\n[tool.mypy]\nfiles = "a"\n[tool.bandit]\n`,
      'ruff.toml': 'line-length = 100\n',
      'mypy.ini': '[mypy]\nfiles = ledger,\n    scripts\n',
      'bandit.yaml': '',
      '.coveragerc': '[run]\nsource =\n    ledger\n    tools\n',
    })
    expect(values).toMatchObject({
      'ruff-config': 'ruff.toml',
      'mypy-config': 'mypy.ini',
      'mypy-paths': ['ledger', 'scripts'],
      'bandit-config': 'pyproject.toml',
      'coverage-source': ['ledger', 'tools'],
    })
  })

  it('leave to mypy what only its configuration can say', async () => {
    const packages = { ...PACKAGE, 'pyproject.toml': `${PROJECT}[tool.mypy]\npackages = ["ledger"]\n` }
    expect((await valuesOf(packages))['mypy-paths']).toEqual([])
    const patterns = { ...PACKAGE, 'pyproject.toml': `${PROJECT}[tool.mypy]\nfiles = ["src/**/*.py"]\n` }
    expect((await valuesOf(patterns))['mypy-paths']).toEqual([])
    expect((await reasonsOf(patterns))['mypy-paths']).toBe(
      'mypy takes the patterns of files from pyproject.toml [tool.mypy]',
    )
  })

  it('check everything that include of ruff names', async () => {
    const files = { ...PACKAGE, 'pyproject.toml': `${PROJECT}[tool.ruff]\ninclude = ["ledger/**/*.py"]\n` }
    expect((await valuesOf(files))['ruff-paths']).toEqual(['.'])
  })

  it('measure what addopts says when coverage has no settings', async () => {
    const files = {
      ...PACKAGE,
      'pyproject.toml': `${PROJECT}[tool.pytest.ini_options]\naddopts = "-q --cov=ledger --cov-report xml"\n`,
    }
    expect((await valuesOf(files))['coverage-source']).toEqual(['ledger'])
  })

  it('name a broken file of their own with its place', async () => {
    await expect(valuesOf({ 'ruff.toml': 'line-length = \n' })).rejects.toThrow(
      /^ruff\.toml:1:\d+: not valid TOML/,
    )
  })
})

describe('PostgreSQL', () => {
  it.each([
    ['    image: postgres:17\n', 'postgres:17'],
    ["    image: 'ghcr.io/acme/postgres:16'\n", 'ghcr.io/acme/postgres:16'],
    ['    image: pgvector/pgvector:pg16\n', 'pgvector/pgvector:pg16'],
    ['    image: postgis/postgis:16-3.4\n', 'postgis/postgis:16-3.4'],
    ['    image: redis:7\n', ''],
    ['    # image: postgres:9\n', ''],
  ])('is recognised in %j', async (line, image) => {
    const values = await valuesOf({ 'compose.dev.yaml': `services:\n  db:\n${line}` })
    expect(values).toMatchObject({ 'postgres-image': image, 'needs-postgres': image !== '' })
  })

  it('is recognised by a driver in an extra', async () => {
    const settings = `${PROJECT}[project.optional-dependencies]\npg = ["Psycopg[binary]>=3"]\n`
    expect((await reasonsOf({ 'pyproject.toml': settings }))['needs-postgres']).toBe(
      'psycopg in the extra pg',
    )
  })
})
