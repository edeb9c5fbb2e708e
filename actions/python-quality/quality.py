"""Runs the chosen checks, all of them even when one fails, and reports each in annotations and the summary."""

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import checks
from report import (
    UserError,
    annotate,
    one_of,
    paths,
    plural,
    run,
    set_output,
    table,
    words,
    working_directory,
    write_summary,
)

CHECKS = {
    "format": ("Format", checks.check_format),
    "lint": ("Lint", checks.check_lint),
    "types": ("Types", checks.check_types),
}


@dataclass(frozen=True)
class Inputs:
    checks: list[str]
    project: checks.Project


def main() -> int:
    inputs = read_inputs()
    results = [check(name, inputs.project) for name in inputs.checks]
    annotate([annotation for result in results for annotation in result.annotations])
    for name, result in zip(inputs.checks, results, strict=True):
        set_output(f"{name}-findings", "" if result.findings is None else result.findings)
    passed = all(result.findings == 0 for result in results)
    set_output("verdict", "passed" if passed else "failed")
    write_summary(summary(results, passed))
    return 0 if passed else 1


def check(name: str, project: checks.Project) -> checks.Result:
    title, run_check = CHECKS[name]
    try:
        return run_check(project)
    except UserError as error:
        return checks.not_installed(title, error)


def read_inputs() -> Inputs:
    chosen = words(os.environ["INPUT_CHECKS"])
    for name in chosen:
        one_of("checks", name, list(CHECKS))
    if not chosen:
        raise UserError(f"Input checks is empty; allowed: {', '.join(CHECKS)}.")
    return Inputs(
        # The order of the table is ours, whatever the order of the words; a word said twice counts once.
        checks=[name for name in CHECKS if name in chosen],
        project=checks.Project(
            folder=working_directory(os.environ["INPUT_WORKING_DIRECTORY"]),
            ruff_paths=paths(os.environ["INPUT_RUFF_PATHS"]) or ["."],
            mypy_paths=paths(os.environ["INPUT_MYPY_PATHS"]),
            ruff_arguments=shlex.split(os.environ["INPUT_RUFF_ARGUMENTS"]),
            mypy_arguments=shlex.split(os.environ["INPUT_MYPY_ARGUMENTS"]),
        ),
    )


def summary(results: list[checks.Result], passed: bool) -> list[str]:
    failed = [result for result in results if result.findings != 0]
    verdict = "✅ passed" if passed else f"❌ {plural(len(failed), 'check')} of {len(results)} failed"
    rows = [
        (result.title, f"`{result.command}`" if result.command else "", result.verdict, result.remedy)
        for result in results
    ]
    parts = [f"### Code quality: {verdict}", table(["check", "command", "result", "what to do"], rows)]
    return parts + [result.details for result in results if result.details]


if __name__ == "__main__":
    run(main)
