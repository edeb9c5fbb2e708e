import { describe, expect, it } from '@jest/globals'
import { PROJECT, reasonsOf, valuesOf } from './project-in.ts'
import { TOKENLEDGER } from './tokenledger.ts'

const EXPECTED = {
  package: 'tokenledger',
  'package-directory': 'tokenledger',
  'source-paths': ['tokenledger'],
  'version-source': 'tokenledger/__init__.py',
  'has-package': true,
  'build-backend': 'hatchling.build',
  'build-requires': ['hatchling'],
  'python-versions': ['3.11', '3.12', '3.13'],
  'default-python': '3.11',
  'lint-extras': ['dev'],
  'lint-groups': [],
  'types-extras': ['dev', 'all'],
  'types-groups': [],
  'test-extras': ['dev', 'all'],
  'test-groups': [],
  'coverage-tool': 'pytest-cov',
  'ruff-config': 'pyproject.toml',
  'ruff-paths': ['tokenledger', 'tests'],
  'mypy-config': 'pyproject.toml',
  'mypy-paths': ['tokenledger'],
  'has-tests': true,
  'test-paths': ['tests'],
  'integration-marker': 'integration',
  'test-arguments': ['-m', 'not integration'],
  'has-coverage': true,
  'coverage-source': ['tokenledger'],
  'coverage-fail-under': '',
  'coverage-precision': '',
  'bandit-config': 'pyproject.toml',
  'bandit-paths': ['tokenledger'],
  'has-migrations': true,
  'migrations-tool': 'sql',
  'migrations-directory': 'migrations',
  'migrations-command': 'tokenledger db init',
  'alembic-config': 'alembic.ini',
  'alembic-directory': 'alembic',
  'needs-postgres': true,
  'postgres-image': 'postgres:16-alpine',
  'has-dashboard': true,
  'dashboard-directory': 'dashboard',
  'dashboard-scripts': ['lint', 'build'],
  'dashboard-package-manager': 'npm',
  'dashboard-lock-file': 'dashboard/package-lock.json',
  'dashboard-node-version': '>=20',
  'dashboard-output': 'dist',
}

describe('the plan', () => {
  it("holds TokenLedger's whole CI without one input", async () => {
    expect(await valuesOf(TOKENLEDGER)).toMatchObject(EXPECTED)
  })

  it('says why', async () => {
    expect(await reasonsOf(TOKENLEDGER)).toMatchObject({
      package: '[project] name',
      'lint-extras': 'the extra dev contains ruff',
      'test-extras':
        'the extra dev contains pytest; the extra all holds openai, asyncpg, which the code may import',
      'migrations-tool': '2 numbered SQL files, 001_initial.sql to 002_teams.sql',
      'migrations-command': 'script tokenledger, command in tokenledger/cli.py',
      'needs-postgres': 'docker-compose.yml runs postgres:16-alpine',
      'dashboard-scripts': 'scripts of package.json; no test',
    })
  })

  it('is the same for files with Windows line ends', async () => {
    const windows = Object.entries(TOKENLEDGER).map(([path, text]) => [
      path,
      String(text).replaceAll('\n', '\r\n'),
    ])
    expect(await valuesOf(Object.fromEntries(windows))).toEqual(await valuesOf(TOKENLEDGER))
  })

  it('gives every absent thing an empty value and a reason', async () => {
    const values = await valuesOf({ 'ledger.py': '' })
    expect(values).toMatchObject({
      'package-directory': 'ledger.py',
      'has-package': false,
      'has-tests': false,
      'test-paths': [],
      'test-arguments': [],
      'has-migrations': false,
      'migrations-directory': '',
      'has-dashboard': false,
      'dashboard-directory': '',
      'needs-postgres': false,
      'lock-file': '',
    })
    const reasons = await reasonsOf({ 'ledger.py': '' })
    expect(Object.entries(reasons).filter(([, reason]) => reason.length < 5)).toEqual([])
    expect(reasons['has-dashboard']).toBe('no package.json with a build script within 3 levels')
    expect(reasons['lint-extras']).toBe('no extra or group contains ruff')
  })

  it('reads setuptools with a flat layout and a version in the package', async () => {
    const values = await valuesOf({
      'pyproject.toml': `[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"
[project]
name = "Acme-Ledger"
dynamic = ["version"]
requires-python = ">=3.12"
[tool.setuptools.dynamic]
version = { attr = "acme_ledger.version.__version__" }
[dependency-groups]
dev = ["pre-commit", { include-group = "test" }, "ruff"]
test = ["pytest", "coverage"]
`,
      'acme_ledger/__init__.py': '',
      'acme_ledger/version.py': '__version__ = "1"',
      'docs/__init__.py': '',
      'setup.cfg':
        '[tool:pytest]\ntestpaths = tests/unit tests/integration\nmarkers =\n    slow: slow\n    integration: db\n[mypy]\nfiles = acme_ledger, tests\n',
      'tests/unit/test_a.py': '',
    })
    expect(values).toMatchObject({
      package: 'Acme-Ledger',
      'package-directory': 'acme_ledger',
      'version-source': 'acme_ledger/version.py',
      'python-versions': ['3.12', '3.13', '3.14'],
      'lint-groups': ['dev'],
      'test-groups': ['test'],
      'coverage-tool': 'coverage',
      'test-config': 'setup.cfg',
      'test-paths': ['tests/unit', 'tests/integration'],
      'integration-marker': 'integration',
      'ruff-paths': ['acme_ledger', 'tests/unit'],
      'mypy-config': 'setup.cfg',
      'mypy-paths': ['acme_ledger', 'tests'],
    })
  })

  it('reads Poetry', async () => {
    const values = await valuesOf({
      'pyproject.toml': `[build-system]
requires = ["poetry-core"]
build-backend = "poetry.core.masonry.api"
[tool.poetry]
name = "ledger"
version = "2.1.0"
packages = [{ include = "ledger_core", from = "lib" }]
[tool.poetry.dependencies]
python = "^3.11"
psycopg2-binary = "^2.9"
[tool.poetry.group.dev.dependencies]
ruff = "*"
pytest = "^8"
`,
      'lib/ledger_core/__init__.py': '',
    })
    expect(values).toMatchObject({
      'package-directory': 'lib/ledger_core',
      'version-source': 'pyproject.toml',
      'has-package': true,
      'build-backend': 'poetry.core.masonry.api',
      'python-versions': ['3.11', '3.12', '3.13', '3.14'],
      'lint-groups': ['dev'],
      'test-groups': ['dev'],
      'needs-postgres': true,
    })
  })

  it('reads the root of a uv workspace', async () => {
    const values = await valuesOf({
      'pyproject.toml': '[tool.uv.workspace]\nmembers = ["packages/*"]\nexclude = ["packages/old*"]\n',
      'packages/a/pyproject.toml': PROJECT,
      'packages/b/pyproject.toml': PROJECT,
      'packages/b/examples/pyproject.toml': PROJECT,
      'packages/old-c/pyproject.toml': PROJECT,
    })
    expect(values).toMatchObject({
      'workspace-members': ['packages/a', 'packages/b'],
      'has-package': false,
      package: '',
      'ruff-paths': ['.'],
    })
  })

  it('lets an input replace a finding and all that follows from it', async () => {
    const files = { ...TOKENLEDGER, 'lib/x.py': '' }
    const overrides = {
      pythonVersions: ['3.12'],
      sourcePaths: ['lib'],
      extras: ['all'],
      integrationMarker: '',
      dashboardDirectory: '',
      migrationsDirectory: 'alembic',
      final: new Map([['lint-extras', 'dev, all'] as const, ['postgres-image', 'postgres:18'] as const]),
    }
    expect(await valuesOf(files, overrides)).toMatchObject({
      'python-versions': ['3.12'],
      'default-python': '3.12',
      'package-directory': 'lib',
      'ruff-paths': ['lib', 'tests'],
      'mypy-paths': ['lib'],
      'bandit-paths': ['lib'],
      'lint-extras': ['dev', 'all'],
      'test-extras': ['all'],
      'integration-marker': '',
      'test-arguments': [],
      'migrations-tool': 'alembic',
      'migrations-directory': 'alembic',
      'postgres-image': 'postgres:18',
      'has-dashboard': false,
    })
    expect(await reasonsOf(files, overrides)).toMatchObject({
      'python-versions': 'input python-versions',
      'default-python': 'lowest of input python-versions',
      'mypy-paths': 'the package',
      'lint-extras': 'input lint-extras',
      'has-dashboard': 'input dashboard-directory is none',
    })
  })
})
