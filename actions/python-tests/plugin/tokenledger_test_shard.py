"""The plugin of ../shard.py for `pytest -p`.

Its code runs under a name that is no file: coverage.py, where it measures all that runs, would list our file else.
"""

from pathlib import Path

source = Path(__file__).resolve().parents[1] / "shard.py"
plugin = {"__name__": __name__}
exec(compile(source.read_text(encoding="utf-8"), f"<{__name__}>", "exec"), plugin)
pytest_configure = plugin["pytest_configure"]
