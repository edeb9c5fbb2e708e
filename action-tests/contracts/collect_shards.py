"""Writes a project with tests of all kinds and lets pytest collect it in shards, with the plugin of python-tests.

usage: collect_shards.py FOLDER SEED PLUGIN-FOLDER; prints JSON, one entry per way to choose tests and number of shards.
"""

import contextlib
import json
import os
import random
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

# How tests are chosen: options, and the numbers of shards to try.
WAYS = {
    "all": ([], [1, 4, 16]),
    "by mark": (["-m", "not slow"], [3]),
    "by keyword": (["-k", "one or even"], [3]),
    "in random order": (["--randomly-seed={shard}"], [3]),
}


def test_file(rng):
    kinds = [
        "@pytest.mark.slow\ndef test_slow(): pass\n",
        f"@pytest.mark.parametrize('n', range({rng.randint(1, 9)}))\ndef test_even(n): pass\n",
        "class Unit(unittest.TestCase):\n    def test_one(self): pass\n    def test_two(self): pass\n",
        "class TestPlain:\n    def test_one(self): pass\n    @pytest.mark.slow\n    def test_slow(self): pass\n",
        "@pytest.mark.parametrize('text', ['a::b', 'ä/ö', '[x]', 'one two'])\ndef test_text(text): pass\n",
        'def documented():\n    """\n    >>> 1 + 1\n    2\n    """\n',
    ]
    chosen = rng.sample(kinds, rng.randint(1, len(kinds)))
    return "import pytest\nimport unittest\n\n" + "\n\n".join(chosen)


def write_project(folder, rng):
    (folder / "pytest.ini").write_text(
        "[pytest]\nmarkers = slow\naddopts = --doctest-modules --doctest-glob=*.md\n"
    )
    for number in range(rng.choice([2, 6, 12])):
        path = folder / rng.choice(["unit", "deep/er"]) / f"test_{number}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(test_file(rng), encoding="utf-8")
    (folder / "README.md").write_text(">>> 2 * 3\n6\n")
    if rng.random() < 0.5:
        stored = {f"unit/test_{number}.py::test_slow": rng.random() * 10 for number in range(12)}
        (folder / ".test_durations").write_text(json.dumps(stored))


class Witness:
    """What was collected before the plugin chose, in that order, and what was left of it."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items):
        self.collected = [item.nodeid for item in items]

    def pytest_collection_finish(self, session):
        self.kept = [item.nodeid for item in session.items]


def collect(options, shard, shards):
    os.environ.update(TEST_SHARD=str(shard), TEST_SHARDS=str(shards))
    witness = Witness()
    options = [option.format(shard=shard) for option in options]
    with open(os.devnull, "w") as devnull, contextlib.redirect_stdout(devnull):
        status = pytest.main(["-p", "tokenledger_test_shard", "--collect-only", *options], [witness])
    return {"status": int(status), "collected": witness.collected, "kept": witness.kept}


def main(folder, seed, plugin):
    sys.path.insert(0, plugin)
    os.chdir(folder)
    write_project(Path(folder), random.Random(seed))
    entries = []
    for way, (options, numbers) in WAYS.items():
        if way == "in random order" and not find_spec("pytest_randomly"):
            continue
        fixed = ["-p", "no:randomly"] if way != "in random order" else []
        for shards in numbers:
            parts = [collect([*fixed, *options], shard, shards) for shard in range(1, shards + 1)]
            entries.append({"way": way, "shards": shards, "parts": parts})
    json.dump(entries, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
