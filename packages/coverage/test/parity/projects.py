"""Generates small projects, measures them with coverage.py, and writes what coverage.py itself says of them.

usage: projects.py FOLDER COUNT
"""

import contextlib
import io
import json
import os
import random
import sys

from coverage import Coverage

PRECISIONS = range(4)
KINDS = ["plain", "branches", "excludes", "roots", "same names", "namespace", "no branch", "match"]
# Covered and not covered statements: ties at several precisions, and next to 0 and 100.
EXACT = [
    (5, 3), (25, 7), (1, 199), (3, 197), (1, 39), (7, 1), (1, 31), (199, 1), (1, 1999), (1999, 1),
    (1, 15), (3, 13), (5, 11), (1, 7), (2999, 1), (2, 0), (0, 0), (1, 2), (2, 1), (797, 3),
]


class Body:
    def __init__(self, rng, kind):
        self.rng, self.kind = rng, kind

    def block(self, depth, indent):
        lines = []
        for _ in range(self.rng.randint(1, 3)):
            lines += self.statement(depth, indent)
        return lines

    def statement(self, depth, pad):
        rng = self.rng
        inner = pad + "    "
        some = rng.randint(-2, 8)
        simple = [
            [pad + "v += 1"],
            [pad + "v = max(", pad + "    v,", pad + "    a,", pad + ")"],
            [pad + "w = [i for i in range(3) if i > a]"],
            [pad + "f = lambda q: q + a"],
            ["", pad + "# a comment", pad + "v -= b"],
        ]
        if depth == 0 or rng.random() < 0.3:
            return rng.choice(simple)
        block = lambda: self.block(depth - 1, inner)
        pragma = ""
        if self.kind == "excludes" and rng.random() < 0.3:
            pragma = "  # pragma: no cover"
        if self.kind == "no branch" and rng.random() < 0.4:
            pragma = "  # pragma: no branch"
        compound = [
            lambda: [f"{pad}if a > {some}:{pragma}"] + block(),
            lambda: [f"{pad}if a > {some}:"] + block() + [f"{pad}elif b > 1:{pragma}"] + block() + [f"{pad}else:"] + block(),
            lambda: [f"{pad}for i in range(b % 3):{pragma}"] + block() + [f"{inner}if i > {some}:", f"{inner}    {rng.choice(['break', 'continue'])}"],
            lambda: [f"{pad}while a > {some}:", f"{inner}a -= 1"] + block(),
            lambda: [f"{pad}try:"] + block() + [f"{inner}if b > {some}:", f"{inner}    raise ValueError(b)", f"{pad}except ValueError:{pragma}"] + block() + [f"{pad}finally:"] + block(),
            lambda: [f"{pad}with contextlib.nullcontext():"] + block() + [f"{inner}if a == {some}:", f"{inner}    return v"],
            lambda: [f"{pad}if a == {some}:", f"{inner}return v"],
        ]
        if self.kind == "match":
            compound.append(lambda: [f"{pad}match a % 3:", f"{inner}case 0:", f"{inner}    v += 2", f"{inner}case {rng.choice(['1', '_'])}:", f"{inner}    v += 3"])
        return rng.choice(compound)()


def module(rng, kind):
    lines = ['"""A module."""', "import contextlib", ""]
    for number in range(rng.randint(1, 3)):
        lines += [f"def f{number}(a, b):", "    v = 0"] + Body(rng, kind).block(2, "    ") + ["    return v", ""]
    return "\n".join(lines) + "\n"


def exact_module(covered, missed):
    if covered + missed == 0:
        return "# nothing\n"
    body = ["def f0(a, b):"] if missed else ["last = 0"]
    return "\n".join(["x = 0"] * (covered - 1) + body + ["    x = 0"] * missed) + "\n"


def files_of(number, rng):
    """The files by path, the sources, and whether branches are measured."""
    if number < len(EXACT):
        return {"pkg/only.py": exact_module(*EXACT[number])}, ["pkg"], number % 2 == 0
    kind = KINDS[number % len(KINDS)]
    make = lambda: module(rng, kind)
    if kind == "roots":
        files = {f"{root}/{root}_{n}.py": make() for root in ["src", "lib", "tools/more"] for n in range(2)}
        return files, ["src", "lib", "tools/more"], True
    if kind == "same names":
        files = {f"{root}/shop/{name}.py": make() for root in ["src", "lib"] for name in ["models", root]}
        return files, ["src", "lib"], number % 3 > 0
    if kind == "namespace":
        files = {f"space/{part}/deep/{name}.py": make() for part in ["a", "b"] for name in ["one", "two"]}
        return files, ["."] if number % 2 else ["space"], True
    files = {f"pkg/{folder}{name}.py": make() for folder in ["", "sub/"] for name in ["a", "b"]}
    files["pkg/__init__.py"] = ""
    return files, ["pkg"], kind != "plain"


def run_leg(folder, paths, leg, rng):
    """Runs the modules; every leg calls other functions, and one leaves a module out."""
    for position, path in enumerate(paths):
        if leg > 0 and len(paths) > 1 and position == leg:
            continue
        full = os.path.join(folder, path)
        namespace = {}
        with open(full) as source:
            exec(compile(source.read(), full, "exec"), namespace)
        functions = [f for name, f in sorted(namespace.items()) if name.startswith("f") and name[1:].isdigit()]
        if path.endswith("only.py"):
            continue
        for function in functions:
            for _ in range(rng.randint(0, 2)):
                with contextlib.suppress(ValueError):
                    function(rng.randint(-3, 9), rng.randint(0, 4))


def said(cov, folder, name):
    """Writes the reports, and gives what coverage.py says."""
    report = {"xml": f"{name}.xml", "json": f"{name}.json"}
    with contextlib.redirect_stdout(io.StringIO()):
        cov.xml_report(outfile=os.path.join(folder, report["xml"]))
        cov.json_report(outfile=os.path.join(folder, report["json"]))
    with open(os.path.join(folder, report["json"])) as file:
        report["percent"] = json.load(file)["totals"]["percent_covered"]
    report["displayed"] = []
    for precision in PRECISIONS:
        cov.set_option("report:precision", precision)
        text = io.StringIO()
        cov.report(file=text)
        total = [line for line in text.getvalue().splitlines() if line.startswith("TOTAL")][-1]
        report["displayed"].append(total.split()[-1].rstrip("%"))
    cov.set_option("report:precision", 0)
    return report


def project(folder, number):
    rng = random.Random(number)
    files, sources, branch = files_of(number, rng)
    folder = os.path.join(folder, f"p{number:02}")
    for path, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
        with open(os.path.join(folder, path), "w") as file:
            file.write(text)
    os.chdir(folder)
    options = dict(branch=branch, source=[os.path.join(folder, s) for s in sources], config_file=False)
    legs, data = [], []
    count = 1 if number < len(EXACT) else 2 + number % 2
    for leg in range(count):
        data.append(os.path.join(folder, f".coverage.{leg}"))
        cov = Coverage(data_file=data[-1], **options)
        cov.start()
        try:
            run_leg(folder, sorted(files), leg, rng)
        finally:
            cov.stop()
        cov.save()
        legs.append(said(cov, folder, f"leg{leg}"))
    combined = None
    if count > 1:
        cov = Coverage(data_file=os.path.join(folder, ".coverage"), **options)
        cov.combine(data, keep=True)
        combined = said(cov, folder, "combined")
    kind = "exact" if number < len(EXACT) else KINDS[number % len(KINDS)]
    return dict(kind=kind, folder=folder, files=sorted(files), legs=legs, combined=combined)


if __name__ == "__main__":
    root, amount = os.path.realpath(sys.argv[1]), int(sys.argv[2])
    results = [project(root, number) for number in range(amount)]
    print(json.dumps(results))
