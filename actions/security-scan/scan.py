"""Runs bandit and pip-audit, tells findings from tools that could not run, and gives one verdict.

Runs in the environment of requirements.txt (see locked_tools.py), apart from the project's.
"""

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bandit_scan import scan
from dependency_audit import Ignored, audit, read_ignored
from outcome import Outcome, worst
from report import Annotation, annotate, one_of, paths, run, set_output, working_directory, write_summary
from scan_summary import failure_text, summary


@dataclass(frozen=True)
class Inputs:
    folder: Path
    mode: str
    paths: list[str]
    config: str
    threshold: str
    extras: str
    groups: str
    service: str
    ignored: list[Ignored]


def main() -> int:
    inputs = read_inputs()
    scratch = Path(tempfile.mkdtemp(prefix="security-", dir=os.environ.get("RUNNER_TEMP")))
    sarif = scratch / "bandit.sarif"
    code = scan(inputs.folder, inputs.paths, inputs.config, inputs.threshold, sarif)
    packages = audit(inputs.folder, inputs.extras, inputs.groups, inputs.service, inputs.ignored, scratch)
    verdict = worst([code, packages])
    annotate([note for outcome in (code, packages) for note in annotations(outcome, inputs.mode)])
    # Empty and not 0 where a tool did not do its work: nobody knows the number.
    set_output("code-findings", "" if code.failure else len(code.counting))
    set_output("vulnerabilities", "" if packages.failure else len(packages.counting))
    set_output("sarif-path", sarif.as_posix() if sarif.is_file() else "")
    set_output("verdict", verdict)
    write_summary(summary([code, packages], verdict, inputs.mode))
    return 1 if inputs.mode == "gate" and verdict != "clean" else 0


def read_inputs() -> Inputs:
    read = {
        name.removeprefix("INPUT_"): value.strip() for name, value in os.environ.items() if name.startswith("INPUT_")
    }
    return Inputs(
        folder=working_directory(read["WORKING_DIRECTORY"]),
        mode=one_of("mode", read["MODE"], ["report", "gate"]),
        paths=paths(read["BANDIT_PATHS"]) or ["."],
        config=read["BANDIT_CONFIG"],
        threshold=one_of("severity", read["SEVERITY"], ["low", "medium", "high"]),
        extras=read["EXTRAS"],
        groups=read["GROUPS"],
        service=read_service(read["VULNERABILITY_SERVICE"]),
        ignored=read_ignored(read["IGNORE_VULNERABILITIES"]),
    )


def read_service(text: str) -> str:
    if text.startswith(("https://", "http://")):
        return text
    return one_of("vulnerability-service", text, ["pypi", "osv", "a URL that starts with https://"])


def annotations(outcome: Outcome, mode: str) -> list[Annotation]:
    level = "error" if mode == "gate" else "warning"
    findings = [
        Annotation(level, f"{one.identity} {one.place}: {one.message}", outcome.tool, one.file, one.line)
        for one in outcome.counting
    ]
    failures = [Annotation(level, failure_text(outcome), f"{outcome.tool} could not run")] if outcome.failure else []
    return failures + findings + [Annotation("notice", note, outcome.tool) for note in outcome.notes]


if __name__ == "__main__":
    run(main)
