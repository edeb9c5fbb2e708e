"""The command line: `tokenledger cost`, `tokenledger report`, `tokenledger db init`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from tokenledger.ledger import Call
from tokenledger.pricing import PriceTable, UnknownModelError
from tokenledger.report import as_text, costs_by_model
from tokenledger.schema import MigrationError, apply_migrations, migrations_folder, read_migrations

if TYPE_CHECKING:
    from tokenledger.postgres import Connection

app = typer.Typer(no_args_is_help=True, help="Keeps an account of what every LLM call costs.")
database = typer.Typer(no_args_is_help=True, help="The ledger's database.")
app.add_typer(database, name="db")

DatabaseUrl = Annotated[
    str, typer.Option(envvar="DATABASE_URL", help="postgresql://user:password@host:port/database")
]


@app.command()
def cost(
    model: str,
    input_tokens: Annotated[int, typer.Option("--input", min=0)],
    output_tokens: Annotated[int, typer.Option("--output", min=0)] = 0,
    cached_tokens: Annotated[int, typer.Option("--cached", min=0)] = 0,
) -> None:
    """Print what one call would cost, in US dollars."""
    try:
        call = Call(model, input_tokens, output_tokens, cached_tokens)
        typer.echo(f"{PriceTable.default().cost_of(call):f}")
    except (UnknownModelError, ValueError) as error:
        _fail(str(error))


@app.command()
def report(database_url: DatabaseUrl) -> None:
    """Print the costs by model."""
    from tokenledger.postgres import PostgresLedger

    with _connected(database_url) as connection:
        typer.echo(as_text(costs_by_model(PostgresLedger(connection).entries())))


@database.command()
def init(
    database_url: DatabaseUrl,
    migrations: Annotated[Path | None, typer.Option(help="Folder of numbered SQL files.")] = None,
) -> None:
    """Create or update the schema; running it again changes nothing."""
    try:
        files = read_migrations(migrations or migrations_folder())
        with _connected(database_url) as connection:
            applied = apply_migrations(connection, files)
    except MigrationError as error:
        _fail(str(error))
    for migration in applied:
        typer.echo(f"applied {migration.path.name}")
    typer.echo(f"The schema is at version {len(files)}.")


@contextmanager
def _connected(url: str) -> Iterator["Connection"]:
    try:
        import psycopg
    except ImportError:
        _fail("This command needs the extra: pip install 'tokenledger[postgres]'")
    try:
        connection = psycopg.connect(url, connect_timeout=10, autocommit=True)
    except psycopg.Error as error:
        # The text of a connection error names host and user, never the password.
        _fail(f"The database cannot be reached: {error}")
    try:
        with connection:
            yield connection
    except psycopg.Error as error:
        _fail(f"The database refused: {error}")


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)
