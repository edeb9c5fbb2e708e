"""Runs the migrations against DATABASE_URL; the address never reaches alembic.ini or a log."""

import os
from logging import getLogger

from alembic import context
from sqlalchemy import create_engine, pool
from sqlalchemy.engine import make_url

url = make_url(os.environ["DATABASE_URL"]).set(drivername="postgresql+psycopg")
engine = create_engine(url, poolclass=pool.NullPool)
getLogger("alembic").info("migrating %s", url.render_as_string(hide_password=True))

with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
