"""What the Python scripts of the composite actions tell GitHub: annotations, outputs, the job summary, failures."""

# The summary of the tests runs on the Python of the tests, which may be older than the spelling of types here.
from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

# GitHub keeps the first ten annotations of each level in a step and drops the rest without a word.
LIMIT_PER_LEVEL = 10
# GitHub drops a step's whole summary above 1 MiB; we stay below, in bytes of UTF-8.
SUMMARY_BUDGET = 900 * 1024
ROWS_SHOWN = 50


class UserError(Exception):
    """A failure that the user can mend; its message says what, where and the remedy."""


@dataclass(frozen=True)
class Annotation:
    """A note at a place of the code; `level` is error, warning or notice, `file` is relative to the workspace."""

    level: str
    message: str
    title: str = ""
    file: str = ""
    line: int = 0
    column: int = 0


def annotate(annotations: Sequence[Annotation]) -> None:
    """Prints annotations; past GitHub's limit of ten a level the last one says how many were left to the log."""
    for level in ("error", "warning", "notice"):
        of_level = [annotation for annotation in annotations if annotation.level == level]
        shown = of_level if len(of_level) <= LIMIT_PER_LEVEL else of_level[: LIMIT_PER_LEVEL - 1]
        for annotation in shown:
            print(_command(annotation))
        if rest := of_level[len(shown) :]:
            print(_command(Annotation(level, f"{len(rest)} more of this kind; see the log of this step.")))
            for annotation in rest:
                print(f"{level}: {annotation.file}:{annotation.line} {annotation.message}")
    sys.stdout.flush()


def _command(annotation: Annotation) -> str:
    properties = {
        "title": annotation.title,
        "file": annotation.file,
        "line": annotation.line,
        "col": annotation.column,
    }
    shown = ",".join(f"{key}={_escape_property(str(value))}" for key, value in properties.items() if value)
    return f"::{annotation.level}{' ' + shown if shown else ''}::{_escape(annotation.message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def set_output(name: str, value: object) -> None:
    """Sets an output of the step; outside of a runner (no GITHUB_OUTPUT) it does nothing."""
    # A random delimiter, since a value that holds the delimiter could set other outputs.
    delimiter = f"end-{secrets.token_hex(8)}"
    _append("GITHUB_OUTPUT", f"{name}<<{delimiter}\n{value}\n{delimiter}\n")


def write_summary(sections: Iterable[str]) -> None:
    """Appends sections to the job summary, first come first served within the budget; says how many did not fit."""
    kept: list[str] = []
    left_out = 0
    room = SUMMARY_BUDGET
    for section in sections:
        size = len(section.encode()) + 2
        if size > room:
            left_out += 1
            continue
        room -= size
        kept.append(section)
    if left_out:
        kept.append(f"_{left_out} sections were left out to stay within GitHub's size limit; the log has them._")
    _append("GITHUB_STEP_SUMMARY", "\n\n".join(kept) + "\n\n")


def _append(variable: str, text: str) -> None:
    if path := os.environ.get(variable):
        with open(path, "a", encoding="utf-8", newline="\n") as file:
            file.write(text)


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A GitHub-flavoured Markdown table of at most 50 rows; below it the number of the rows left out."""
    lines = [_row(header), "|" + " --- |" * len(header), *(_row(row) for row in rows[:ROWS_SHOWN])]
    if len(rows) > ROWS_SHOWN:
        lines += ["", f"_and {len(rows) - ROWS_SHOWN} more; the log has them all._"]
    return "\n".join(lines)


def _row(cells: Sequence[object]) -> str:
    escaped = (str(cell).replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def details(title: str, body: str) -> str:
    """A folded section."""
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def plural(count: int, noun: str) -> str:
    """`1 file`, `2 files`, `0 vulnerabilities`."""
    if count == 1:
        return f"1 {noun}"
    return f"{count} {noun[:-1] + 'ies' if noun.endswith('y') else noun + 's'}"


def workspace_path(path: str | Path, base: Path) -> str:
    """`path`, which is relative to `base` or absolute, as annotations want it: relative to the workspace, with `/`."""
    workspace = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).resolve()
    absolute = (base / path).resolve()
    return (absolute.relative_to(workspace) if absolute.is_relative_to(workspace) else absolute).as_posix()


def words(text: str) -> list[str]:
    """The words of an input that is a list: separated by commas, blanks or new lines."""
    return text.replace(",", " ").split()


def paths(text: str) -> list[str]:
    """The paths of an input: separated by commas or new lines, since a path may hold blanks."""
    return [path.strip() for path in text.replace(",", "\n").splitlines() if path.strip()]


def one_of(name: str, value: str, allowed: Sequence[str]) -> str:
    """`value`, checked; an unknown one is an error that lists the allowed values."""
    if value not in allowed:
        raise UserError(f'Input {name} is "{value}"; allowed: {", ".join(allowed)}.')
    return value


def working_directory(name: str) -> Path:
    """The folder that the input names, relative to the workspace."""
    folder = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd(), name).resolve()
    if not folder.is_dir():
        raise UserError(f"working-directory {name} does not exist. Run actions/checkout before this step.")
    return folder


def run(main: Callable[[], int]) -> None:
    """Runs a script's main and ends the process: its status, or 1 with one error annotation for a `UserError`."""
    for stream in (sys.stdout, sys.stderr):
        # Windows would print in its code page, and with a CR that a shell keeps in what it collects.
        stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    try:
        status = main()
    except UserError as error:
        # On stderr, which the runner reads as well: a shell may be collecting stdout.
        print(_command(Annotation("error", str(error))), file=sys.stderr)
        status = 1
    sys.exit(status)
