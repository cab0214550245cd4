"""One committed state of a database file, for verification and copies."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from eventsourcing.persistence import DataError, PersistenceError

from ledger.columns import Columns
from ledger.database import Damaged, Snapshot, Value, of_the_library
from ledger.sqlite.placing import placed

_ROOTS = "SELECT rootpage, tbl_name FROM sqlite_master WHERE rootpage"
_BEFORE_DISPOSALS = """CREATE TRIGGER bodies_stay BEFORE DELETE ON bodies BEGIN
    SELECT RAISE(ABORT, 'append-only: bodies are deleted by a recorded disposal alone');
END"""
_MADE = "SELECT name, type, tbl_name, sql FROM sqlite_master"


class SQLiteSnapshot(Snapshot):
    """Reads inside one open transaction."""

    def __init__(self, connection: sqlite3.Connection, path: Path, schema: Path) -> None:
        self._connection = connection
        self._path = path
        self._check_failed = False
        self._schema = schema
        # Text that is no longer UTF-8 must be a difference to be found, not an exception of the driver.
        connection.text_factory = _lenient

    def rows(self, statement: str, values: Sequence[Value] = ()) -> Iterator[Any]:
        """Yield the rows of a query as they come."""
        try:
            found = self._connection.execute(statement, values)
            columns = Columns(each[0] for each in found.description)
            for row in found:
                wrong = columns.wrong(row)
                if wrong is None:
                    yield row
                elif self.aside is None:
                    raise DataError(columns.told(row, wrong))
                else:
                    self.aside.append(wrong)
        except (sqlite3.Error, MemoryError) as error:  # a damaged length can be larger than any memory
            raise of_the_library(error) from error

    def has(self, table: str) -> bool:
        """Return whether there is a table of that name."""
        return self.row("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)) is not None

    def broken_structure(self) -> Iterator[Damaged]:
        """Yield what SQLite finds wrong: pages that do not hang together, indexes that differ from their tables."""
        roots: dict[int, str] = dict(self.rows(_ROOTS))
        yield from placed(self._path, {**roots, 1: "sqlite_schema"}, self._told(""))
        if self._check_failed:
            for table in sorted(set(roots.values())):
                yield from placed(self._path, roots, self._told(f"'{table}'"))

    def _told(self, table: str) -> Iterator[str]:
        """Yield what the check of a table says, or that of the file, which may fail as a whole."""
        try:
            for (message,) in self.rows(f"PRAGMA integrity_check({table or 20})"):
                if message != "ok":
                    yield message
        except PersistenceError as error:
            self._check_failed = True
            yield f"{f'table {table}' if table else 'the file'} cannot be checked: {error}"

    def missing_guards(self) -> Iterator[str]:
        """Yield the triggers that are not there, and the tables and triggers that are not as they were made."""
        found = {name: made for name, *made in self.rows(_MADE)}
        fresh = sqlite3.connect(":memory:")
        try:
            fresh.executescript(self._schema.read_text(encoding="utf-8"))
            wanted = {name: made for name, *made in fresh.execute(_MADE)}
        finally:
            fresh.close()
        for name, made in wanted.items():
            # A table that is missing is told where it is read; a record made before there were pages has none of these.
            if (
                found.get(name) != made
                and (name in found or made[0] != "table")
                and not _stricter(name, found.get(name))
            ):
                yield name


def _stricter(name: str, made: list[Any] | None) -> bool:
    """Return whether a rule is that of a record made before disposals, which lets no body go at all."""
    return name == "bodies_stay" and made is not None and made[-1] == _BEFORE_DISPOSALS


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "replace")
