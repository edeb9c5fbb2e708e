"""Prints what coverage.py's own functions make of many percentages: one line of JSON with two lists.

usage: percentages.py SEED COUNT
"""

import json
import random
import sys

from coverage.results import Numbers, display_covered, should_fail_under

rng = random.Random(int(sys.argv[1]))
count = int(sys.argv[2])
displayed, failing = [], []


def percentage():
    """Of a few counts, of many, next to an end, or a tie: 2**n parts have short binary fractions."""
    valid = rng.choice([rng.randint(1, 300), rng.randint(1, 10**6), 2 ** rng.randint(1, 12), 1000 * rng.randint(1, 200)])
    covered = rng.choice([rng.randint(0, valid), min(rng.randint(0, 3), valid), max(0, valid - rng.randint(0, 3))])
    return covered, valid


def threshold(percent):
    digits = rng.randint(0, 4)
    near = percent + rng.choice([0, 0, 1, -1]) * 10**-digits / rng.choice([1, 2])
    return min(100.0, max(0.0, round(near, digits)))


for _ in range(count):
    covered, valid = percentage()
    precision = rng.randint(0, 6)
    percent = Numbers(n_statements=valid, n_missing=valid - covered).pc_covered
    displayed.append([covered, valid, precision, percent, display_covered(percent, precision)])
    if len(failing) < count // 5:
        under = threshold(percent)
        failing.append([covered, valid, precision, f"{under:.4f}", should_fail_under(percent, under, precision)])

print(json.dumps({"displayed": displayed, "failing": failing}))
