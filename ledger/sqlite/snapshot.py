"""One committed state of a database file, for verification and copies."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ledger.database import Snapshot, Value, of_the_library


class SQLiteSnapshot(Snapshot):
    """Reads inside one open transaction."""

    def __init__(self, connection: sqlite3.Connection, schema: Path) -> None:
        self._connection = connection
        self._schema = schema
        # Text that is no longer UTF-8 must be a difference to be found, not an exception of the driver.
        connection.text_factory = _lenient

    def rows(self, statement: str, values: Sequence[Value] = ()) -> Iterator[Any]:
        """Yield the rows of a query as they come."""
        try:
            yield from self._connection.execute(statement, values)
        except sqlite3.Error as error:
            raise of_the_library(error) from error

    def has(self, table: str) -> bool:
        """Return whether there is a table of that name."""
        return self.row("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)) is not None

    def broken_structure(self) -> Iterator[str]:
        """Yield what SQLite finds wrong: pages that do not hang together, indexes that differ from their tables."""
        for (message,) in self.rows("PRAGMA integrity_check(20)"):
            if message != "ok":
                yield message

    def missing_guards(self) -> Iterator[str]:
        """Yield the triggers that are not there, or not as they were made."""
        found = dict(self.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        fresh = sqlite3.connect(":memory:")
        try:
            fresh.executescript(self._schema.read_text(encoding="utf-8"))
            wanted = fresh.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        finally:
            fresh.close()
        yield from (name for name, sql in wanted if found.get(name) != sql)


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "replace")
