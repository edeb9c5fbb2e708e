from datetime import datetime, timedelta

import pytest

from tests.builders import NOON, call, entry
from tokenledger import Call, MemoryLedger


def test_entries_come_oldest_first() -> None:
    ledger = MemoryLedger()
    for hours in (3, 1, 2):
        ledger.book(entry(hours=hours))
    assert [each.call.called_at.hour for each in ledger.entries()] == [13, 14, 15]


def test_since_includes_its_own_moment() -> None:
    ledger = MemoryLedger()
    for hours in (1, 2, 3):
        ledger.book(entry(hours=hours))
    assert len(ledger.entries(since=NOON + timedelta(hours=2))) == 2


def test_an_empty_ledger_has_no_entries() -> None:
    assert MemoryLedger().entries() == []


def test_a_call_is_stamped_with_the_time_in_utc() -> None:
    assert Call("gpt-4o", 1).called_at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(("given", "answered"), [(-1, 0), (0, -1)])
def test_negative_tokens_are_refused(given: int, answered: int) -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        call(input_tokens=given, output_tokens=answered)


def test_cached_tokens_cannot_exceed_the_input() -> None:
    with pytest.raises(ValueError, match="part of the input"):
        call(input_tokens=10, cached_tokens=11)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Call("gpt-4o", 1, called_at=datetime(2026, 11, 2))
