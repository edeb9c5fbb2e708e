"""Runs the real bump-my-version on projects given as JSON on stdin, and gives back what it made of their files."""

import datetime
import json
import os
import sys
import tempfile
from pathlib import Path

from bumpversion.cli import cli
from click.testing import CliRunner


class Clock(datetime.datetime):
    """The moment that the test chose."""

    moment = 0.0

    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromtimestamp(cls.moment, tz)


def run(project):
    Clock.moment = project["now"]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for path, text in project["files"].items():
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_bytes(text.encode())
        result = CliRunner().invoke(cli, ["bump", "--allow-dirty", *project["arguments"]], env=project["env"])
        after = {path: Path(path).read_bytes().decode() for path in project["files"]}
        os.chdir("/")
    words = str(result.exception or "") if result.exit_code else ""
    return {"ok": result.exit_code == 0, "after": after, "words": words + result.output[-300:]}


datetime.datetime = Clock
json.dump([run(project) for project in json.load(sys.stdin)], sys.stdout)
