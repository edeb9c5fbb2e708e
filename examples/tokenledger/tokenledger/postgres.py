"""A ledger in PostgreSQL. Needs the extra `postgres`."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import psycopg

from tokenledger.ledger import Call, Entry

Connection = psycopg.Connection[tuple[Any, ...]]

_BOOK = """
    INSERT INTO calls (model, input_tokens, output_tokens, cached_tokens, team, called_at, cost_usd)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
_ENTRIES = """
    SELECT model, input_tokens, output_tokens, cached_tokens, team, called_at, cost_usd
    FROM calls
    WHERE called_at >= coalesce(%s, '-infinity'::timestamptz)
    ORDER BY called_at, id
"""


class PostgresLedger:
    """Keeps entries in the table `calls`; committing is left to the connection's owner."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def book(self, entry: Entry) -> None:
        call = entry.call
        self._connection.execute(
            _BOOK,
            (
                call.model,
                call.input_tokens,
                call.output_tokens,
                call.cached_tokens,
                call.team,
                call.called_at,
                entry.cost,
            ),
        )

    def entries(self, since: datetime | None = None) -> list[Entry]:
        rows = self._connection.execute(_ENTRIES, (since,)).fetchall()
        return [Entry(Call(*columns), Decimal(cost)) for *columns, cost in rows]
