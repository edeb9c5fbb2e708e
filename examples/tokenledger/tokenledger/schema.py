"""The database schema: numbered SQL files, each applied once and in its own transaction."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenledger.postgres import Connection

_FILE_NAME = re.compile(r"^(\d{3})_\w+\.sql$")
# A number that no other program is likely to lock: two `db init` at once wait for each other.
_LOCK = 7_331_001
_RECORD = """
    CREATE TABLE IF NOT EXISTS schema_version (
        version integer PRIMARY KEY,
        name text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
    )
"""


class MigrationError(Exception):
    """The migrations cannot be applied as they are."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One SQL file; `version` is the number that its name begins with."""

    version: int
    path: Path


def migrations_folder() -> Path:
    """The files that come with the installed package, else those of the checkout."""
    package = Path(__file__).parent
    packaged = package / "_migrations"
    return packaged if packaged.is_dir() else package.parent / "migrations"


def read_migrations(folder: Path) -> list[Migration]:
    """The SQL files by number; raises MigrationError on a gap, a double or an unexpected name."""
    if not folder.is_dir():
        raise MigrationError(f"There is no folder {folder} with migrations.")
    migrations = []
    for path in sorted(folder.glob("*.sql")):
        match = _FILE_NAME.match(path.name)
        if match is None:
            raise MigrationError(f"{path.name} is not named like 001_initial.sql.")
        migrations.append(Migration(int(match[1]), path))
    numbers = [migration.version for migration in migrations]
    if numbers != list(range(1, len(numbers) + 1)):
        raise MigrationError(f"The numbers of the migrations have a gap or a double: {numbers}.")
    return migrations


def apply_migrations(connection: "Connection", migrations: Sequence[Migration]) -> list[Migration]:
    """Applies what is not applied yet and returns it. A failing file changes nothing."""
    connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
    try:
        with connection.transaction():
            connection.execute(_RECORD)
            rows = connection.execute("SELECT version FROM schema_version").fetchall()
        applied = {version for (version,) in rows}
        pending = [migration for migration in migrations if migration.version not in applied]
        for migration in pending:
            _apply(connection, migration)
        return pending
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", (_LOCK,))


def _apply(connection: "Connection", migration: Migration) -> None:
    statements = migration.path.read_text(encoding="utf-8")
    with connection.transaction():
        connection.execute(statements)
        connection.execute(
            "INSERT INTO schema_version (version, name) VALUES (%s, %s)",
            (migration.version, migration.path.name),
        )
