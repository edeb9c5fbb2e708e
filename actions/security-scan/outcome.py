"""What one tool has found, as one value that cannot say "no findings" when the tool did not run."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """One row of the table. `counts` is False for what is shown but does not turn the verdict, with the reason why."""

    severity: str
    identity: str
    place: str
    message: str
    counts: bool
    reason: str = ""
    file: str = ""
    line: int = 0
    link: str = ""


@dataclass(frozen=True)
class Outcome:
    """`failure` says why the tool could not run, or not on everything; findings that it had until then are kept."""

    tool: str
    base: str
    findings: list[Finding] = field(default_factory=list)
    failure: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def counting(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.counts]

    @property
    def verdict(self) -> str:
        """could-not-run, findings or clean, in this order of weight."""
        if self.failure:
            return "could-not-run"
        return "findings" if self.counting else "clean"


def worst(outcomes: list[Outcome]) -> str:
    """The verdict over all tools: findings are certain, so they outweigh a tool that could not run."""
    if any(outcome.counting for outcome in outcomes):
        return "findings"
    return "could-not-run" if any(outcome.failure for outcome in outcomes) else "clean"
