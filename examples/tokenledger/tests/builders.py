"""Small ledger data for tests."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from tokenledger import Call, Entry

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def call(
    model: str = "gpt-4o",
    *,
    hours: int = 0,
    input_tokens: int = 1_000,
    output_tokens: int = 0,
    cached_tokens: int = 0,
) -> Call:
    """A call at noon plus `hours`."""
    called_at = NOON + timedelta(hours=hours)
    return Call(model, input_tokens, output_tokens, cached_tokens, called_at=called_at)


def entry(model: str = "gpt-4o", cost: str = "1", hours: int = 0) -> Entry:
    """An entry of `cost` dollars."""
    return Entry(call(model, hours=hours, output_tokens=100), Decimal(cost))
