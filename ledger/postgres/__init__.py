"""The record on PostgreSQL, as a persistence module of the library: `PERSISTENCE_MODULE=ledger.postgres`."""

from ledger import factory
from ledger.address import postgres_address
from ledger.postgres.database import PostgresDatabase


class PostgresRecordFactory(factory.RecordFactory):
    """Makes the recorders of one schema of a database, named by `POSTGRES_URL`; its tables must be there."""

    POSTGRES_URL = "POSTGRES_URL"

    def _database(self) -> PostgresDatabase:
        url = self.env.get(self.POSTGRES_URL)
        if not url:
            raise OSError(f"{self.POSTGRES_URL} names no database")
        return PostgresDatabase(postgres_address(url))
