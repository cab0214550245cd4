"""The PostgreSQL database: one connection that writes, and a pool of connections that read."""

import hashlib
import logging
import os
from collections.abc import Generator, Iterable, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from threading import Lock
from typing import Any

import psycopg
from psycopg import sql
from psycopg_pool import ConnectionPool

from ledger.address import PostgresAddress
from ledger.database import BUSY_SECONDS, Database, Value
from ledger.postgres.connecting import Connection, Cursor, connect, settings, spelled, translated
from ledger.postgres.snapshot import PostgresSnapshot
from ledger.postgres.watch import PostgresWatch
from ledger.tables import Table

logging.getLogger("psycopg").addHandler(logging.NullHandler())  # connections that were cut are made again untold
_READERS = int(os.environ.get("LEDGER1540_POOL", "8"))
_WRITER = f"""
SET lock_timeout = '{BUSY_SECONDS}s';
SET idle_in_transaction_session_timeout = '10min';
""".encode()
_OFFERING = b"SET lock_timeout = '10ms'; SET synchronous_commit = off"
_ACKNOWLEDGE = b"""SELECT set_config('synchronous_commit', 'on', false)
WHERE current_setting('synchronous_commit') IN ('off', 'local')"""
"""A server or role may be set to acknowledge before the disk has it; the record may not."""


_Statement = tuple[bytes, Sequence[Any] | None]
_COUNTED = 2
"""Which of the statements that begin a transaction tells the last position."""
_WAIT_AT_MOST = 16
"""Statements that wait; a large batch must not pile up in memory."""


@cache
def _insertion(table: Table) -> bytes:
    places = ", ".join(f"%b::{kind}" for kind in table.types)
    return f"INSERT INTO {table.name} VALUES ({places})".encode()  # noqa: S608 - our own tables


@cache
def _insertion_of_many(table: Table) -> bytes:
    places = ", ".join(f"%b::{kind}[]" for kind in table.types)
    return f"INSERT INTO {table.name} SELECT * FROM unnest({places})".encode()  # noqa: S608 - our own tables


_COUNT = b"UPDATE counter SET position = %b WHERE position = %b RETURNING pg_notify(%s, %s)"
_MOVE = b"""UPDATE heads SET version = moved.version, leaf = moved.leaf
FROM unnest(%b::text[], %b::bigint[], %b::bytea[]) AS moved (stream, version, leaf) WHERE heads.stream = moved.stream"""


@contextmanager
def snapshot(address: PostgresAddress) -> Generator[PostgresSnapshot]:
    """Open what is committed now in a record's schema, to read it whole."""
    connection = connect(address, application="ledger1540 snapshot")
    try:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield PostgresSnapshot(connection, address.schema)
    finally:
        connection.close()


class PostgresDatabase(Database):
    """One schema of a database."""

    def __init__(self, address: PostgresAddress) -> None:
        super().__init__()
        self.address = address
        self.channel = f"ledger1540_{address.schema}"
        key = int.from_bytes(hashlib.sha256(address.schema.encode()).digest()[:8], "big", signed=True)
        self._lock_statement = f"SELECT pg_advisory_xact_lock({key})".encode()
        self._relaxed = False
        self._size: int | None = None
        self._waiting: list[_Statement] = []
        self._writer: Connection | None = None
        self._pooled: ConnectionPool[Connection] | None = None
        self._opening = Lock()
        self._closed = False

    # One connection writes; it is made when first needed, and again when it was lost.

    def _connected(self) -> Connection:
        self._require_not_closed()
        writer = self._writer
        if writer is None or writer.closed:
            writer = self._writer = connect(self.address, application="ledger1540 writer")
            writer.execute(_WRITER)
            writer.execute(b"SET synchronous_commit = off" if self._relaxed else _ACKNOWLEDGE)
        return writer

    @property
    def open(self) -> bool:
        """True while a transaction is open and sound; a lost connection or a failed statement ends that."""
        writer = self._writer
        return writer is not None and writer.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS

    def _begin(self) -> None:
        # Sent with the first thing that is asked. The lock is awaited in a statement of its own: the next one's view of
        # the tables is taken after it.
        self._waiting = [(b"BEGIN", None), (self._lock_statement, None), (b"SELECT position FROM counter", None)]
        self._size = None

    def _commit(self) -> None:
        self._send((b"COMMIT", None))

    def _later(self, statement: bytes, values: Sequence[Any] | None = None) -> None:
        """Let a statement wait to be sent with others: the way to the server and back is what takes time."""
        self.require_held()
        self._waiting.append((statement, values))
        if len(self._waiting) > _WAIT_AT_MOST:
            self._send()

    def _send(self, *last: _Statement) -> list[Any]:
        """Send what waits, and a last statement, in one go; return the rows of the last."""
        statements, self._waiting = [*self._waiting, *last], []
        begins = self._size is None
        with translated():
            try:
                cursors = _executed(self._connected() if begins else self._sound_writer(), statements)
            except psycopg.OperationalError:
                if not begins or self._writer is None or not self._writer.closed:
                    raise
                cursors = _executed(self._connected(), statements)  # the connection had died while it was idle
            if begins:
                (self._size,) = cursors[_COUNTED].fetchone() or (0,)
            return cursors[-1].fetchall() if cursors and cursors[-1].description else []

    def _sound_writer(self) -> Connection:
        if self._writer is None:
            raise psycopg.OperationalError("the connection is closed")
        return self._writer

    def _roll_back(self) -> None:
        self._waiting = []
        writer = self._writer
        if writer is None:
            return
        try:
            if self.open:
                writer.execute("ROLLBACK")
            elif writer.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
                # What was sent behind a statement that failed was not done, and the driver may hold it to be prepared.
                writer.close()
        except psycopg.Error:
            writer.close()

    def size(self) -> int:
        """Return the last position, or 0."""
        if self.held:
            if self._size is None:
                self._send()
            return self._size or 0
        found: int = self.row("SELECT position FROM counter")[0]
        return found

    # Writing.

    @contextmanager
    def savepoint(self) -> Generator[None]:
        """Undo what is nested in it, and nothing else, if that raises."""
        self.require_held()
        self._send((b"SAVEPOINT command", None))
        size, writer = self._size, self._sound_writer()
        prepared, writer.prepare_threshold = writer.prepare_threshold, None  # see `_roll_back`
        try:
            yield
            self._send((b"RELEASE command", None))
        except BaseException:
            self._size, self._waiting = size, []
            if not writer.closed:
                writer.execute("ROLLBACK TO command; RELEASE command")
            raise
        finally:
            writer.prepare_threshold = prepared

    def insert(self, table: Table, rows: Sequence[Sequence[Value]]) -> None:
        """Insert rows."""
        if len(rows) == 1:  # arrays of one are a waste on both sides
            self._later(_insertion(table), rows[0])
        elif rows:
            self._later(_insertion_of_many(table), [list(column) for column in zip(*rows, strict=True)])

    def move_heads(self, heads: Sequence[tuple[str, int, bytes]]) -> None:
        """Set the heads of streams that have one."""
        if heads:
            self._later(_MOVE, [list(column) for column in zip(*heads, strict=True)])

    def execute(self, statement: str, values: Sequence[Value] = ()) -> None:
        """Execute a statement that returns nothing."""
        self._later(spelled(statement), values)

    def dispose(self, positions: Sequence[int]) -> None:
        """Delete bodies; the owner's VACUUM FULL then takes their bytes from the file."""
        with self.immediate():
            for each in positions:
                self._later(b"SELECT dispose(%s)", (each,))

    def moved_to(self, position: int) -> None:
        """Move the counter, and tell followers when this is committed."""
        self._later(_COUNT, (position, self.size(), self.channel, str(position)))
        self._size = position

    def offer(self, statement: str, values: Sequence[Value] = ()) -> bool:
        """Write to a derived table, unless someone else is writing the same row or nothing may be written."""
        connection = connect(self.address, application="ledger1540 pages")
        try:
            connection.execute(_OFFERING)
            connection.execute(spelled(statement), values or None)
        except (psycopg.OperationalError, psycopg.ProgrammingError, psycopg.InternalError):
            return False
        finally:
            connection.close()
        return True

    # Reading.

    def _pool(self) -> ConnectionPool[Connection]:
        with self._opening:
            self._require_not_closed()
            if self._pooled is None:
                # A pool would try for long to reach a server that is gone.
                connect(self.address, application="ledger1540 reader").close()
                self._pooled = ConnectionPool(
                    self.address.url,
                    kwargs=settings(self.address, "ledger1540 reader", "-c default_transaction_read_only=on"),
                    min_size=1,
                    max_size=_READERS,
                    timeout=BUSY_SECONDS,
                    open=True,
                )
            return self._pooled

    def rows(self, statement: str, values: Sequence[Value] = ()) -> list[Any]:
        """Return the rows of a query; the lock's holder sees what it has not yet committed."""
        if self.held:
            return self._send((spelled(statement), values or None))
        with translated():
            try:
                with self._pool().connection() as connection:
                    return _fetched(connection, statement, values)
            except psycopg.OperationalError:
                # A connection that had died while it was idle, perhaps with others: reading again does no harm.
                self._pool().check()
                with self._pool().connection() as connection:
                    return _fetched(connection, statement, values)

    def holds(self, column: str) -> str:
        """Return the condition that the bytes in a column hold those of a value."""
        return f"position(?::bytea IN {column}) > 0"

    def snapshot(self) -> AbstractContextManager[PostgresSnapshot]:
        """Open what is committed now, to read it whole."""
        return snapshot(self.address)

    def watch(self) -> PostgresWatch:
        """Begin to watch for what is recorded."""
        return PostgresWatch(lambda: connect(self.address, application="ledger1540 follower"), self.channel)

    # Whole databases.

    def forgo_durability(self) -> None:
        """Commit without waiting for the disk."""
        self._relaxed = True

    def durable(self) -> bool:
        """Return whether a commit waits until it is on disk."""
        with self.immediate():
            settings = {self.row(f"SHOW {name}")[0] for name in ("fsync", "synchronous_commit")}
        return "off" not in settings

    def load(self, table: Table, rows: Iterable[Sequence[Value]]) -> int:
        """Insert many rows quickly, under the lock, and return how many."""
        statement = sql.SQL("COPY {} FROM STDIN (FORMAT BINARY)").format(sql.Identifier(table.name))
        count = 0
        self.require_held()
        self._send()
        with translated(), self._sound_writer().cursor() as cursor, cursor.copy(statement) as copy:
            copy.set_types(table.types)
            for row in rows:
                copy.write_row(row)
                count += 1
        return count

    def _require_not_closed(self) -> None:
        if self._closed:
            raise psycopg.InterfaceError("the database was closed")

    def close(self) -> None:
        """Close every connection."""
        with self._opening:
            self._closed = True
        if self._pooled is not None:
            self._pooled.close()
        if self._writer is not None:
            self._writer.close()


def _executed(connection: Connection, statements: Sequence[_Statement]) -> list[Cursor]:
    if len(statements) == 1:
        return [connection.execute(*statements[0], binary=True)]
    with connection.pipeline():
        return [connection.execute(*each, binary=True) for each in statements]


def _fetched(connection: Connection, statement: str, values: Sequence[Value]) -> list[Any]:
    return connection.execute(spelled(statement), values or None, binary=True).fetchall()
