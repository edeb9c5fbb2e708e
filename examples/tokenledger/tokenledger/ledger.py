"""The ledger: calls, what they cost, and where both are kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Protocol


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Call:
    """One answered request to a model. `cached_tokens` are part of `input_tokens`."""

    model: str
    input_tokens: int
    output_tokens: int = 0
    cached_tokens: int = 0
    team: str = ""
    called_at: datetime = field(default_factory=_now)

    def __post_init__(self) -> None:
        if min(self.input_tokens, self.output_tokens, self.cached_tokens) < 0:
            raise ValueError("Token counts cannot be negative.")
        if self.cached_tokens > self.input_tokens:
            raise ValueError("Cached tokens are part of the input tokens and cannot exceed them.")
        if self.called_at.tzinfo is None:
            raise ValueError("The time of a call needs a time zone.")


@dataclass(frozen=True, slots=True)
class Entry:
    """A call and its cost in US dollars at the time of the booking."""

    call: Call
    cost: Decimal


class Ledger(Protocol):
    """Keeps entries for good: a price change never alters what was booked."""

    def book(self, entry: Entry) -> None:
        """Keeps one entry."""

    def entries(self, since: datetime | None = None) -> Iterable[Entry]:
        """All entries, oldest first; with `since` only those of calls at that time or later."""


class MemoryLedger:
    """Keeps entries in this process, for tests and short scripts."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def book(self, entry: Entry) -> None:
        self._entries.append(entry)

    def entries(self, since: datetime | None = None) -> list[Entry]:
        kept = [entry for entry in self._entries if since is None or entry.call.called_at >= since]
        return sorted(kept, key=lambda entry: entry.call.called_at)
