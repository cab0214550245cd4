"""The database file: one connection that writes, under a lock that spans processes, and connections that read."""

import sqlite3
from collections import deque
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock, get_ident
from typing import Any

from eventsourcing import persistence

Value = str | int | bytes | None
BUSY_SECONDS = 60.0
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
_TRANSLATED: tuple[tuple[type[sqlite3.Error], type[persistence.PersistenceError]], ...] = (
    (sqlite3.IntegrityError, persistence.IntegrityError),
    (sqlite3.OperationalError, persistence.OperationalError),
    (sqlite3.ProgrammingError, persistence.ProgrammingError),
    (sqlite3.DataError, persistence.DataError),
    (sqlite3.InternalError, persistence.InternalError),
    (sqlite3.NotSupportedError, persistence.NotSupportedError),
    (sqlite3.InterfaceError, persistence.InterfaceError),
    (sqlite3.DatabaseError, persistence.DatabaseError),
    (sqlite3.Error, persistence.PersistenceError),
)


@contextmanager
def translated() -> Generator[None]:
    """Raise the library's exceptions in place of the driver's."""
    try:
        yield
    except sqlite3.Error as error:
        raise of_the_library(error) from error


def of_the_library(error: sqlite3.Error) -> persistence.PersistenceError:
    """Return the library's exception for one of the driver's."""
    for driver, library in _TRANSLATED:
        if isinstance(error, driver):
            return library(error)
    return persistence.PersistenceError(error)


def connect(path: Path, pragmas: str) -> sqlite3.Connection:
    """Open an existing database file in autocommit mode; transactions are begun by name."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.executescript(pragmas)
    return connection


def create(path: Path) -> None:
    """Make an empty database file with the record's tables in it."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.executescript(f"BEGIN IMMEDIATE;\n{SCHEMA.read_text(encoding='utf-8')}\nCOMMIT;")
    finally:
        connection.close()


class Database:
    """One database file, for all threads of a process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer = connect(path, _WRITER)
        self._lock = RLock()
        self._holder: int | None = None
        self._idle: deque[sqlite3.Connection] = deque()
        self._closed = False

    def forgo_durability(self) -> None:
        """Commit without waiting for the disk: for a simulation, which its seed makes again."""
        self._writer.execute("PRAGMA synchronous = OFF")

    @property
    def held(self) -> bool:
        """True where this thread holds the lock."""
        return self._holder == get_ident()

    @property
    def open(self) -> bool:
        """True while a transaction is open; a full disk, for one, makes SQLite roll all of it back by itself."""
        return self._writer.in_transaction

    @contextmanager
    def immediate(self) -> Generator[sqlite3.Connection]:
        """Hold the lock that sequences all writers of all processes, in one transaction.

        `BEGIN IMMEDIATE` takes SQLite's write lock at once: a deferred one would fail with "database is locked"
        as soon as a second writer had read.
        """
        with self._lock:
            self._writer.execute("BEGIN IMMEDIATE")
            self._holder = get_ident()
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise
            finally:
                self._holder = None

    def writing(self) -> sqlite3.Connection:
        """Return the connection that writes; this thread must hold the lock."""
        if not self.held:
            raise persistence.ProgrammingError("the record is written under the sequencer's lock")
        return self._writer

    def rows(self, statement: str, values: Sequence[Value] = ()) -> list[Any]:  # Any: columns are as selected
        """Return the rows of a query; the lock's holder sees what it has not yet committed."""
        connection = self._writer if self.held else self._borrow()
        try:
            return connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise of_the_library(error) from error
        finally:
            if connection is not self._writer:
                self._give_back(connection)

    def row(self, statement: str, values: Sequence[Value] = ()) -> Any:
        """Return the first row of a query, or None."""
        found = self.rows(statement, values)
        return found[0] if found else None

    def _borrow(self) -> sqlite3.Connection:
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

    def close(self) -> None:
        """Close every connection."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()
        self._writer.close()
