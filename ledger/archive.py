"""The home of a record: making it, finding it, and what its database says of itself."""

import os
import re
import sqlite3
from pathlib import Path

import msgspec

from domain.header import FORMAT
from ledger.clock import Clock
from ledger.database import APPLICATION_ID, connect, create
from ledger.documents import sync_folder
from ledger.refusals import NotOurRecord, OriginUnfit, RecordAbsent, RecordExists

DATABASE = "record.sqlite"
SIMULATION = "/simulation"
_ORIGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


class Archive(msgspec.Struct, frozen=True):
    """The one row in which a record says what it is."""

    format: int
    origin: str
    seed: int | None


def check_origin(origin: str, seed: int | None, clock: Clock) -> None:
    """Refuse an origin that does not fit.

    Raises:
        OriginUnfit: not a plain name, or simulated where it must be real, or real where it must be simulated.
    """
    if _ORIGIN.fullmatch(origin) is None:
        raise OriginUnfit(f"{origin!r} is no origin", where="origin", remedy="such as example.org/ledger1540/1")
    simulation = origin.endswith(SIMULATION)
    if simulation != (seed is not None):
        raise OriginUnfit(f"a seed belongs to an origin ending in {SIMULATION}, and to no other", where="origin")
    if clock.simulated and not simulation:
        raise OriginUnfit(f"a simulated clock needs an origin ending in {SIMULATION}", where="origin")


def make(home: Path, archive: Archive) -> None:
    """Make an empty record; it appears whole or not at all.

    Raises:
        RecordExists: there is one already.
    """
    path = home / DATABASE
    if path.exists():
        raise RecordExists(f"there is a record in {home} already", remedy="choose another LEDGER1540_HOME")
    home.mkdir(parents=True, exist_ok=True)
    (home / "documents").mkdir(exist_ok=True)
    temporary = home / f".{DATABASE}-{os.getpid()}"
    temporary.unlink(missing_ok=True)
    try:
        create(temporary)
        seed = None if archive.seed is None else str(archive.seed)
        connection = connect(temporary, "")
        connection.execute("INSERT INTO archive VALUES (1, ?, ?, ?)", (archive.format, archive.origin, seed))
        connection.close()
        try:
            path.hardlink_to(temporary)
        except FileExistsError:
            raise RecordExists(f"there is a record in {home} already") from None
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(home)


def read(home: Path) -> Archive:
    """Return what the record in `home` says of itself.

    Raises:
        RecordAbsent: there is none.
        NotOurRecord: the file is something else, or of another format.
    """
    path = home / DATABASE
    if not path.is_file():
        raise RecordAbsent(
            f"there is no record in {home}", remedy="make one with `ledger1540 init`, or set LEDGER1540_HOME"
        )
    try:
        connection = connect(path, "")
        try:
            (mark,) = connection.execute("PRAGMA application_id").fetchone()
            row = (
                connection.execute("SELECT format, origin, seed FROM archive").fetchone()
                if mark == APPLICATION_ID
                else None
            )
        finally:
            connection.close()
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise NotOurRecord(f"{path} cannot be read as a record: {error}") from None
    if row is None:
        raise NotOurRecord(f"{path} is not a record")
    if row[0] != FORMAT:
        raise NotOurRecord(f"{path} is of format {row[0]}; this program knows format {FORMAT}")
    return Archive(row[0], row[1], None if row[2] is None else int(row[2]))
