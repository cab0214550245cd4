"""Files that only their owner reads: written whole or not at all, and overwritten before they are deleted."""

import os
import tempfile
from pathlib import Path

from ledger.documents import sync_folder

INCOMING = ".incoming-"


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner enters."""
    folder.mkdir(mode=0o700, parents=True)


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, durably.

    Raises:
        FileExistsError: it is there.
    """
    handle, name = tempfile.mkstemp(prefix=INCOMING, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(temporary)
    finally:
        temporary.unlink()
    sync_folder(path.parent)


def write_over(path: Path, data: bytes) -> None:
    """Write a file in place of the one that is there, durably: a crash leaves the one or the other."""
    handle, name = tempfile.mkstemp(prefix=INCOMING, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def destroy(path: Path) -> None:
    """Overwrite a file and delete it, durably; what is half destroyed is destroyed by doing it again."""
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    sync_folder(path.parent)
