"""Another client of Kafka and another implementation of Avro, in another language, come to the same root hash.

npm fetches them once, by the checksums of the lock, into the user's cache; where there is none of it the tests are
skipped, and failed in CI.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from domain.catalogue import TYPES
from ledger.merkle import Growth
from schemas import golden
from tests.broker import fresh_place
from tests.interfaces.planted import make
from tests.ledger.relaying.streams import relay

PARTS = Path(__file__).parents[1] / "javascript"


@cache
def modules() -> Path | str:
    """Return the folder of the modules, fetched if need be; or why there is none."""
    missing = [program for program in ("node", "npm") if shutil.which(program) is None]
    if missing:
        return f"no JavaScript: {' and '.join(missing)} not installed"
    lock = (PARTS / "package-lock.json").read_bytes()
    cached = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ledger1540"
    folder = cached / f"javascript-{hashlib.sha256(lock).hexdigest()[:12]}"
    cached.mkdir(parents=True, exist_ok=True)
    with (cached / "javascript.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not (folder / "whole").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            for name in ("package.json", "package-lock.json"):
                shutil.copy(PARTS / name, folder / name)
            words = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run(words, check=False, cwd=folder, capture_output=True, text=True)
            if done.returncode != 0:
                return f"no JavaScript: npm could not fetch its modules: {done.stderr.strip()[-300:]}"
            (folder / "whole").touch()
    return folder


def stranger(*words: str) -> Any:
    """Return what the stranger says; skips where it cannot run, and fails in CI."""
    found = modules()
    if isinstance(found, str):
        if os.environ.get("CI") == "true":
            pytest.fail(found)
        pytest.skip(found)
    asked = ["node", str(PARTS / "stranger.js"), str(found), str(golden.folder()), *words]
    done = subprocess.run(asked, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_stranger_reads_every_frozen_value_and_writes_it_again_to_the_same_bytes() -> None:
    tree = Growth(0, [])
    for kind in TYPES:
        name, _, version = kind.partition("@")
        for instance in golden.instances(name, int(version)):
            tree.append(bytes.fromhex(instance.leaf))
    assert stranger("files", *TYPES) == {"events": tree.size, "root": tree.root().hex()}


def test_a_stranger_reads_the_topic_to_the_root_of_the_record(tmp_path: Path) -> None:
    place = fresh_place()
    with make(tmp_path / "home") as record:
        relay(record, place)
        told = stranger(place.servers, place.record, str(record.last_position))
        assert told == {"events": record.last_position, "root": record.root().hex()}
