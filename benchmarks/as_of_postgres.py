"""Our own record on PostgreSQL, with the versions of the one in a file: what the same questions cost there."""

from pathlib import Path

import psycopg

from benchmarks.versions import ORIGIN, Written
from domain.header import FORMAT
from ledger import opening
from ledger.address import postgres_address
from ledger.archive import Archive
from ledger.copying import COPIED
from ledger.record import Record


def moved(written: Written, home: Path, url: str) -> Record:
    """Return a record in a schema of the database at `url`, with the rows that the one in a file has.

    Its documents are those in `home`. Most of the events are missing, as in the file, so that the rule that they
    follow each other is switched off.
    """
    place = postgres_address(url)
    opening.make(home, place, Archive(FORMAT, ORIGIN, None))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER TABLE ledger1540.events DISABLE TRIGGER events_follow")
    database = opening.database(place)
    with opening.snapshot(written.record.address) as snapshot, database.immediate():
        for table in COPIED:
            columns, key = ", ".join(table.columns), ", ".join(table.key)
            database.load(table, snapshot.rows(f"SELECT {columns} FROM {table.name} ORDER BY {key}"))
        database.moved_to(written.record.last_position)
    database.close()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return Record.open(home, address=place)


def unmade(record: Record) -> None:
    """Close the record and drop its schema."""
    record.close()
    opening.unmake(record.address)
