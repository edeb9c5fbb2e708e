"""pip-audit over the locked set: known vulnerabilities, with what is ignored and why, and what could not be audited."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from locked_set import packages
from outcome import Finding, Outcome
from report import UserError, plural

TOOL = "pip-audit"


@dataclass(frozen=True)
class Ignored:
    identity: str
    reason: str


def read_ignored(text: str) -> list[Ignored]:
    """One `ID: reason` a line; an ignored vulnerability without a reason is an error, since nobody can review it."""
    ignored = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        identity, _, reason = (part.strip() for part in line.partition(":"))
        if not identity or not reason:
            message = f'Input ignore-vulnerabilities has "{line}"; each line has to be "ID: reason".'
            raise UserError(f"{message} Example: PYSEC-2024-1: the affected function is not called.")
        ignored.append(Ignored(identity, reason))
    return ignored


def audit(folder: Path, extras: str, groups: str, service: str, ignored: list[Ignored], scratch: Path) -> Outcome:
    """Never raises for what the network or uv does: the outcome's `failure` says what could not run."""
    try:
        chosen = packages(folder, extras, groups)
    except UserError as error:
        return Outcome(TOOL, "no packages", failure=str(error))
    notes = [chosen.note] if chosen.note else []
    requirements, report = scratch / "audited.txt", scratch / "pip-audit.json"
    requirements.write_text(chosen.requirements, encoding="utf-8")
    if not chosen.requirements.strip():
        return Outcome(TOOL, f"0 packages of {chosen.source}", notes=notes)
    status, said = run_pip_audit(requirements, report, service)
    # pip-audit ends 1 for vulnerabilities and for its own failures; only the first leaves a report.
    if status not in (0, 1) or not report.is_file():
        return Outcome(TOOL, chosen.source, failure=f"pip-audit ended with exit {status}: {said}", notes=notes)
    return read_report(json.loads(report.read_text(encoding="utf-8")), chosen.source, ignored, notes)


def run_pip_audit(requirements: Path, report: Path, service: str) -> tuple[int, str]:
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(requirements), "--no-deps", "--disable-pip"]
    command += ["--format", "json", "--output", str(report), *service_options(service)]
    command += ["--progress-spinner", "off", "--timeout", "20"]
    result = subprocess.run(command, cwd=report.parent, capture_output=True, encoding="utf-8", errors="replace")
    lines = [line for line in result.stderr.strip().splitlines() if line.strip()]
    # Of a traceback the last line is the cause.
    return result.returncode, lines[-1] if lines else ""


def service_options(service: str) -> list[str]:
    """`pypi`, `osv`, or the URL of a server that answers as OSV's query does."""
    if "://" in service:
        return ["--vulnerability-service", "osv", "--osv-url", service]
    return ["--vulnerability-service", service]


def read_report(report: dict, source: str, ignored: list[Ignored], notes: list[str]) -> Outcome:
    dependencies = report["dependencies"]
    skipped = [dependency for dependency in dependencies if "skip_reason" in dependency]
    audited = len(dependencies) - len(skipped)
    base = f"{audited} of {plural(len(dependencies), 'package')} of {source}"
    if not audited and dependencies:
        # "No known vulnerabilities" about no package at all: an index or proxy that does not serve the database.
        none = "the one package could not" if len(dependencies) == 1 else f"none of the {len(dependencies)} packages could"
        reason = f"{none} be audited: {skipped[0]['skip_reason']}"
        return Outcome(TOOL, base, failure=reason, notes=notes)
    if skipped:
        names = ", ".join(dependency["name"] for dependency in skipped)
        notes = [*notes, f"{plural(len(skipped), 'package')} could not be audited: {names}."]
    findings = [
        read_vulnerability(dependency, vulnerability, ignored)
        for dependency in dependencies
        for vulnerability in dependency.get("vulns", [])
    ]
    present = {name for dependency in dependencies for one in dependency.get("vulns", []) for name in names_of(one)}
    unused = [
        f"{one.identity} is ignored but not found any more; remove it."
        for one in ignored
        if one.identity not in present
    ]
    return Outcome(TOOL, base, sorted(findings, key=lambda finding: not finding.counts), notes=[*notes, *unused])


def names_of(vulnerability: dict) -> list[str]:
    return [vulnerability["id"], *vulnerability.get("aliases", [])]


def read_vulnerability(dependency: dict, vulnerability: dict, ignored: list[Ignored]) -> Finding:
    reasons = [one.reason for one in ignored if one.identity in names_of(vulnerability)]
    fixed = ", ".join(vulnerability["fix_versions"])
    first = re.split(r"(?<=[.!?])\s|\n", vulnerability.get("description", "").strip())[0]
    return Finding(
        severity="KNOWN",
        identity=" / ".join(names_of(vulnerability)),
        place=f"{dependency['name']} {dependency['version']}",
        message=f"{first[:200]} {f'Fixed in {fixed}.' if fixed else 'No fixed version yet.'}".strip(),
        counts=not reasons,
        reason=f"ignored: {reasons[0]}" if reasons else "",
    )
