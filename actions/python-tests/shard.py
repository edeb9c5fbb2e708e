"""A plugin for pytest 6 and later that keeps the tests of one shard, of all that were collected.

It is shard TEST_SHARD (1, 2, …) of TEST_SHARDS. Every runner decides by itself, from the ids of the tests and the stored
durations alone, so both have to be the same everywhere; then each test is in exactly one shard.
"""

import json
import math
import os

import pytest

DURATIONS = ".test_durations"


def pytest_configure(config):
    number, shards = int(os.environ["TEST_SHARD"]), int(os.environ["TEST_SHARDS"])
    stored = durations(os.path.join(str(config.invocation_params.dir), DURATIONS))
    config.pluginmanager.register(Shard(config, number, shards, stored), "tokenledger-test-shard")


class Shard:
    """The hooks of one process. With pytest-xdist the workers keep their tests and the process above them reports."""

    def __init__(self, config, number, shards, stored):
        self.config = config
        self.number, self.shards = number, shards
        self.stored = stored
        self.line = ""

    # Around all others, so that no later one takes tests away or moves them: -m, -k and the order are settled.
    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, items):
        yield
        tests = {item.nodeid for item in items}
        shard_of = assign(tests, self.shards, seconds(tests, self.stored))
        kept = [item for item in items if shard_of[item.nodeid] == self.number]
        left = [item for item in items if shard_of[item.nodeid] != self.number]
        if left:
            self.config.hook.pytest_deselected(items=left)
        self.line = self.describe(kept, items) if items else ""
        items[:] = kept
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput["tokenledger-test-shard"] = self.line

    def describe(self, kept, items):
        kept_files, files = ({file_of(item.nodeid) for item in some} for some in (kept, items))
        return (
            f"shard {self.number} of {self.shards}: {len(kept)} of {len(items)} tests "
            f"in {len(kept_files)} of {len(files)} files"
        )

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node):
        self.line = self.line or getattr(node, "workeroutput", {}).get("tokenledger-test-shard", "")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session, exitstatus):
        if hasattr(self.config, "workeroutput") or not self.line:
            return
        # Exit 5 is "no tests were collected". Here some were, and other shards run them.
        if exitstatus == 5:
            session.exitstatus = 0
        if path := os.environ.get("TEST_SHARD_REPORT"):
            with open(path, "w", encoding="utf-8") as file:
                file.write(self.line)

    def pytest_terminal_summary(self, terminalreporter):
        if self.line:
            terminalreporter.write_line(self.line)


def assign(tests, shards, seconds_of):
    """The shard, from 1, of each test.

    A unit is a test file, so that its fixtures are set up once, or a single test where there are fewer files than shards.
    The longest come first, each to the shard that has the least so far.
    """
    unit_of = file_of if len({file_of(test) for test in tests}) >= shards else str
    weights = {}
    # In one order everywhere, since a sum of floats depends on it.
    for test in sorted(tests):
        length, count = weights.get(unit_of(test), (0, 0))
        weights[unit_of(test)] = (length + seconds_of(test), count + 1)
    loads = [(0, 0)] * shards
    shard_of = {}
    for unit in sorted(sorted(weights), key=weights.get, reverse=True):
        shard = loads.index(min(loads))
        loads[shard] = tuple(map(sum, zip(loads[shard], weights[unit])))
        shard_of[unit] = shard + 1
    return {test: shard_of[unit_of(test)] for test in tests}


def file_of(test):
    return test.split("::")[0]


def seconds(tests, stored):
    """A function of a test's id: the seconds stored of it, else the mean of those stored; without any, all are alike."""
    known = [stored[test] for test in tests if test in stored]
    mean = math.fsum(known) / len(known) if known else 1
    return lambda test: stored.get(test, mean)


def durations(path):
    """Seconds by test id, as pytest-split stores them; none without the file."""
    if not os.path.isfile(path):
        return {}
    try:
        with open(path, encoding="utf-8") as file:
            stored = dict(json.load(file))
        if not all(isinstance(each, (int, float)) and 0 <= each < math.inf for each in stored.values()):
            raise ValueError("a duration is not a number of seconds")
    except (TypeError, ValueError) as error:
        raise pytest.UsageError(
            f"{path} holds no durations of tests: {error}. Write it anew by pytest --store-durations, or delete it."
        ) from None
    return stored
