"""What a record says of itself, and the refusals where there is none."""

import re
from pathlib import Path

import msgspec
from eventsourcing.persistence import PersistenceError

from domain.header import FORMAT
from ledger.address import Address, SQLiteAddress
from ledger.clock import Clock
from ledger.refusals import NotOurRecord, OriginUnfit, RecordAbsent

DATABASE = "record.sqlite"
DOCUMENTS = "documents"
SIMULATION = "/simulation"
_ORIGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


class Archive(msgspec.Struct, frozen=True):
    """The one row in which a record says what it is."""

    format: int
    origin: str
    seed: int | None

    def row(self) -> tuple[int, int, str, str | None]:
        """Return it as it is stored."""
        return (1, self.format, self.origin, None if self.seed is None else str(self.seed))


Row = tuple[int, str, str | None]
COLUMNS = "format, origin, seed"


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
        raise OriginUnfit(f"a seed belongs to an origin ending in {SIMULATION}, and to no other", where="origin")
    if clock.simulated and not simulation:
        raise OriginUnfit(f"a simulated clock needs an origin ending in {SIMULATION}", where="origin")


def seeded_as_named(origin: str, seed: int | None) -> bool:
    """Return whether there is a seed where the origin says that this is a simulation, and nowhere else."""
    return origin.endswith(SIMULATION) == (seed is not None)


def of_row(row: Row, address: Address) -> Archive:
    """Return what a row says of the record at an address.

    Raises:
        NotOurRecord: it is of another format, or its seed is no number.
    """
    if row[0] != FORMAT:
        raise NotOurRecord(f"{address} is of format {row[0]}; this program knows format {FORMAT}")
    if _ORIGIN.fullmatch(row[1]) is None:
        raise NotOurRecord(f"{address} is called {row[1]!r}, which is no origin")
    try:
        return Archive(row[0], row[1], None if row[2] is None else int(row[2]))
    except ValueError:
        raise NotOurRecord(f"{address} names {row[2]!r} as its seed, which is no number") from None


def absent(place: object) -> RecordAbsent:
    """Return the refusal that says that there is no record."""
    return RecordAbsent(
        f"there is no record in {place}",
        remedy="make one with `ledger1540 init`, or set LEDGER1540_HOME or LEDGER1540_DATABASE",
    )


def unreadable(place: object, error: Exception) -> NotOurRecord:
    """Return the refusal that says that what is there is no record."""
    found = error.__cause__ or error if isinstance(error, PersistenceError) else error
    return NotOurRecord(f"{place} cannot be read as a record: {found}")
