"""What the project declares about itself, without running its code."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from report import UserError

# What hatchling and setuptools read from a file: __version__ = "1.2.3", with or without an annotation.
VERSION = re.compile(r"^(?:__version__|VERSION)(?:\s*:\s*\w+)?\s*=\s*(['\"])v?(?P<version>[^'\"]+)\1", re.MULTILINE)


@dataclass(frozen=True)
class Declared:
    """`version` and `requires_python` are None when only the build backend knows them."""

    name: str
    version: str | None
    version_source: str
    requires_python: str | None
    # The package's folder, relative to the project, or None when there is none at the usual places.
    package: str | None


def read_declared(folder: Path, package: str) -> Declared:
    """Reads pyproject.toml in `folder`; `package` overrides the search for the package's folder."""
    path = folder / "pyproject.toml"
    if not path.is_file():
        raise UserError(
            f"No pyproject.toml in {folder}. Run actions/checkout before this step, or set working-directory."
        )
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    project = data.get("project", {})
    if "name" not in project:
        raise UserError("pyproject.toml has no [project] name, so there is no package to build.")
    version, source = declared_version(data, folder)
    found = package or package_folder(folder, project["name"])
    return Declared(project["name"], version, source, project.get("requires-python"), found)


def declared_version(data: dict, folder: Path) -> tuple[str | None, str]:
    """The static version, else the one in the file that hatchling or setuptools would read; else None."""
    if version := data["project"].get("version"):
        return version, "pyproject.toml"
    tool = data.get("tool", {})
    dynamic = tool.get("setuptools", {}).get("dynamic", {}).get("version", {})
    attribute = dynamic.get("attr", "") if isinstance(dynamic, dict) else ""
    module = attribute.rpartition(".")[0].replace(".", "/")
    named = tool.get("hatch", {}).get("version", {}).get("path")
    candidates = [named, module and f"{module}/__init__.py", module and f"src/{module}/__init__.py"]
    for candidate in filter(None, candidates):
        path = folder / candidate
        if path.is_file() and (match := VERSION.search(path.read_text(encoding="utf-8"))):
            return match["version"], candidate
    return None, "the build backend"


def package_folder(folder: Path, name: str) -> str | None:
    importable = re.sub(r"[-_.]+", "_", name).lower()
    return next((place for place in (f"src/{importable}", importable) if (folder / place).is_dir()), None)
