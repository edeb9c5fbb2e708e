"""Builds sdist and wheel once, checks them, and hands over their folder, digests and a summary.

Runs in the environment of requirements.txt (see locked_tools.py), apart from the project's.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from contents import Problem, inspect, same_version
from declared import Declared, read_declared
from distributions import Distribution, read_built
from report import (
    Annotation,
    UserError,
    annotate,
    plural,
    run,
    set_output,
    table,
    words,
    working_directory,
    write_summary,
)


@dataclass(frozen=True)
class Inputs:
    folder: Path
    package: str
    expected_version: str
    allowed: list[str]


def main() -> int:
    inputs = read_inputs()
    declared = read_declared(inputs.folder, inputs.package)
    target = build(inputs.folder)
    wheel, sdist = read_built(target)
    problems = [
        *twine_check([sdist.path, wheel.path]),
        *expectation(wheel, inputs.expected_version),
        *inspect(wheel, sdist, declared, inputs.folder, inputs.allowed),
    ]
    annotate([Annotation(problem.level, problem.message, "build-package") for problem in problems])
    passed = not any(problem.level == "error" for problem in problems)
    set_outputs(target, wheel, sdist)
    write_summary(summary(wheel, sdist, declared, problems, passed))
    return 0 if passed else 1


def read_inputs() -> Inputs:
    return Inputs(
        folder=working_directory(os.environ["INPUT_WORKING_DIRECTORY"]),
        package=os.environ["INPUT_PACKAGE_DIRECTORY"].strip().rstrip("/"),
        expected_version=os.environ["INPUT_EXPECTED_VERSION"].strip(),
        allowed=words(os.environ["INPUT_ALLOW_FILES"]),
    )


def build(folder: Path) -> Path:
    """Builds the sdist, then the wheel from it, into a new folder: nothing stale can be checked or published."""
    target = Path(tempfile.mkdtemp(prefix="dist-", dir=os.environ.get("RUNNER_TEMP")))
    # Without [tool.uv.sources], as pip will build it for everybody else.
    command = ["uv", "build", "--no-sources", "--out-dir", str(target)]
    status, output = run_quietly(command, folder, os.environ | source_date(folder))
    if status != 0:
        tail = "\n".join(output.strip().splitlines()[-15:])
        raise UserError(f"The package could not be built (uv build, exit {status}):\n{tail}")
    return target


def source_date(folder: Path) -> dict[str, str]:
    """The commit's time as the archives' time, so the same commit gives the same digests; a set one stands."""
    command = ["git", "log", "-1", "--format=%ct"]
    try:
        time = subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout.strip()
    except FileNotFoundError:
        time = ""
    return {"SOURCE_DATE_EPOCH": time} if time and "SOURCE_DATE_EPOCH" not in os.environ else {}


def twine_check(files: list[Path]) -> list[Problem]:
    """`twine check --strict`: the metadata and the README that PyPI would refuse or show badly."""
    command = [sys.executable, "-m", "twine", "--no-color", "check", "--strict", *map(str, files)]
    status, output = run_quietly(command, files[0].parent, os.environ | {"TERM": "dumb"})
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return [] if status == 0 else [Problem("error", "twine check --strict:\n" + "\n".join(lines))]


def run_quietly(command: list[str], folder: Path, environment: dict[str, str]) -> tuple[int, str]:
    """Runs a tool and prints what it says only when it fails."""
    result = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if result.returncode != 0:
        print(result.stdout, flush=True)
    return result.returncode, result.stdout


def expectation(wheel: Distribution, expected: str) -> list[Problem]:
    """A release says which version it expects; its tag may carry a leading v."""
    built = wheel.metadata["Version"] or ""
    if not expected or same_version(built, expected.removeprefix("v")):
        return []
    return [Problem("error", f'{wheel.path.name}: Version is "{built}", expected-version says "{expected}".')]


def set_outputs(target: Path, wheel: Distribution, sdist: Distribution) -> None:
    files = sorted([sdist, wheel], key=lambda archive: archive.path.name)
    set_output("dist-directory", target.as_posix())
    set_output("name", wheel.metadata["Name"])
    set_output("version", wheel.metadata["Version"])
    set_output("digests", json.dumps({archive.path.name: archive.sha256 for archive in files}))
    set_output("sha256sums", "\n".join(f"{archive.sha256}  {archive.path.name}" for archive in files))


def summary(
    wheel: Distribution, sdist: Distribution, declared: Declared, problems: list[Problem], passed: bool
) -> list[str]:
    title = f"{wheel.metadata['Name']} {wheel.metadata['Version']}"
    errors = sum(1 for problem in problems if problem.level == "error")
    verdict = "✅ built and checked" if passed else f"❌ {plural(errors, 'problem')}"
    rows = [
        (archive.path.name, size(archive.size), len(archive.members), f"`{archive.sha256}`")
        for archive in (sdist, wheel)
    ]
    parts = [f"### Package {title}: {verdict}", table(["file", "size", "files", "SHA-256"], rows)]
    if problems:
        parts.append(table(["", "problem"], [("❌" if one.level == "error" else "⚠️", one.message) for one in problems]))
    source = f"version from {declared.version_source}" if declared.version else "version decided by the build backend"
    return [*parts, f"_{source}; Requires-Python {wheel.metadata['Requires-Python'] or 'not set'}._"]


def size(count: int) -> str:
    return f"{count / 1024:.1f} KiB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MiB"


if __name__ == "__main__":
    run(main)
