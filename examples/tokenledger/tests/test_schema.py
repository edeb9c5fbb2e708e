from pathlib import Path

import pytest

from tokenledger.schema import MigrationError, migrations_folder, read_migrations


def test_the_project_has_its_migrations_in_order() -> None:
    names = [migration.path.name for migration in read_migrations(migrations_folder())]
    assert names == ["001_initial.sql", "002_teams_and_daily_costs.sql"]


def test_a_gap_in_the_numbers_is_refused(tmp_path: Path) -> None:
    for name in ("001_a.sql", "003_c.sql"):
        (tmp_path / name).touch()
    with pytest.raises(MigrationError, match=r"gap or a double: \[1, 3\]"):
        read_migrations(tmp_path)


def test_two_files_with_one_number_are_refused(tmp_path: Path) -> None:
    for name in ("001_a.sql", "001_b.sql"):
        (tmp_path / name).touch()
    with pytest.raises(MigrationError, match="gap or a double"):
        read_migrations(tmp_path)


def test_a_file_without_a_number_is_refused(tmp_path: Path) -> None:
    (tmp_path / "initial.sql").touch()
    with pytest.raises(MigrationError, match=r"initial\.sql is not named like"):
        read_migrations(tmp_path)


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").touch()
    assert read_migrations(tmp_path) == []


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MigrationError, match="There is no folder"):
        read_migrations(tmp_path / "nowhere")
