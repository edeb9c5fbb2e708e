"""bandit over the project's code: one run, one SARIF file, which is also what the table is read from."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote

from outcome import Finding, Outcome
from report import workspace_path

SEVERITIES = ["LOW", "MEDIUM", "HIGH"]


def scan(folder: Path, paths: list[str], config: str, threshold: str, sarif: Path) -> Outcome:
    """Findings below `threshold` (low, medium, high) are shown and do not count. Writes `sarif` when bandit ran."""
    base = f"{', '.join(paths)} ({config_source(folder, config) or 'no configuration'})"
    missing = [path for path in paths if not (folder / path).exists()]
    if missing:
        # bandit itself ends 0 here, having scanned nothing.
        return Outcome(
            "bandit", base, failure=f"{', '.join(missing)} does not exist in {folder.name}; set bandit-paths."
        )
    status, said = run_bandit(folder, paths, config_source(folder, config), sarif)
    # 0 clean, 1 findings, 2 bad usage or configuration; a crash is 1 as well, but leaves no file.
    if status not in (0, 1) or not sarif.is_file():
        return Outcome("bandit", base, failure=f"bandit ended with exit {status}: {said}")
    report = json.loads(sarif.read_text(encoding="utf-8"))
    from_workspace(report, folder)
    sarif.write_text(json.dumps(report, indent=1), encoding="utf-8")
    return read_report(report, base, threshold)


def config_source(folder: Path, config: str) -> str:
    """The configuration file: the one given, else pyproject.toml when it has [tool.bandit], else none."""
    if config:
        return config
    pyproject = folder / "pyproject.toml"
    if not pyproject.is_file():
        return ""
    tool = tomllib.loads(pyproject.read_text(encoding="utf-8")).get("tool", {})
    return "pyproject.toml" if "bandit" in tool else ""


def run_bandit(folder: Path, paths: list[str], config: str, sarif: Path) -> tuple[int, str]:
    command = [sys.executable, "-m", "bandit", "--quiet", "--recursive", *paths]
    command += ["--format", "sarif", "--output", str(sarif)]
    command += ["--configfile", config] if config else []
    result = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", errors="replace")
    return result.returncode, (result.stderr or result.stdout).strip()[-1500:]


def from_workspace(report: dict, folder: Path) -> None:
    """Makes paths relative to the workspace: code scanning takes them as relative to the repository's root."""
    for run in report["runs"]:
        notifications = [note for call in run["invocations"] for note in call.get("toolConfigurationNotifications", [])]
        for entry in run.get("results", []) + notifications:
            for location in entry["locations"]:
                artifact = location["physicalLocation"]["artifactLocation"]
                artifact["uri"] = workspace_path(unquote(artifact["uri"]), folder)


def read_report(report: dict, base: str, threshold: str) -> Outcome:
    run = report["runs"][0]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]} if run.get("results") else {}
    findings = [read_result(result, rules, threshold) for result in run.get("results", [])]
    findings.sort(key=lambda finding: (-SEVERITIES.index(finding.severity), finding.file, finding.line))
    unread = [
        f"{note['locations'][0]['physicalLocation']['artifactLocation']['uri']} ({note['message']['text']})"
        for call in run["invocations"]
        for note in call.get("toolConfigurationNotifications", [])
    ]
    failure = f"bandit could not read {'; '.join(unread)}" if unread else ""
    lines = run["properties"]["metrics"]["_totals"]["loc"]
    return Outcome("bandit", f"{base}, {lines} lines", findings, failure)


def read_result(result: dict, rules: dict, threshold: str) -> Finding:
    place = result["locations"][0]["physicalLocation"]
    file, line = place["artifactLocation"]["uri"], place["region"]["startLine"]
    severity = result["properties"]["issue_severity"]
    counts = SEVERITIES.index(severity) >= SEVERITIES.index(threshold.upper())
    return Finding(
        severity=severity,
        identity=result["ruleId"],
        place=f"{file}:{line}",
        message=result["message"]["text"],
        counts=counts,
        reason="" if counts else f"below {threshold}",
        file=file,
        line=line,
        link=rules[result["ruleId"]].get("helpUri", ""),
    )
