"""A published log as a folder that any file server may serve: read as a stranger reads it, written piece by piece."""

import os
from pathlib import Path

from ledger.documents import sync_folder
from ledger.vault.private_files import INCOMING

CHECKPOINT = "checkpoint"
_READABLE = 0o644


class Folder:
    """The files of a published log, by the paths that C2SP gives them."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str) -> bytes | None:
        """Return a file, or None where it is not there."""
        try:
            return (self.path / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def holds(self, name: str, length: int | None) -> bool:
        """Return whether a file is there, and as long as it should be where that is known."""
        try:
            found = (self.path / name).stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            return False
        return length is None or found == length

    def write(self, name: str, data: bytes) -> None:
        """Write a file, durably; whoever reads meanwhile finds it whole or finds what was there before."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{INCOMING}{path.name}")
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_READABLE)
        temporary.replace(path)
        sync_folder(path.parent)

    def full_and_partial(self, name: str) -> list[str]:
        """Return the names under which a tile is there: in full, and in part."""
        partial = self.path / f"{name}.p"
        parts = sorted(f"{name}.p/{each.name}" for each in partial.iterdir()) if partial.is_dir() else []
        return [name, *parts] if (self.path / name).exists() else parts

    def remove_partial(self, name: str) -> None:
        """Remove the partial files of a tile that is there in full."""
        folder = self.path / f"{name}.p"
        if folder.is_dir():
            for each in folder.iterdir():
                each.unlink()
            folder.rmdir()
