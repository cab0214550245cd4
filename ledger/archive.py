"""What a record says of itself, and the refusals where there is none."""

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from eventsourcing.persistence import PersistenceError

from domain.header import FORMAT, decode_body
from domain.log_keys import STREAM, LogOpened
from domain.refusals import Refusal
from ledger.address import Address, SQLiteAddress
from ledger.clock import Clock
from ledger.refusals import NotOurRecord, OriginUnfit, RecordAbsent, RecordUnavailable

DATABASE = "record.sqlite"
DOCUMENTS = "documents"
SIMULATION = "/simulation"
LAYOUT = 2
"""How the tables are laid out; the format of events is another thing, and outlives it."""
_ORIGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


class Archive(msgspec.Struct, frozen=True):
    """The one row in which a record says what it is."""

    format: int
    origin: str
    seed: int | None

    def row(self) -> tuple[int, int, str, str | None, int]:
        """Return it as it is stored."""
        return (1, self.format, self.origin, None if self.seed is None else str(self.seed), LAYOUT)


Row = Sequence[Any]  # Any: columns are as selected
WHOLE = "SELECT * FROM archive"
"""Whatever columns there are: a record of another layout may have fewer of them."""
OPENED = f"""SELECT b.body FROM events AS e JOIN bodies AS b USING (position)
WHERE e.stream = '{STREAM}' AND e.topic = '{LogOpened.topic()}' ORDER BY e.version DESC LIMIT 1"""  # noqa: S608
"""The event that opened the log which the record goes on under; without one the log is that of the archive's row."""


def in_home(home: Path) -> SQLiteAddress:
    """Return where the database is if nothing else is said."""
    return SQLiteAddress(home / DATABASE)


def check_origin(origin: str, seed: int | None, clock: Clock) -> None:
    """Refuse an origin that does not fit.

    Raises:
        OriginUnfit: not a plain name, or simulated where it must be real, or real where it must be simulated.
    """
    if _ORIGIN.fullmatch(origin) is None:
        raise OriginUnfit(f"{origin!r} is no origin", where="origin", remedy="such as example.org/ledger1540/1")
    simulation = origin.endswith(SIMULATION)
    if not seeded_as_named(origin, seed):
        raise OriginUnfit(
            f"a seed belongs to an origin ending in {SIMULATION}, and to no other; this is {origin}",
            where="origin",
            remedy="say the seed that it was made from (--seed)" if simulation else "leave the seed away",
        )
    if clock.simulated and not simulation:
        raise OriginUnfit(f"a simulated clock needs an origin ending in {SIMULATION}", where="origin")


def seeded_as_named(origin: str, seed: int | None) -> bool:
    """Return whether there is a seed where the origin says that this is a simulation, and nowhere else."""
    return origin.endswith(SIMULATION) == (seed is not None)


def of_row(row: Row, address: Address) -> Archive:
    """Return what a row says of the record at an address.

    Raises:
        NotOurRecord: it is of another format or laid out otherwise, or its seed is no number.
    """
    if tuple(row[4:]) != (LAYOUT,):
        raise NotOurRecord(
            f"the tables in {address} are laid out as another version of this program does it",
            remedy="read them with the version that made them, and record the commands anew with this one",
        )
    _, known, origin, seed, _ = row
    if known != FORMAT:
        raise NotOurRecord(f"{address} is of format {known}; this program knows format {FORMAT}")
    if not isinstance(origin, str) or _ORIGIN.fullmatch(origin) is None:
        raise NotOurRecord(f"{address} is called {origin!r}, which is no origin")
    try:
        return Archive(known, origin, None if seed is None else int(seed))
    except ValueError:
        raise NotOurRecord(f"{address} names {seed!r} as its seed, which is no number") from None


def under_its_log(found: Archive, opened: Row | None) -> Archive:
    """Return what a record says of itself under the name of the log that was opened last."""
    if opened is None:
        return found
    try:
        return msgspec.structs.replace(found, origin=decode_body(opened[0], LogOpened).to_log)
    except Refusal:  # `verify` names what is wrong with it
        return found


def absent(place: object) -> RecordAbsent:
    """Return the refusal that says that there is no record."""
    return RecordAbsent(
        f"there is no record in {place}",
        remedy="make one with `ledger1540 init`, or set LEDGER1540_HOME or LEDGER1540_DATABASE",
    )


_DISK = ("SQLITE_IOERR", "SQLITE_FULL", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_BUSY", "SQLITE_NOMEM")


def unreadable(place: object, error: Exception) -> Refusal:
    """Return the refusal that says that what is there is no record, or that its disk does not let it be read."""
    found = error.__cause__ or error if isinstance(error, PersistenceError) else error
    if isinstance(found, sqlite3.Error) and getattr(found, "sqlite_errorname", "").startswith(_DISK):
        return RecordUnavailable(
            f"{place} cannot be opened: {found}", remedy="see whether its disk is full, and whether you may write there"
        )
    return NotOurRecord(f"{place} cannot be read as a record: {found}")
