from pathlib import Path

from httpx import ASGITransport, AsyncClient, Response

from tests.builders import entry
from tokenledger import Entry
from tokenledger.server import create_app


async def get(path: str, entries: list[Entry], page: Path | None = None) -> Response:
    transport = ASGITransport(create_app(lambda: entries, page))
    async with AsyncClient(transport=transport, base_url="http://dashboard") as client:
        return await client.get(path)


async def test_costs_are_served_as_json() -> None:
    response = await get("/api/costs", [entry("large", "2.50"), entry("small", "0.10")])
    assert [each["model"] for each in response.json()] == ["large", "small"]
    assert response.json()[0] == {
        "model": "large",
        "calls": 1,
        "inputTokens": 1000,
        "outputTokens": 100,
        "cost": "2.50",
    }


async def test_an_empty_ledger_is_an_empty_list() -> None:
    assert (await get("/api/costs", [])).json() == []


async def test_the_built_page_is_served_at_the_root(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<h1>Costs</h1>")
    assert (await get("/", [], page=tmp_path)).text == "<h1>Costs</h1>"


async def test_without_a_built_page_the_root_is_not_found() -> None:
    assert (await get("/", [])).status_code == 404
