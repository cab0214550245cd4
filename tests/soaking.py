"""Long campaigns tell what they did: which seed, and how often what. `make soak` makes a page of it."""

import json
import os
import secrets
import subprocess
from collections.abc import Mapping
from pathlib import Path

SEED = "LEDGER1540_SOAK_SEED"
REPORT = "LEDGER1540_SOAK_REPORT"

_COMMIT = subprocess.run(["git", "rev-parse", "HEAD"], check=False, capture_output=True, text=True).stdout.strip()
"""Of what is tested, as it was when the campaign began."""


def seed() -> int:
    """Return the seed of a campaign: the one that is set, to do it again, or a new one."""
    return int(os.environ.get(SEED) or secrets.randbelow(2**32))


def report(what: str, seed: int, counts: Mapping[str, int]) -> None:
    """Print what a campaign did, and add it to the report if one is asked for."""
    print(f"{what}, seed {seed}: " + ", ".join(f"{name} {count}" for name, count in counts.items()))  # noqa: T201 - pytest shows it
    named = os.environ.get(REPORT)
    if named:
        with Path(named).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"what": what, "seed": seed, "counts": dict(counts), "commit": _COMMIT}) + "\n")
