import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner

from tokenledger.cli import app
from tokenledger.postgres import Connection
from tokenledger.schema import apply_migrations, migrations_folder, read_migrations

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
BOOKKEEPING = ("schema_version", "alembic_version")

DESCRIPTION = """
    SELECT c.relname, c.relkind::text, a.attname, format_type(a.atttypid, a.atttypmod),
           a.attnotnull, a.attidentity::text, pg_get_expr(d.adbin, d.adrelid)
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'v', 'i', 'S')
    UNION ALL
    SELECT conrelid::regclass::text, 'constraint', conname, pg_get_constraintdef(oid),
           NULL, NULL, NULL
    FROM pg_constraint
    WHERE connamespace = current_schema()::regnamespace AND contype <> 'n'
    ORDER BY 1, 2, 3
"""


def described(connection: Connection) -> list[Any]:
    """Relations, columns and constraints of the current schema without the tools' own tables."""
    rows = connection.execute(DESCRIPTION).fetchall()
    return [row for row in rows if not row[0].startswith(BOOKKEEPING)]


def alembic(command: str, database_url: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "alembic", *command.split()],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url},
        check=True,
    )


def test_db_init_applies_everything_once(database_url: str, connection: Connection) -> None:
    first = CliRunner().invoke(app, ["db", "init"], env={"DATABASE_URL": database_url})
    second = CliRunner().invoke(app, ["db", "init"], env={"DATABASE_URL": database_url})
    assert first.output.splitlines() == [
        "applied 001_initial.sql",
        "applied 002_teams_and_daily_costs.sql",
        "The schema is at version 2.",
    ]
    assert second.output == "The schema is at version 2.\n"
    assert connection.execute("SELECT version FROM schema_version ORDER BY 1").fetchall() == [
        (1,),
        (2,),
    ]


def test_report_reads_what_was_booked(database_url: str, connection: Connection) -> None:
    CliRunner().invoke(app, ["db", "init"], env={"DATABASE_URL": database_url})
    connection.execute(
        "INSERT INTO calls (model, input_tokens, output_tokens, called_at, cost_usd)"
        " VALUES ('gpt-4o', 1000, 500, now(), 0.0075)"
    )
    result = CliRunner().invoke(app, ["report"], env={"DATABASE_URL": database_url})
    assert result.output == "gpt-4o  1  $0.0075\ntotal   1  $0.0075\n"


def test_report_before_init_says_what_is_missing(database_url: str) -> None:
    result = CliRunner().invoke(app, ["report"], env={"DATABASE_URL": database_url})
    assert (result.exit_code, 'relation "calls" does not exist' in result.stderr) == (1, True)


def test_a_failing_file_leaves_the_schema_as_it_was(tmp_path: Path, connection: Connection) -> None:
    (tmp_path / "001_good.sql").write_text("CREATE TABLE kept (id int);")
    (tmp_path / "002_bad.sql").write_text("CREATE TABLE lost (id int); SELECT 1 / 0;")
    with pytest.raises(psycopg.errors.DivisionByZero):
        apply_migrations(connection, read_migrations(tmp_path))
    tables = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        " AND relkind = 'r' ORDER BY 1"
    ).fetchall()
    assert tables == [("kept",), ("schema_version",)]


def test_alembic_makes_the_same_schema_and_unmakes_it(
    database_url: str, connection: Connection
) -> None:
    alembic("upgrade head", database_url)
    by_alembic = described(connection)
    alembic("downgrade base", database_url)
    assert described(connection) == []
    apply_migrations(connection, read_migrations(migrations_folder()))
    assert described(connection) == by_alembic
