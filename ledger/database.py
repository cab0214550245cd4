"""What the record asks of a database: one writer under a lock that spans processes, readers, and a way to be woken.

Statements are in the SQL that SQLite and PostgreSQL share, with `?` for values; what differs has a method here.
"""

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from threading import RLock, get_ident
from typing import Any, NamedTuple

from eventsourcing import persistence

from ledger.tables import Table

Value = str | int | bytes | None
BUSY_SECONDS = 60
_NAMES = (
    "IntegrityError",
    "OperationalError",
    "ProgrammingError",
    "DataError",
    "InternalError",
    "NotSupportedError",
    "InterfaceError",
    "DatabaseError",
)
"""The exceptions of PEP 249, which the drivers and the library name alike; the narrower ones first."""


def of_the_library(error: Exception) -> persistence.PersistenceError:
    """Return the library's exception for one of a driver's."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    what = next(iter(str(error).splitlines()), type(error).__name__)
    for name in _NAMES:
        if name in kinds:
            found: type[persistence.PersistenceError] = getattr(persistence, name)
            return found(what)
    return persistence.PersistenceError(what)


class Watch(ABC):
    """Tells a follower that something may have been recorded, by whichever process."""

    @abstractmethod
    def wait(self, seconds: float) -> None:
        """Return when something may have been recorded since the last call, when woken, or after `seconds`."""

    @abstractmethod
    def wake(self) -> None:
        """Let whoever waits go on at once; may be called from another thread."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the connection."""


class Damaged(NamedTuple):
    """What the database itself finds wrong, and the nearest position, if that can be told."""

    position: int | None
    what: str


class Snapshot(ABC):
    """One committed state of the whole database, read without holding anybody up."""

    aside: list[str] | None = None
    """Where there is a list, what is wrong with damaged rows is put there, and they are passed over: they are missed.

    Else reading ends at the first."""

    @abstractmethod
    def rows(self, statement: str, values: Sequence[Value] = ()) -> Iterator[Any]:  # Any: columns are as selected
        """Yield the rows of a query as they come, never all at once in memory."""

    def row(self, statement: str, values: Sequence[Value] = ()) -> Any:
        """Return the first row of a query, or None."""
        return next(self.rows(statement, values), None)

    @abstractmethod
    def has(self, table: str) -> bool:
        """Return whether there is a table of that name."""

    @abstractmethod
    def broken_structure(self) -> Iterator[Damaged]:
        """Yield what the database itself finds wrong with its files and indexes, with the nearest position if known."""

    @abstractmethod
    def missing_guards(self) -> Iterator[str]:
        """Yield the names of the rules that keep the record append-only and are gone, changed or switched off."""


class Database(ABC):
    """A record's database, for all threads of a process."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._holder: int | None = None

    @property
    def held(self) -> bool:
        """True where this thread holds the sequencer's lock."""
        return self._holder == get_ident()

    @contextmanager
    def immediate(self) -> Generator[None]:
        """Hold the lock that sequences all writers of all processes, in one transaction."""
        with self._lock:
            self._begin()
            self._holder = get_ident()
            try:
                yield
                self._commit()
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._holder = None

    @abstractmethod
    def _begin(self) -> None:
        """Begin a transaction that holds the sequencer's lock."""

    @abstractmethod
    def _commit(self) -> None:
        """Make what was written durable."""

    @abstractmethod
    def _roll_back(self) -> None:
        """Undo what was written, if there is anything left to undo; never raises for want of a transaction."""

    def require_held(self) -> None:
        """Refuse to write without the lock."""
        if not self.held:
            raise persistence.ProgrammingError("the record is written under the sequencer's lock")

    @property
    @abstractmethod
    def open(self) -> bool:
        """True while a transaction is open and can go on; some failures end it by themselves."""

    @abstractmethod
    def size(self) -> int:
        """Return the last position, or 0; the lock's holder sees what it has not yet committed."""

    # Writing, under the lock. What is written may wait until something is asked or committed, and fails only then.

    @abstractmethod
    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what is nested in it, and nothing else, if that raises."""

    @abstractmethod
    def insert(self, table: Table, rows: Sequence[Sequence[Value]]) -> None:
        """Insert rows."""

    @abstractmethod
    def move_heads(self, heads: Sequence[tuple[str, int, bytes]]) -> None:
        """Set the heads of streams that have one: stream, version, leaf."""

    @abstractmethod
    def execute(self, statement: str, values: Sequence[Value] = ()) -> None:
        """Execute a statement that returns nothing."""

    @abstractmethod
    def moved_to(self, position: int) -> None:
        """Say that events up to `position` were written: followers are told when they are committed."""

    @abstractmethod
    def dispose(self, positions: Sequence[int]) -> None:
        """Delete the bodies at positions, each named by a recorded disposal, leaving as little of the bytes as it can.

        It may be done again where it was cut short.
        """

    @abstractmethod
    def offer(self, statement: str, values: Sequence[Value] = ()) -> bool:
        """Write to a derived table, outside the sequencer's lock, and return whether that was possible at once.

        What is derived can be made again, so nobody waits for it, neither for another writer nor for the disk.
        """

    # Reading.

    @abstractmethod
    def rows(self, statement: str, values: Sequence[Value] = ()) -> list[Any]:
        """Return the rows of a query; the lock's holder sees what it has not yet committed."""

    def row(self, statement: str, values: Sequence[Value] = ()) -> Any:
        """Return the first row of a query, or None."""
        found = self.rows(statement, values)
        return found[0] if found else None

    @abstractmethod
    def holds(self, column: str) -> str:
        """Return, in the words of this database, the condition that the bytes in a column hold those of a value."""

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """Open what is committed now, to read it whole."""

    @abstractmethod
    def watch(self) -> Watch:
        """Begin to watch for what is recorded."""

    # Whole databases.

    @abstractmethod
    def forgo_durability(self) -> None:
        """Commit without waiting for the disk: for a simulation, which its seed makes again."""

    @abstractmethod
    def durable(self) -> bool:
        """Return whether a commit waits until it is on disk."""

    @abstractmethod
    def load(self, table: Table, rows: Iterable[Sequence[Value]]) -> int:
        """Insert many rows quickly, under the lock, and return how many."""

    @abstractmethod
    def close(self) -> None:
        """Close every connection."""


def markers(count: int) -> str:
    """Return `count` places for values."""
    return ", ".join("?" * count)
