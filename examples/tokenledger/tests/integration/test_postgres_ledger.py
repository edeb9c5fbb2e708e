from datetime import timedelta
from decimal import Decimal

import psycopg
import pytest

from tests.builders import NOON, call, entry
from tokenledger import Entry
from tokenledger.postgres import Connection, PostgresLedger
from tokenledger.schema import apply_migrations, migrations_folder, read_migrations

pytestmark = pytest.mark.integration


@pytest.fixture
def ledger(connection: Connection) -> PostgresLedger:
    apply_migrations(connection, read_migrations(migrations_folder()))
    return PostgresLedger(connection)


def test_an_entry_comes_back_as_it_was_booked(ledger: PostgresLedger) -> None:
    booked = entry("gpt-4o", "0.00000002")
    ledger.book(booked)
    assert ledger.entries() == [booked]


def test_entries_come_oldest_first_and_since_filters(ledger: PostgresLedger) -> None:
    for hours in (3, 1, 2):
        ledger.book(entry(hours=hours))
    found = ledger.entries(since=NOON + timedelta(hours=2))
    assert [each.call.called_at for each in found] == [NOON + timedelta(hours=h) for h in (2, 3)]


def test_a_rolled_back_transaction_books_nothing(
    ledger: PostgresLedger, connection: Connection
) -> None:
    with connection.transaction(force_rollback=True):
        ledger.book(entry())
    assert ledger.entries() == []


def test_the_database_refuses_a_negative_cost(ledger: PostgresLedger) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        ledger.book(Entry(call(), Decimal(-1)))


def test_daily_costs_are_summed_by_utc_day(ledger: PostgresLedger, connection: Connection) -> None:
    for hours in (0, 1, 13):
        ledger.book(entry(cost="1.5", hours=hours))
    rows = connection.execute("SELECT calls, cost_usd FROM daily_costs ORDER BY day").fetchall()
    assert rows == [(2, Decimal(3)), (1, Decimal("1.5"))]
