"""Finds a tool in the project's environment; when it is not there, says where it is declared and how to install it."""

import os
import re
import shutil
import tomllib
from pathlib import Path

from report import UserError


def find_tool(name: str, folder: Path) -> Path:
    """The tool of the active environment, else of `.venv` in the project, else the first one on PATH."""
    environments = [Path(active) for active in [os.environ.get("VIRTUAL_ENV")] if active] + [folder / ".venv"]
    places = [str(environment / part) for environment in environments for part in ("bin", "Scripts")]
    found = shutil.which(name, path=os.pathsep.join(places)) or shutil.which(name)
    if found is None:
        raise UserError(f"{name} is not installed in the project's environment. {remedy(name, folder)}")
    return Path(found)


def remedy(name: str, folder: Path) -> str:
    """How to get the tool: install the extra or group that declares it, or declare it first."""
    pyproject = folder / "pyproject.toml"
    data = tomllib.loads(pyproject.read_text(encoding="utf-8")) if pyproject.is_file() else {}
    extras = declaring(name, data.get("project", {}).get("optional-dependencies", {}))
    groups = declaring(name, data.get("dependency-groups", {}))
    if extras:
        return f'It is in the extra "{extras[0]}": install it with "extras: {extras[0]}" on the set-up step.'
    if groups:
        return f'It is in the dependency group "{groups[0]}": install it with "groups: {groups[0]}" on the set-up step.'
    return (
        f'No extra or dependency group of {pyproject.name} names it: run "uv add --dev {name}", commit, and install '
        'it with "groups: dev" on the set-up step.'
    )


def declaring(name: str, sets: dict[str, list]) -> list[str]:
    """The names of the extras or groups with a requirement on the tool itself."""
    requirement = re.compile(rf"{re.escape(name)}(?![\w.-])", flags=re.IGNORECASE)
    return [
        title
        for title, requirements in sets.items()
        if any(isinstance(item, str) and requirement.match(item.strip()) for item in requirements)
    ]
