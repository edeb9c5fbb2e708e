"""The packages to audit: the locked set when uv.lock is current, else a fresh resolution, and the reader is told."""

import os
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

from report import UserError, words


# No digests: pip-audit looks at names and versions, and packages from git have none.
TEXT = ["--format", "requirements.txt", "--no-hashes", "--no-annotate", "--no-header", "--quiet"]
OTHERS_ONLY = ["--no-emit-project", "--no-emit-workspace", "--no-emit-local"]


@dataclass(frozen=True)
class PackageSet:
    """`requirements` is the text of pinned requirements; `source` says where they come from."""

    requirements: str
    source: str
    note: str = ""


def packages(folder: Path, extras: str, groups: str) -> PackageSet:
    """`extras` and `groups` are lists, or `*` for all; neither holds the project itself or local packages."""
    chosen = f"extras: {extras or 'none'}, groups: {groups or 'none'}"
    if not (folder / "uv.lock").is_file():
        note = "There is no uv.lock, so what the index resolves to today was audited. Commit a lock: `uv lock`."
        return PackageSet(resolve(folder, extras, groups), f"a fresh resolution ({chosen})", note)
    command = ["uv", "export", "--locked", *export_selection(extras, groups), *TEXT, *OTHERS_ONLY]
    status, output, errors = run(command, folder)
    if status == 0:
        return PackageSet(output, f"uv.lock ({chosen})")
    if "needs to be updated" not in errors:
        raise UserError(f"uv could not read the locked set (uv export, exit {status}): {errors.strip()[-1500:]}")
    note = "uv.lock is out of date for pyproject.toml, so a fresh resolution was audited. Run `uv lock` and commit it."
    return PackageSet(resolve(folder, extras, groups), f"a fresh resolution ({chosen})", note)


def export_selection(extras: str, groups: str) -> list[str]:
    chosen = ["--no-default-groups"]
    chosen += ["--all-extras"] if extras == "*" else [part for extra in words(extras) for part in ("--extra", extra)]
    chosen += ["--all-groups"] if groups == "*" else [part for group in words(groups) for part in ("--group", group)]
    return chosen


def resolve(folder: Path, extras: str, groups: str) -> str:
    """`uv pip compile`, which does not look at uv.lock and knows no option for all groups."""
    chosen = ["--all-extras"] if extras == "*" else [part for extra in words(extras) for part in ("--extra", extra)]
    chosen += [part for group in group_names(folder, groups) for part in ("--group", group)]
    command = ["uv", "pip", "compile", "pyproject.toml", *chosen, "--no-annotate", "--no-header", "--quiet"]
    status, output, errors = run(command, folder)
    if status != 0:
        raise UserError(f"The dependencies could not be resolved (uv, exit {status}): {errors.strip()[-1500:]}")
    return "".join(line for line in output.splitlines(keepends=True) if not is_local(line))


def is_local(requirement: str) -> bool:
    """A member of the workspace or another folder, which no database knows: `-e file:///…`, `name @ file:///…`, `libs/one`."""
    return "==" not in requirement and (" @ " not in requirement or "file:" in requirement)


def group_names(folder: Path, groups: str) -> list[str]:
    if groups != "*":
        return words(groups)
    return list(tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8")).get("dependency-groups", {}))


def run(command: list[str], folder: Path) -> tuple[int, str, str]:
    environment = os.environ | {"NO_COLOR": "1"}
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8")
    return result.returncode, result.stdout, result.stderr
