"""The database file: one connection that writes, and connections that read."""

import sqlite3
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from eventsourcing.persistence import DataError, OperationalError, ProgrammingError

from ledger.columns import Columns
from ledger.database import Database, Value, markers, of_the_library
from ledger.sqlite.connecting import connect, is_writable, refuse_to_write
from ledger.sqlite.snapshot import SQLiteSnapshot
from ledger.sqlite.watch import SQLiteWatch
from ledger.tables import Table

APPLICATION_ID = 0x31353430  # "1540" in ASCII, so that `file` can tell what it is
SCHEMA = Path(__file__).with_name("schema.sql")
_WRITER = """
PRAGMA synchronous = FULL;
PRAGMA recursive_triggers = ON;
PRAGMA cache_size = -65536;
PRAGMA journal_size_limit = 67108864;
"""
_READER = """
PRAGMA query_only = ON;
PRAGMA cache_size = -32768;
"""
_OFFERING = """
PRAGMA busy_timeout = 0;
PRAGMA synchronous = NORMAL;
"""
_DURABLE = 2
_LOADED_AT_ONCE = 10_000


@contextmanager
def translated() -> Generator[None]:
    """Raise the library's exceptions in place of the driver's."""
    try:
        yield
    except sqlite3.Error as error:
        raise of_the_library(error) from error


def create(path: Path) -> None:
    """Make an empty database file with the record's tables in it."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.executescript(f"BEGIN IMMEDIATE;\n{SCHEMA.read_text(encoding='utf-8')}\nCOMMIT;")
    finally:
        connection.close()


@contextmanager
def snapshot(path: Path) -> Generator[SQLiteSnapshot]:
    """Open what is committed now in a database file, to read it whole."""
    with translated():
        connection = connect(path, "PRAGMA query_only = ON; PRAGMA cache_size = -65536;")
    try:
        connection.execute("BEGIN")
        yield SQLiteSnapshot(connection, path, SCHEMA)
    finally:
        connection.close()


@cache
def _insertion(table: Table) -> str:
    return f"INSERT INTO {table.name} VALUES ({markers(len(table.columns))})"  # noqa: S608 - our own tables


class SQLiteDatabase(Database):
    """One database file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._writer = connect(path, _WRITER)
        self._idle: deque[sqlite3.Connection] = deque()
        self._closed = False

    @property
    def open(self) -> bool:
        """True while a transaction is open; a full disk, for one, makes SQLite roll all of it back by itself."""
        return self._writer.in_transaction

    def _begin(self) -> None:
        # IMMEDIATE takes SQLite's write lock at once: a deferred transaction would fail with "database is locked"
        # as soon as a second writer had read.
        if not is_writable(self.path):
            raise refuse_to_write(self.path)
        with translated():
            self._writer.execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        with translated():
            self._writer.execute("COMMIT")

    def _roll_back(self) -> None:
        if self._writer.in_transaction:
            self._writer.execute("ROLLBACK")

    def size(self) -> int:
        """Return the last position, or 0."""
        found: int | None = self.row("SELECT max(position) FROM events")[0]
        return found or 0

    @contextmanager
    def savepoint(self) -> Generator[None]:
        """Undo what is nested in it, and nothing else, if that raises."""
        self.require_held()
        self._writer.execute("SAVEPOINT command")
        try:
            yield
        except BaseException:
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK TO command")
                self._writer.execute("RELEASE command")
            raise
        self._writer.execute("RELEASE command")

    def insert(self, table: Table, rows: Sequence[Sequence[Value]]) -> None:
        """Insert rows."""
        self._each(_insertion(table), rows)

    def move_heads(self, heads: Sequence[tuple[str, int, bytes]]) -> None:
        """Set the heads of streams that have one."""
        self._each("UPDATE heads SET version = ?2, leaf = ?3 WHERE stream = ?1", heads)

    def _each(self, statement: str, rows: Sequence[Sequence[Value]]) -> None:
        self.require_held()
        if rows:
            try:
                self._writer.executemany(statement, rows)
            except sqlite3.Error as error:
                raise of_the_library(error) from error

    def execute(self, statement: str, values: Sequence[Value] = ()) -> None:
        """Execute a statement that returns nothing."""
        self._each(statement, [values])

    def moved_to(self, position: int) -> None:
        """Do nothing: the file's own version tells followers."""

    def dispose(self, positions: Sequence[int]) -> None:
        """Delete bodies, overwriting their bytes in the file, and empty the write-ahead log."""
        self._writer.execute("PRAGMA secure_delete = ON")
        try:
            with self.immediate():
                self._each("DELETE FROM bodies WHERE position = ?", [(each,) for each in positions])
            with translated():
                (busy, *_) = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            self._writer.execute("PRAGMA secure_delete = OFF")
        if busy:
            raise OperationalError("others are reading the record, and what they read still holds what was disposed of")

    def offer(self, statement: str, values: Sequence[Value] = ()) -> bool:
        """Write to a derived table, unless someone else is writing just now or nothing can be written."""
        if not is_writable(self.path):
            return False
        with translated():
            connection = connect(self.path, _OFFERING)
        try:
            with translated():
                connection.execute(statement, values)
        except OperationalError:
            return False
        finally:
            connection.close()
        return True

    def rows(self, statement: str, values: Sequence[Value] = ()) -> list[Any]:
        """Return the rows of a query; the lock's holder sees what it has not yet committed."""
        connection = self._writer if self.held else self._borrow()
        try:
            found = connection.execute(statement, values)
            rows = found.fetchall()
        except (sqlite3.Error, MemoryError) as error:  # a damaged length can be larger than any memory
            raise of_the_library(error) from error
        finally:
            if connection is not self._writer:
                self._give_back(connection)
        columns = Columns(each[0] for each in found.description)
        for row in rows:
            if (wrong := columns.wrong(row)) is not None:
                raise DataError(columns.told(row, wrong))
        return rows

    def holds(self, column: str) -> str:
        """Return the condition that the bytes in a column hold those of a value."""
        return f"instr({column}, ?) > 0"

    def _borrow(self) -> sqlite3.Connection:
        if self._closed:
            raise ProgrammingError("the database was closed")
        try:
            return self._idle.pop()
        except IndexError:
            with translated():
                return connect(self.path, _READER)

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if self._closed:
            connection.close()
        else:
            self._idle.append(connection)

    def snapshot(self) -> AbstractContextManager[SQLiteSnapshot]:
        """Open what is committed now, to read it whole."""
        return snapshot(self.path)

    def watch(self) -> SQLiteWatch:
        """Begin to watch for what is recorded."""
        return SQLiteWatch(connect(self.path, "PRAGMA query_only = ON;"))

    def forgo_durability(self) -> None:
        """Commit without waiting for the disk."""
        self._writer.execute("PRAGMA synchronous = OFF")

    def durable(self) -> bool:
        """Return whether a commit waits until it is on disk."""
        number: int = self._writer.execute("PRAGMA synchronous").fetchone()[0]
        return number >= _DURABLE

    def load(self, table: Table, rows: Iterable[Sequence[Value]]) -> int:
        """Insert many rows quickly, under the lock, and return how many."""
        count = 0
        rest = iter(rows)
        while page := list(islice(rest, _LOADED_AT_ONCE)):
            self.insert(table, page)
            count += len(page)
        return count

    def close(self) -> None:
        """Close every connection."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()
        self._writer.close()
