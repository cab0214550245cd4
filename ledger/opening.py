"""Opening the database at an address, of whichever kind; what the other kind needs is not imported."""

from contextlib import AbstractContextManager

from ledger.address import Address, SQLiteAddress
from ledger.database import Database, Snapshot


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
