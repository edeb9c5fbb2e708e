"""The dashboard's server: costs as JSON, and the built page. Needs the extra `server`."""

from collections.abc import Callable, Iterable
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from tokenledger.ledger import Entry
from tokenledger.report import costs_by_model

EntriesSource = Callable[[], Iterable[Entry]]


def create_app(entries: EntriesSource, page: Path | None = None) -> Starlette:
    """An ASGI application with `/api/costs` and, when `page` is a folder, the dashboard at `/`."""

    def costs(_: Request) -> JSONResponse:
        return JSONResponse([each.as_json() for each in costs_by_model(entries())])

    routes: list[BaseRoute] = [Route("/api/costs", costs)]
    if page is not None:
        routes.append(Mount("/", StaticFiles(directory=page, html=True)))
    return Starlette(routes=routes)
