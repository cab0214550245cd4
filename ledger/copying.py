"""A record moved whole from one database to another: every stored byte as it is, and verified on arrival."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eventsourcing.persistence import PersistenceError

from domain.refusals import Conflict, Refusal
from ledger import archive, opening, tables
from ledger.access_log import AccessLog
from ledger.address import Address, SQLiteAddress
from ledger.database import Snapshot
from ledger.documents import Documents
from ledger.refusals import CopyDiffers, RecordAbsent, RecordExists, RecordUnavailable
from ledger.rules import Rules
from ledger.tables import Table
from ledger.verify import Report, Verification

COPIED = tuple(table for table in tables.ALL if table is not tables.ARCHIVE)
PROGRESS_EVERY = 5_000
Progress = Callable[[int], None]


class Place:
    """A record's database and the folder that its documents are in."""

    def __init__(self, address: Address, home: Path) -> None:
        self.address = address
        self.home = home

    def documents(self) -> Documents:
        """Return the store of documents."""
        return Documents(self.home / archive.DOCUMENTS)


def copy(
    source: Place,
    target: Place,
    *,
    owner: Address | None = None,
    rules: Rules | None = None,
    progress: Progress | None = None,
) -> Report:
    """Make a copy of a record at `target`, where none may be, and return what verification of it came to.

    What the source holds when the copying begins is copied, while others go on recording there. Nothing is left at
    the target where it fails.

    Raises:
        RecordAbsent: there is no record at the source.
        RecordExists: there is one at the target.
        Conflict: source and target are one place.
        RecordUnavailable: a database cannot be reached, or written to.
        CopyDiffers: what arrived is not sound; neither, then, is the source.
    """
    if _same(source.address, target.address):
        raise Conflict(
            f"{source.address} would be copied onto itself", where="target", remedy="name a place where no record is"
        )
    with _of("source", "name a place where a record is"):
        made = opening.read(source.address)
    with _of("target", "name a place where no record is"):
        opening.make(target.home, target.address, made, owner=owner)
    try:
        _fill(source, target, progress)
        check = Verification(target.home, address=target.address, rules=rules)
        first = next(iter(check), None)
        if first is not None:
            raise CopyDiffers(
                f"what arrived is not sound: {first}", remedy="run `ledger1540 verify` where it comes from"
            )
    except BaseException as error:
        opening.unmake(target.address, owner=owner)
        if isinstance(error, PersistenceError):
            raise RecordUnavailable(f"the record could not be copied: {error}") from error
        raise
    return check.report()


def _same(source: Address, target: Address) -> bool:
    if isinstance(source, SQLiteAddress) and isinstance(target, SQLiteAddress):
        return source.path.resolve() == target.path.resolve()
    return source == target


@contextmanager
def _of(side: str, other_place: str) -> Generator[None]:
    """Say of which of the two places something is told; what is said of its owner is left so."""
    try:
        yield
    except (RecordAbsent, RecordExists) as refusal:
        raise type(refusal)(refusal.what, where=side, remedy=other_place) from None
    except RecordUnavailable as refusal:
        raise (refusal if refusal.where == "owner" else refusal.at(side)) from None
    except Refusal as refusal:
        raise refusal.at(side) from None


def _fill(source: Place, target: Place, progress: Progress | None) -> None:
    with opening.snapshot(source.address) as snapshot:
        database = opening.database(target.address)
        try:
            with database.immediate():
                for table in COPIED:
                    rows = _rows(snapshot, table)
                    database.load(table, _told(rows, progress) if table is tables.EVENTS else rows)
                    if table is tables.EVENTS:
                        (size,) = snapshot.row("SELECT coalesce(max(position), 0) FROM events")
                        if size:
                            database.moved_to(size)
        finally:
            database.close()
    # After the rows: a document is stored before the event that names it, so all that the rows name are there.
    if source.home.resolve() != target.home.resolve():
        _copy_documents(source.documents(), target.documents())
        AccessLog(source.home).copy_to(AccessLog(target.home))


def _rows(snapshot: Snapshot, table: Table) -> Iterator[Any]:
    columns, key = ", ".join(table.columns), ", ".join(table.key)
    return snapshot.rows(f"SELECT {columns} FROM {table.name} ORDER BY {key}")  # noqa: S608 - our own tables


def _told(rows: Iterator[Any], progress: Progress | None) -> Iterator[Any]:
    for count, row in enumerate(rows, 1):
        if progress is not None and count % PROGRESS_EVERY == 0:
            progress(count)
        yield row


def _copy_documents(source: Documents, target: Documents) -> None:
    for path in source.files():
        target.take(path)
