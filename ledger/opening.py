"""Making, reading and opening the database at an address, of whichever kind; the other kind is not imported."""

from contextlib import AbstractContextManager
from pathlib import Path

from ledger.address import Address, SQLiteAddress
from ledger.archive import DOCUMENTS, Archive, of_row, under_its_log
from ledger.database import Database, Snapshot


def make(home: Path, address: Address, archive: Archive, *, owner: Address | None = None) -> None:
    """Make an empty record; it appears whole or not at all.

    On PostgreSQL `owner` connects as the role that shall own the tables; the role in `address` gets the rights that
    the application needs, and no more.

    Raises:
        RecordExists: there is one already.
        RecordUnavailable: the database cannot be reached, or may not be made.
    """
    home.mkdir(parents=True, exist_ok=True)
    (home / DOCUMENTS).mkdir(exist_ok=True)
    if isinstance(address, SQLiteAddress):
        from ledger.sqlite import making

        making.make(address.path, archive)
    else:
        from ledger.postgres import making as making_there

        making_there.make(address, archive, owner=address if owner is None else owner)


def unmake(address: Address, *, owner: Address | None = None) -> None:
    """Remove the database of a record that could not be begun."""
    if isinstance(address, SQLiteAddress):
        address.path.unlink(missing_ok=True)
    else:
        from ledger.postgres import making as making_there

        making_there.unmake(address, owner=address if owner is None else owner)


def read(address: Address) -> Archive:
    """Return what the record at an address says of itself, under the name of the log that it goes on under.

    Raises:
        RecordAbsent: there is none.
        NotOurRecord: what is there is something else, or of another format.
        RecordUnavailable: the database cannot be reached.
    """
    if isinstance(address, SQLiteAddress):
        from ledger.sqlite import making

        row, opened = making.read(address.path)
    else:
        from ledger.postgres import making as making_there

        row, opened = making_there.read(address)
    return under_its_log(of_row(row, address), opened)


def database(address: Address) -> Database:
    """Open the database at an address, which must have the record's tables."""
    if isinstance(address, SQLiteAddress):
        from ledger.sqlite.database import SQLiteDatabase

        return SQLiteDatabase(address.path)
    from ledger.postgres.database import PostgresDatabase

    return PostgresDatabase(address)


def snapshot(address: Address) -> AbstractContextManager[Snapshot]:
    """Open what is committed now at an address, to read it whole; nothing is opened for writing."""
    if isinstance(address, SQLiteAddress):
        from ledger.sqlite.database import snapshot as of_file

        return of_file(address.path)
    from ledger.postgres.database import snapshot as of_schema

    return of_schema(address)
