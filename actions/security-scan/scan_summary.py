"""The job summary of the scan: the verdict first, then one table per tool."""

from outcome import Finding, Outcome
from report import plural, table

NOUNS = {"bandit": "finding", "pip-audit": "vulnerability"}
SUBJECTS = {"bandit": "scan", "pip-audit": "audit"}


def summary(outcomes: list[Outcome], verdict: str, mode: str) -> list[str]:
    parts = [f"### Security: {headline(outcomes, verdict, mode)}"]
    rows = [(outcome.tool, outcome.base, result(outcome)) for outcome in outcomes]
    parts.append(table(["tool", "looked at", "result"], rows))
    for outcome in outcomes:
        parts += [f"> {outcome.tool}: {note}" for note in outcome.notes]
        if outcome.findings:
            findings = [row(finding) for finding in outcome.findings]
            parts.append(table([outcome.tool, "where", "severity", "what", "counts"], findings))
    return parts


def headline(outcomes: list[Outcome], verdict: str, mode: str) -> str:
    if verdict == "clean":
        return "✅ no findings"
    # Of a clean tool the table tells; "no findings" in this line would be read as the verdict.
    said = "; ".join(short(outcome) for outcome in outcomes if outcome.verdict != "clean")
    mark = "❌" if mode == "gate" else "⚠️"
    return f"{mark} {said}{'' if mode == 'gate' else ' (mode: report, the job does not fail)'}"


def short(outcome: Outcome) -> str:
    return f"{SUBJECTS[outcome.tool]} could not run" if outcome.failure else result(outcome)


def result(outcome: Outcome) -> str:
    counting, shown = len(outcome.counting), len(outcome.findings) - len(outcome.counting)
    rest = f" ({shown} more below the threshold or ignored)" if shown else ""
    found = f"{plural(counting, NOUNS[outcome.tool])}{rest}"
    if outcome.failure:
        return f"{failure_text(outcome)}{f'; until then {found}' if outcome.findings else ''}"
    return found if outcome.findings else f"no {plural(0, NOUNS[outcome.tool]).removeprefix('0 ')}"


def failure_text(outcome: Outcome) -> str:
    return f"{SUBJECTS[outcome.tool]} could not run: {outcome.failure}"


def row(finding: Finding) -> tuple[str, ...]:
    identity = f"[{finding.identity}]({finding.link})" if finding.link else finding.identity
    return identity, f"`{finding.place}`", finding.severity, finding.message, finding.reason or "yes"
