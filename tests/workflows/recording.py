"""Records the histories of scenes that have none (`python -m tests.workflows.recording`); one that exists stays."""

import hashlib
import json
import os
import socket
import sys
import tempfile
from pathlib import Path

from tests.workflows.scenes import SCENES, lived

FOLDER = Path(__file__).parent / "histories"
INDEX = FOLDER / "index.json"
"""The SHA-256 of every history that was ever recorded."""


HERE = f"{os.getpid()}@{socket.gethostname()}"
"""As whom a worker names itself to the server."""


def histories() -> list[Path]:
    """Return every history, in order."""
    return sorted(FOLDER.glob("*/*.json"))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def index() -> dict[str, str]:
    """Return the hashes of the histories that were recorded, by kind and scene."""
    found: dict[str, str] = json.loads(INDEX.read_bytes()) if INDEX.exists() else {}
    return found


def main() -> None:
    """Record what is missing."""
    known = index()
    for name in SCENES:
        path = FOLDER / f"{name}.json"
        if name in known or path.exists():
            continue
        with tempfile.TemporaryDirectory() as home:
            history = json.loads(lived(name, Path(home) / "home").replace(HERE, "worker"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(history, indent=1) + "\n", "utf-8")
        known[name] = sha256(path)
        INDEX.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", "utf-8")
        sys.stdout.write(f"recorded: {name}\n")


if __name__ == "__main__":
    main()
