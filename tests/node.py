"""Programs in JavaScript, run with modules that npm fetches once, by the checksums of the lock, into the user's cache.

Where there is no node, no npm or no registry, their tests are skipped, and failed in CI.
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

PARTS = Path(__file__).parent / "javascript"


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


def run(program: str, *words: str) -> Any:
    """Return what a program says, as JSON; skips where it cannot run, and fails in CI."""
    found = modules()
    if isinstance(found, str):
        if os.environ.get("CI") == "true":
            pytest.fail(found)
        pytest.skip(found)
    asked = ["node", str(PARTS / program), str(found), *words]
    done = subprocess.run(asked, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
