"""Answers questions about Python's re, str.format, calendar and wcmatch, given as JSON on stdin."""

import datetime
import json
import os
import re
import sys
import tempfile
from pathlib import Path

from bumpversion.context import get_datetime_info
from wcmatch import glob

FLAGS = {"verbose": re.VERBOSE, "search": re.MULTILINE | re.DOTALL, "none": 0}


def searches(question):
    try:
        pattern = re.compile(question["pattern"], FLAGS[question["flags"]])
    except re.error:
        return "invalid"
    found = [
        [[match.start(), match.end(), *match.groups(default="")] for match in pattern.finditer(text)]
        for text in question["texts"]
    ]
    return [matches[:1] for matches in found] if question["flags"] == "verbose" else found


def replaces(question):
    try:
        return re.sub(question["pattern"], question["replace"], question["text"])
    except (re.error, IndexError):
        return "invalid"


def formats(question):
    value = int(question["value"]) if question["number"] else question["value"]
    try:
        return ("{x:" + question["spec"] + "}").format(x=value)
    except ValueError:
        return "invalid"


def calendar(day):
    codes = get_datetime_info(datetime.datetime.fromisoformat(day))
    return "|".join(f"{name}={value}" for name, value in sorted(codes.items()))


def globs(question):
    with tempfile.TemporaryDirectory() as folder:
        for path in question["paths"]:
            Path(folder, path).parent.mkdir(parents=True, exist_ok=True)
            Path(folder, path).touch()
        flags = glob.GLOBSTAR | glob.FORCEUNIX | glob.SPLIT | glob.EXTGLOB
        found = []
        for pattern in question["patterns"]:
            names = glob.glob(pattern, flags=flags, exclude=question["exclude"], root_dir=folder)
            found.append(sorted({os.path.normpath(n) for n in names if os.path.isfile(Path(folder, n))}))
        return found


KINDS = {"search": searches, "replace": replaces, "format": formats, "calendar": calendar, "glob": globs}
json.dump([KINDS[kind](question) for kind, question in json.load(sys.stdin)], sys.stdout)
