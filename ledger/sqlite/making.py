"""Making a database file, and reading what one says of itself."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from ledger import archive
from ledger.documents import sync_folder
from ledger.refusals import NotOurRecord, RecordExists
from ledger.sqlite.connecting import connect
from ledger.sqlite.database import APPLICATION_ID, create


def make(path: Path, found: archive.Archive) -> None:
    """Make an empty record in a file; it appears whole or not at all.

    Raises:
        RecordExists: the file is there already.
    """
    if path.exists():
        raise RecordExists(f"there is a record in {path.parent} already", remedy="choose another LEDGER1540_HOME")
    temporary = path.with_name(f".{path.name}-{os.getpid()}")
    temporary.unlink(missing_ok=True)
    try:
        create(temporary)
        connection = connect(temporary, "")
        connection.execute("INSERT INTO archive VALUES (?, ?, ?, ?, ?)", found.row())
        connection.close()
        try:
            path.hardlink_to(temporary)
        except FileExistsError:
            raise RecordExists(f"there is a record in {path.parent} already") from None
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def read(path: Path) -> tuple[archive.Row, archive.Row | None]:
    """Return what a file says of itself, and the opening of its log if that is not its first.

    Raises:
        RecordAbsent: there is no file.
        NotOurRecord: it is something else.
    """
    if not path.is_file():
        raise archive.absent(path.parent)
    try:
        connection = connect(path, "")
        try:
            (mark,) = connection.execute("PRAGMA application_id").fetchone()
            row: archive.Row | None = connection.execute(archive.WHOLE).fetchone() if mark == APPLICATION_ID else None
            opened = _opened(connection)
        finally:
            connection.close()
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise archive.unreadable(path, error) from None
    if row is None:
        raise NotOurRecord(f"{path} is not a record")
    return row, opened


def _opened(connection: sqlite3.Connection) -> archive.Row | None:
    with suppress(sqlite3.DatabaseError, UnicodeDecodeError):  # the events may be damaged, which `verify` names
        found: archive.Row | None = connection.execute(archive.OPENED).fetchone()
        return found
    return None


def settle(path: Path) -> None:
    """Leave a database file whole in itself: nothing beside it belongs to it, nor is put there by reading it."""
    connection = connect(path, "")
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
