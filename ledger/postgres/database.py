"""The PostgreSQL database: one connection that writes, and a pool of connections that read."""

import hashlib
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
from ledger.postgres.connecting import Connection, connect, settings, spelled, translated
from ledger.postgres.snapshot import PostgresSnapshot
from ledger.postgres.watch import PostgresWatch
from ledger.tables import Table

_READERS = int(os.environ.get("LEDGER1540_POOL", "8"))
_WRITER = f"""
SET lock_timeout = '{BUSY_SECONDS}s';
SET idle_in_transaction_session_timeout = '10min';
""".encode()
_OFFERING = b"SET lock_timeout = '10ms'; SET synchronous_commit = off"
_ACKNOWLEDGE = b"""SELECT set_config('synchronous_commit', 'on', false)
WHERE current_setting('synchronous_commit') IN ('off', 'local')"""
"""A server or role may be set to acknowledge before the disk has it; the record may not."""


@cache
def _insertion(table: Table) -> bytes:
    places = ", ".join(f"%b::{kind}[]" for kind in table.types)
    return f"INSERT INTO {table.name} SELECT * FROM unnest({places})".encode()  # noqa: S608 - our own tables


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
        self._key = int.from_bytes(hashlib.sha256(address.schema.encode()).digest()[:8], "big", signed=True)
        self._relaxed = False
        self._size: int = 0
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
        # The lock is awaited in a statement of its own: the next one's view of the tables is taken after it.
        key = self._key
        begin = f"BEGIN; SELECT pg_advisory_xact_lock({key}); SELECT position FROM counter".encode()  # noqa: S608
        with translated():
            try:
                cursor = self._connected().execute(begin)
            except psycopg.OperationalError:
                if self._writer is not None and not self._writer.closed:
                    self._writer.execute("ROLLBACK")
                    raise
                cursor = self._connected().execute(begin)  # the connection had died while it was idle
            while cursor.nextset():
                pass
            row = cursor.fetchone()
            self._size = row[0] if row else 0

    def _commit(self) -> None:
        with translated():
            self._connected_writer().execute("COMMIT")

    def _roll_back(self) -> None:
        writer = self._writer
        if writer is None:
            return
        try:
            if not writer.closed:
                writer.execute("ROLLBACK")
        except psycopg.Error:
            writer.close()

    def _connected_writer(self) -> Connection:
        self.require_held()
        if self._writer is None:
            raise psycopg.OperationalError("the connection is closed")
        return self._writer

    def size(self) -> int:
        """Return the last position, or 0."""
        if self.held:
            return self._size
        found: int = self.row("SELECT position FROM counter")[0]
        return found

    # Writing.

    @contextmanager
    def savepoint(self) -> Generator[None]:
        """Undo what is nested in it, and nothing else, if that raises."""
        writer, size = self._connected_writer(), self._size
        with translated():
            writer.execute("SAVEPOINT command")
        try:
            yield
        except BaseException:
            self._size = size
            if not writer.closed:
                writer.execute("ROLLBACK TO command; RELEASE command")
            raise
        with translated():
            writer.execute("RELEASE command")

    @contextmanager
    def together(self) -> Generator[None]:
        """Send what is nested in it without waiting for each answer."""
        with translated(), self._connected_writer().pipeline():
            yield

    def insert(self, table: Table, rows: Sequence[Sequence[Value]]) -> None:
        """Insert rows."""
        if rows:
            with translated():
                self._connected_writer().execute(
                    _insertion(table), [list(column) for column in zip(*rows, strict=True)]
                )

    def move_heads(self, heads: Sequence[tuple[str, int, bytes]]) -> None:
        """Set the heads of streams that have one."""
        if heads:
            with translated():
                self._connected_writer().execute(_MOVE, [list(column) for column in zip(*heads, strict=True)])

    def execute(self, statement: str, values: Sequence[Value] = ()) -> None:
        """Execute a statement that returns nothing."""
        with translated():
            self._connected_writer().execute(spelled(statement), values)

    def moved_to(self, position: int) -> None:
        """Move the counter, and tell followers when this is committed."""
        writer = self._connected_writer()
        with translated():
            writer.execute("UPDATE counter SET position = %s WHERE position = %s", (position, self._size))
            writer.execute("SELECT pg_notify(%s, %s)", (self.channel, str(position)))
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
        with translated():
            if self.held:
                return _fetched(self._connected_writer(), statement, values)
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
        with translated(), self._connected_writer().cursor() as cursor, cursor.copy(statement) as copy:
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


def _fetched(connection: Connection, statement: str, values: Sequence[Value]) -> list[Any]:
    return connection.execute(spelled(statement), values or None, binary=True).fetchall()
