"""Connecting to a database file, also where neither it nor what lies beside it can be written."""

import os
import sqlite3
from pathlib import Path

from ledger.database import BUSY_SECONDS
from ledger.refusals import RecordUnavailable


def is_writable(path: Path) -> bool:
    """True where a file can be written, and the files that SQLite keeps beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def connect(path: Path, pragmas: str) -> sqlite3.Connection:
    """Open an existing database file in autocommit mode; transactions are begun by name.

    What cannot be written is opened to be read. Where nobody has left a log beside the file, it is taken to stay as it
    is, since SQLite could otherwise not read it without making one.

    Raises:
        RecordUnavailable: what was recorded last lies in such a log, which cannot be read from here.
    """
    mode, log = "mode=rw", path.with_name(f"{path.name}-wal")
    if not is_writable(path):
        mode = "mode=ro" if log.exists() else "mode=ro&immutable=1"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.executescript(pragmas)
        if mode == "mode=ro":
            connection.execute("PRAGMA application_id")
    except sqlite3.OperationalError:
        connection.close()
        if mode != "mode=ro":
            raise
        raise RecordUnavailable(
            f"what was recorded last lies in {log}, which cannot be read where nothing can be written",
            remedy="copy the whole folder to where you may write, and read it there",
        ) from None
    return connection


def refuse_to_write(path: Path) -> RecordUnavailable:
    """Return the refusal to write where nothing can be written."""
    return RecordUnavailable(
        f"{path} cannot be written: it, its folder or its file system is read-only",
        remedy="reading works; to record something, use a home that you may write",
    )
