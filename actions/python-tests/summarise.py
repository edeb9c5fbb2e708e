"""Says what junit.xml and coverage.xml of the current folder tell of the tests: job summary, annotations, has-coverage."""

# As in report.py: the Python of the tests may be an old one.
from __future__ import annotations

import os
import sys
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from report import Annotation, annotate, details, run, set_output, write_summary

FAILURES_SHOWN = 50
# Of a failure's text its end says why.
TEXT_SHOWN = 4000


def main() -> int:
    junit, coverage = Path("junit.xml"), Path("coverage.xml")
    cases = list(ElementTree.parse(junit).iter("testcase")) if junit.is_file() else []
    failed = [case for case in cases if problem(case) is not None]
    shard = shard_line()
    sections = [f"### {os.environ['TITLE']}: {verdict(cases, len(failed), shard)}"]
    if shard:
        sections.append(f"{shard[0].upper()}{shard[1:]}.")
    if coverage.is_file():
        sections.append(measured(ElementTree.parse(coverage).getroot()))
        set_output("has-coverage", "true")
    sections += [details(f"<code>{name(case)}</code>", text(case)) for case in failed[:FAILURES_SHOWN]]
    annotate([Annotation("error", f"{name(case)}: {cause(case)}", "test failed") for case in failed])
    write_summary(sections)
    return 0


def shard_line() -> str:
    """What shard.py said: `shard 2 of 4: 31 of 120 tests in 5 of 20 files`; empty where it did not run."""
    path = Path(os.environ["RUNNER_TEMP"], "tokenledger-test-shard.txt")
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def verdict(cases: list[ElementTree.Element], failed: int, shard: str) -> str:
    if not cases:
        return "✅ no test is in this shard" if ": 0 of " in shard else "❌ no result was written"
    skipped = sum(case.find("skipped") is not None for case in cases)
    passed = len(cases) - failed - skipped
    # All tests skipped is no success; all of a shard's may be.
    mark = "❌" if failed or not (passed or shard) else "✅"
    return f"{mark} {passed} passed, {failed} failed, {skipped} skipped"


def measured(report: ElementTree.Element) -> str:
    covered, valid = int(report.get("lines-covered")), int(report.get("lines-valid"))
    share = f"{100 * covered / valid:.1f}%" if valid else "none"
    return f"Coverage: {share} of lines ({covered} of {valid})."


def problem(case: ElementTree.Element) -> ElementTree.Element | None:
    failure = case.find("failure")
    return failure if failure is not None else case.find("error")


def name(case: ElementTree.Element) -> str:
    return f"{case.get('classname')}.{case.get('name')}"


def cause(case: ElementTree.Element) -> str:
    return (problem(case).get("message") or "failed").splitlines()[0]


def text(case: ElementTree.Element) -> str:
    shown = (problem(case).text or "")[-TEXT_SHOWN:].replace("```", "` ` `")
    return f"```text\n{shown}\n```"


if __name__ == "__main__":
    run(main)
