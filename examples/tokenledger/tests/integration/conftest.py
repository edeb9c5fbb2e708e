import os
from collections.abc import Iterator
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
import pytest

from tokenledger.postgres import Connection


@pytest.fixture
def database_url() -> Iterator[str]:
    """The address of an empty schema of its own in DATABASE_URL's database, dropped at the end."""
    base = os.environ.get("DATABASE_URL")
    if not base:
        pytest.fail("Set DATABASE_URL, e.g. postgresql://user:password@localhost:5432/tokenledger")
    schema = f"test_{uuid4().hex}"
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        joint = "&" if "?" in base else "?"
        yield f"{base}{joint}{urlencode({'options': f'-csearch_path={schema}'})}"
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection
