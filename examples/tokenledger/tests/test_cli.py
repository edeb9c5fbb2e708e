from pathlib import Path

import pytest
from typer.testing import CliRunner

import tokenledger
from tokenledger.cli import app

run = CliRunner().invoke


def test_cost_prints_dollars() -> None:
    result = run(app, ["cost", "gpt-4o", "--input", "1000", "--output", "500"])
    assert (result.exit_code, result.stdout) == (0, "0.00750000\n")


def test_cost_of_an_unknown_model_fails_with_its_name() -> None:
    result = run(app, ["cost", "gpt-0", "--input", "1"])
    assert result.exit_code == 1
    assert "'gpt-0'" in result.stderr


def test_more_cached_than_input_tokens_fails() -> None:
    result = run(app, ["cost", "gpt-4o", "--input", "1", "--cached", "2"])
    assert (result.exit_code, "part of the input" in result.stderr) == (1, True)


def test_init_without_a_database_fails_and_never_shows_the_password() -> None:
    url = "postgresql://tokenledger:s3cret-word@127.0.0.1:1/tokenledger"
    result = run(app, ["db", "init"], env={"DATABASE_URL": url})
    assert result.exit_code == 1
    assert "cannot be reached" in result.stderr
    assert "s3cret-word" not in result.output


def test_init_with_broken_migrations_does_not_connect(tmp_path: Path) -> None:
    (tmp_path / "initial.sql").touch()
    arguments = ["db", "init", "--migrations", str(tmp_path), "--database-url", "postgresql://"]
    assert "is not named like" in run(app, arguments).stderr


def test_without_the_driver_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    result = run(app, ["db", "init", "--database-url", "postgresql://"])
    assert (result.exit_code, "tokenledger[postgres]" in result.stderr) == (1, True)


def test_the_version_is_public() -> None:
    assert tokenledger.__version__.count(".") == 2
