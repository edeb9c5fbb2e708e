"""The three checks: each runs its tool once and turns what it said into a `Result`."""

import json
import re
import shlex
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from project_tools import find_tool
from report import Annotation, UserError, details, plural, table, workspace_path


@dataclass(frozen=True)
class Project:
    """What is checked. Paths and arguments as the tools take them; no mypy path means mypy's own configuration."""

    folder: Path
    ruff_paths: list[str] = field(default_factory=lambda: ["."])
    mypy_paths: list[str] = field(default_factory=list)
    ruff_arguments: list[str] = field(default_factory=list)
    mypy_arguments: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Result:
    """What a check found. `findings` is None when the tool itself failed, which is a failure and never "0 findings"."""

    title: str
    command: str
    findings: int | None
    verdict: str
    remedy: str
    annotations: list[Annotation]
    details: str = ""


# "Would reformat: a.py" in older versions of ruff; newer ones print a diagnostic with " --> a.py:2:1" under it.
UNFORMATTED = re.compile(
    r"^(?:Would reformat: (?P<file>.+)|unformatted: .*\n *--> (?P<path>.+):(?P<line>\d+):\d+)$", flags=re.MULTILINE
)


def check_format(project: Project) -> Result:
    """`ruff format --check`: exit 0 formatted, 1 some files would change, 2 ruff could not read its input."""
    command = ["ruff", "format", "--check", *project.ruff_arguments, *project.ruff_paths]
    status, output, errors = run_tool(command, project.folder)
    files = list(UNFORMATTED.finditer(output))
    if status not in (0, 1) or (status == 1) != bool(files):
        return tool_failure("Format", command, status, output + errors)
    remedy = f"run `ruff format {shlex.join(project.ruff_paths)}` and commit"
    annotations = [format_annotation(match, remedy, project.folder) for match in files]
    listing = details("Files to format", "\n".join(f"- `{note.file}`" for note in annotations)) if files else ""
    verdict = f"❌ {plural(len(files), 'file')} not formatted" if files else "✅ formatted"
    return Result("Format", shlex.join(command), len(files), verdict, remedy if files else "", annotations, listing)


def format_annotation(match: re.Match[str], remedy: str, folder: Path) -> Annotation:
    file = workspace_path(match["file"] or match["path"], folder)
    return Annotation("error", f"Not formatted; {remedy}.", "ruff format", file, int(match["line"] or 1))


def check_lint(project: Project) -> Result:
    """`ruff check`: exit 0 clean, 1 findings, 2 ruff could not run. JSON, so that count, table and notes agree."""
    command = ["ruff", "check", *project.ruff_arguments, *project.ruff_paths]
    status, output, errors = run_tool([*command, "--output-format", "json"], project.folder, show=False)
    findings = json.loads(output) if status in (0, 1) and output.startswith("[") else None
    if findings is None or (status == 1) != bool(findings):
        return tool_failure("Lint", command, status, output + errors)
    annotations = [lint_annotation(finding, project.folder) for finding in findings]
    for note in annotations:
        print(f"{note.file}:{note.line}:{note.column}: {note.message}")
    # A syntax error has no code in older versions of ruff.
    counts = Counter((finding["code"] or "syntax error", bool(finding["fix"])) for finding in findings)
    rows = [(count, code, "yes" if fixable else "no") for (code, fixable), count in counts.most_common()]
    statistics = details("Findings by rule", table(["count", "rule", "fixable"], rows)) if findings else ""
    verdict = f"❌ {plural(len(findings), 'finding')}" if findings else "✅ no findings"
    fixable = sum(1 for finding in findings if finding["fix"])
    fix = f"`ruff check --fix {shlex.join(project.ruff_paths)}` mends {fixable}" if fixable else "see the annotations"
    return Result("Lint", shlex.join(command), len(findings), verdict, fix if findings else "", annotations, statistics)


def lint_annotation(finding: dict, folder: Path) -> Annotation:
    code, place = finding["code"] or "syntax error", finding["location"] or {"row": 0, "column": 0}
    file = workspace_path(finding["filename"], folder)
    return Annotation("error", f"{code} {finding['message']}", f"ruff {code}", file, place["row"], place["column"])


MYPY_LINE = re.compile(
    r"^(?P<file>.+?):(?P<line>\d+):(?:(?P<column>\d+):)? error: (?P<message>.*?)(?:  \[(?P<code>[a-z0-9-]+)\])?$"
)


def check_types(project: Project) -> Result:
    """`mypy`: exit 0 clean, 1 findings, 2 findings that stop it (a syntax error) or mypy could not run."""
    command = ["mypy", *project.mypy_arguments, *project.mypy_paths]
    flags = ["--show-column-numbers", "--no-pretty", "--no-color-output", "--hide-error-context"]
    status, output, errors = run_tool([*command, *flags], project.folder)
    matches = [match for match in map(MYPY_LINE.match, output.splitlines()) if match]
    if status not in (0, 1, 2) or (status != 0) != bool(matches):
        return tool_failure("Types", command, status, output + errors)
    annotations = [type_annotation(match, project.folder) for match in matches]
    counts = Counter(match["code"] or "error" for match in matches)
    rows = [(count, code) for code, count in counts.most_common()]
    statistics = details("Findings by code", table(["count", "code"], rows)) if matches else ""
    files = len({note.file for note in annotations})
    verdict = f"❌ {plural(len(matches), 'finding')} in {plural(files, 'file')}" if matches else "✅ no findings"
    remedy = "see the annotations" if matches else ""
    return Result(
        "Types", shlex.join(command), len(matches), verdict, remedy, annotations, statistics if matches else ""
    )


def type_annotation(match: re.Match[str], folder: Path) -> Annotation:
    code = match["code"] or "error"
    message = f"{match['message']} [{code}]" if match["code"] else match["message"]
    file = workspace_path(match["file"], folder)
    return Annotation("error", message, f"mypy {code}", file, int(match["line"]), int(match["column"] or 0))


def run_tool(command: list[str], folder: Path, show: bool = True) -> tuple[int, str, str]:
    """Runs a tool of the project's environment in `folder`; returns its status, stdout and stderr."""
    print(f"$ {shlex.join(command)}", flush=True)
    executable = find_tool(command[0], folder)
    result = subprocess.run(
        [str(executable), *command[1:]], cwd=folder, capture_output=True, encoding="utf-8", errors="replace"
    )
    print((result.stdout if show else "") + result.stderr, end="", flush=True)
    return result.returncode, result.stdout, result.stderr


def not_installed(title: str, error: UserError) -> Result:
    """The tool is not in the environment; the other checks still run."""
    note = Annotation("error", str(error), f"{title} did not run")
    return Result(title, "", None, "❌ not installed", str(error), [note])


def tool_failure(title: str, command: list[str], status: int, output: str) -> Result:
    """The tool itself failed: its configuration, its arguments, or a file that it cannot read."""
    tail = "\n".join(output.strip().splitlines()[-20:])
    message = f"{command[0]} could not check the code (exit {status}):\n{tail}"
    return Result(
        title=title,
        command=shlex.join(command),
        findings=None,
        verdict=f"❌ {command[0]} failed (exit {status})",
        remedy="mend what the tool says below",
        annotations=[Annotation("error", message, f"{command[0]} failed")],
        details=details(f"What {command[0]} said", f"```text\n{tail}\n```"),
    )
