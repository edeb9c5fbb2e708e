import type { Files } from '@tokenledger/testkit'

/** Projects without any CI, in the shapes that people have: their tests pass, and ruff and mypy find nothing. */
export const PROJECTS: Readonly<Record<string, Files>> = {
  'setuptools and a flat layout': {
    'pyproject.toml': `[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "flat_ledger" # as on PyPI
dynamic = ["version"]
description = "Adds amounts up."
readme = "README.md"
requires-python = ">=3.11"
classifiers = ["Programming Language :: Python :: 3.11"]
optional-dependencies.dev = ["pytest>=8", "pytest-cov>=6", "ruff>=0.12", "mypy>=1.16"]

[tool.setuptools.dynamic]
# One place for it.
version = { attr = "flat_ledger.__version__" }
`,
    'flat_ledger/__init__.py': `"""Adds amounts up."""

__version__ = "0.3.0"


def total(amounts: list[int]) -> int:
    """Return the sum of amounts in cents."""
    return sum(amounts)
`,
    'tests/test_flat.py': `from flat_ledger import total


def test_amounts_are_added_up() -> None:
    assert total([100, 23]) == 123
`,
    'README.md': 'Flat ledger\n===========\n\nText.\n',
    LICENSE: 'MIT\n',
  },
  'poetry-core without Postgres': {
    'pyproject.toml': `[build-system]
requires = ["poetry-core>=2"]
build-backend = "poetry.core.masonry.api"

[project]
name = "poetic"
version = "1.2.0"
description = "A poem."
readme = "README.md"
license = "Apache-2.0"
requires-python = ">=3.11"
classifiers = ["Programming Language :: Python :: 3.11"]

[dependency-groups]
dev = ["pytest>=8", "ruff>=0.12", "mypy>=1.16"]
`,
    'poetic/__init__.py': `"""A poem."""


def lines(poem: str) -> list[str]:
    """Return the lines of a poem that hold words."""
    return [line.strip() for line in poem.splitlines() if line.strip()]
`,
    'tests/test_poetic.py': `from poetic import lines


def test_empty_lines_are_left_out() -> None:
    assert lines("Roses are red\\n\\nso blue") == ["Roses are red", "so blue"]
`,
    'README.md': '# Poetic\n',
  },
  'a uv workspace': {
    'pyproject.toml': `[project]
name = "workspace"
version = "0"
requires-python = ">=3.11"
classifiers = ["Programming Language :: Python :: 3.11"]
dependencies = ["one"]

[dependency-groups]
dev = ["pytest>=8", "ruff>=0.12", "mypy>=1.16"]

[tool.mypy]
files = ["libs/one/src", "tests"]

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
requires-python = ">=3.11"
dependencies = ["iniconfig>=2"]
`,
    'libs/one/src/one/__init__.py': '"""One."""\n\nONE = 1\n',
    'libs/one/src/one/py.typed': '',
    'tests/test_all.py': 'from one import ONE\n\n\ndef test_all() -> None:\n    assert ONE == 1\n',
  },
}
