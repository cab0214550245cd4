"""The record on SQLite, as the event-sourcing library's persistence module: `PERSISTENCE_MODULE=ledger.sqlite`."""

from pathlib import Path

from ledger import factory
from ledger.sqlite.database import SQLiteDatabase


class SQLiteRecordFactory(factory.RecordFactory):
    """Makes the recorders of one database file, named by `SQLITE_DBNAME`; the file must be there."""

    SQLITE_DBNAME = "SQLITE_DBNAME"

    def _database(self) -> SQLiteDatabase:
        name = self.env.get(self.SQLITE_DBNAME)
        if not name:
            raise OSError(f"{self.SQLITE_DBNAME} names no database")
        return SQLiteDatabase(Path(name))
