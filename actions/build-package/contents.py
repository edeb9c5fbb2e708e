"""What has to be true of a wheel and an sdist before anybody installs them. Each check returns problems."""

import base64
import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from declared import Declared
from distributions import Distribution
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

SECRETS = (
    [".env", ".env.*", ".pypirc", ".netrc", ".npmrc", ".git-credentials", "credentials.json"]
    + ["*.pem", "*.key", "*.p12", "*.pfx", "id_rsa", "id_ed25519"]
)  # fmt: skip
PLACEHOLDERS = [".env.example", ".env.sample", ".env.template"]
LEFTOVERS = ["*.pyc", "*.pyo", ".DS_Store", "Thumbs.db"]
LEFTOVER_FOLDERS = {
    "__pycache__",
    ".git",
    ".venv",
    "venv",
    "node_modules",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
}
# A wheel's top-level folders land beside every other package of the environment.
STRANGERS = {"tests", "test", "docs", "doc", "examples", "example", "benchmarks"}
IMPORTABLE = {".py", ".so", ".pyd"}


@dataclass(frozen=True)
class Problem:
    """`level` error fails the build; warning is for what may well be meant."""

    level: str
    message: str


def inspect(
    wheel: Distribution, sdist: Distribution, declared: Declared, folder: Path, allowed: list[str]
) -> list[Problem]:
    """All problems of the two archives. `allowed` are patterns of files that are meant to be in them."""
    return [
        *identity(wheel, sdist, declared),
        *requires_python(wheel, declared),
        *record(wheel),
        *unsafe_paths(wheel),
        *unsafe_paths(sdist),
        *accidents(wheel, allowed),
        *accidents(sdist, allowed),
        *strangers(wheel, allowed),
        *package_files(wheel, declared, folder),
    ]


def identity(wheel: Distribution, sdist: Distribution, declared: Declared) -> Iterator[Problem]:
    for archive in (wheel, sdist):
        name, version = archive.metadata["Name"] or "", archive.metadata["Version"] or ""
        if canonicalize_name(name) != canonicalize_name(declared.name):
            yield Problem("error", f'{archive.path.name}: Name is "{name}", pyproject.toml says "{declared.name}".')
        if declared.version and not same_version(version, declared.version):
            source = f'{declared.version_source} says "{declared.version}"'
            yield Problem("error", f'{archive.path.name}: Version is "{version}", {source}.')
    if not same_version(wheel.metadata["Version"] or "", sdist.metadata["Version"] or ""):
        versions = f'"{wheel.metadata["Version"]}" and "{sdist.metadata["Version"]}"'
        yield Problem("error", f"The wheel and the sdist are of different versions: {versions}.")


def same_version(one: str, other: str) -> bool:
    """Equal under PEP 440: 1.0.0-rc.1 is 1.0.0rc1."""
    try:
        return Version(one) == Version(other)
    except InvalidVersion:
        return False


def requires_python(wheel: Distribution, declared: Declared) -> Iterator[Problem]:
    if not wheel.metadata["Requires-Python"]:
        hint = f'"{declared.requires_python}" of pyproject.toml was lost' if declared.requires_python else "add it"
        message = f"{wheel.path.name}: no Requires-Python ({hint}), so pip installs it on every Python."
        yield Problem("error", message)


def record(wheel: Distribution) -> Iterator[Problem]:
    """RECORD lists every file with its right digest and size, and no other file."""
    name = f"{wheel.root}/RECORD"
    if name not in wheel.members:
        yield Problem("error", f"{wheel.path.name}: no RECORD.")
        return
    rows = [row for row in csv.reader(wheel.members[name].decode().splitlines()) if row]
    listed = {row[0]: row[1:] for row in rows}
    signatures = {name, f"{name}.jws", f"{name}.p7s"}
    for path in sorted(listed.keys() - wheel.members.keys()):
        yield Problem("error", f"{wheel.path.name}: RECORD lists {path}, which is not there.")
    for path in sorted(wheel.members.keys() - listed.keys() - signatures):
        yield Problem("error", f"{wheel.path.name}: {path} is not in RECORD.")
    for path in sorted((listed.keys() & wheel.members.keys()) - signatures):
        digest = base64.urlsafe_b64encode(hashlib.sha256(wheel.members[path]).digest()).decode().rstrip("=")
        if listed[path] != [f"sha256={digest}", str(len(wheel.members[path]))]:
            yield Problem("error", f"{wheel.path.name}: RECORD has another digest or size for {path}.")


def unsafe_paths(archive: Distribution) -> Iterator[Problem]:
    for path in archive.members:
        if path.startswith("/") or "\\" in path or ".." in PurePosixPath(path).parts:
            yield Problem("error", f"{archive.path.name}: {path} would be written outside of the target folder.")
    for path in archive.duplicates:
        yield Problem("error", f"{archive.path.name}: {path} is in it twice.")


def accidents(archive: Distribution, allowed: list[str]) -> Iterator[Problem]:
    """Secrets, caches and editor leftovers, in the wheel or in the sdist."""
    for path in archive.members:
        name, folders = PurePosixPath(path).name, set(PurePosixPath(path).parts[:-1])
        if matches(path, allowed):
            continue
        if matches(name, SECRETS) and name not in PLACEHOLDERS:
            yield Problem("error", f"{archive.path.name}: {path} looks like a secret; publishing it cannot be undone.")
        elif matches(name, LEFTOVERS) or folders & LEFTOVER_FOLDERS:
            yield Problem("error", f"{archive.path.name}: {path} is a leftover of a build or a tool.")


def strangers(wheel: Distribution, allowed: list[str]) -> Iterator[Problem]:
    files = [PurePosixPath(path).parts for path in wheel.members if not matches(path, allowed)]
    for folder in sorted({parts[0] for parts in files if len(parts) > 1} & STRANGERS):
        message = f'{wheel.path.name}: top-level folder "{folder}" would be installed beside every other package.'
        yield Problem("error", message)
    for folder in sorted({"/".join(parts[:2]) for parts in files if len(parts) > 2 and parts[1] in {"tests", "test"}}):
        yield Problem("warning", f"{wheel.path.name}: {folder} ships the tests to every user.")


def package_files(wheel: Distribution, declared: Declared, folder: Path) -> Iterator[Problem]:
    """The files of the package's folder are in the wheel, `__init__.py` and `py.typed` without fail."""
    if not any(PurePosixPath(path).suffix in IMPORTABLE for path in wheel.members):
        yield Problem("error", f"{wheel.path.name}: holds nothing that can be imported.")
        return
    if declared.package is None:
        return
    package = folder / declared.package
    for source in sorted([*package.rglob("*.py"), *package.rglob("py.typed")]):
        path = source.relative_to(package.parent).as_posix()
        if path in wheel.members or {"tests", "test"} & set(source.parts):
            continue
        vital = path in (f"{package.name}/__init__.py", f"{package.name}/py.typed")
        yield Problem("error" if vital else "warning", f"{wheel.path.name}: {path} of the source is missing.")


def matches(path: str, patterns: list[str]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in patterns)
