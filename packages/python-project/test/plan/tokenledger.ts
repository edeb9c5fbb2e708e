import type { Files } from '@tokenledger/testkit'

/** A project in TokenLedger's shape: hatchling, a dynamic version, tools in extras, migrations of both kinds, a dashboard. */
export const TOKENLEDGER: Files = {
  'pyproject.toml': `[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "tokenledger"
dynamic = ["version"]
requires-python = ">=3.11"
classifiers = [
    "Programming Language :: Python :: 3",
    "Programming Language :: Python :: 3.11",
    "Programming Language :: Python :: 3.12",
    "Programming Language :: Python :: 3.13",
]
dependencies = ["typer>=0.12"]

[project.optional-dependencies]
openai = ["openai>=1"]
asyncpg = ["asyncpg>=0.29"]
all = ["openai>=1", "asyncpg>=0.29"]
dev = ["pytest>=8", "pytest-cov>=6", "ruff>=0.8", "mypy>=1.13"]

[project.scripts]
tokenledger = "tokenledger.cli:app"

[tool.hatch.version]
path = "tokenledger/__init__.py"
[tool.hatch.build.targets.wheel]
packages = ["tokenledger"]
[tool.ruff]
line-length = 100
[tool.mypy]
strict = true
[tool.pytest.ini_options]
testpaths = ["tests"]
markers = ["integration: needs a PostgreSQL"]
[tool.coverage.run]
source = ["tokenledger"]
[tool.bandit]
exclude_dirs = ["tests"]
`,
  'uv.lock': 'version = 1\n',
  'tokenledger/__init__.py': '__version__ = "0.1.0"\n',
  'tokenledger/cli.py': `import typer
app = typer.Typer()
db_app = typer.Typer(help="the database (PostgreSQL)")
app.add_typer(db_app, name="db")

@db_app.command("status")
def status() -> None: ...

@db_app.command("init")
def db_init() -> None: ...
`,
  'tests/test_pricing.py': 'def test_it(): ...\n',
  'migrations/001_initial.sql': 'create table events ();\n',
  'migrations/002_teams.sql': 'create table teams ();\n',
  'migrations/002_teams.down.sql': 'drop table teams;\n',
  'alembic.ini': '[alembic]\n# where\nscript_location = %(here)s/alembic\n',
  'alembic/env.py': '',
  'docker-compose.yml': 'services:\n  db:\n    image: "postgres:16-alpine" # as in production\n',
  'dashboard/package.json': JSON.stringify({
    scripts: { lint: 'oxlint', build: 'vite build', test: 'echo "Error: no test specified" && exit 1' },
    devDependencies: { vite: '^7' },
    engines: { node: '>=20' },
  }),
  'dashboard/package-lock.json': '{}',
  'dashboard/node_modules/x/package.json': JSON.stringify({ scripts: { build: 'x' } }),
  '.venv/lib/migrations/001_x.sql': '',
}
