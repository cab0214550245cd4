"""Where a record may be: each kind of database as the record uses it, as others see it, and in a stranger's hands."""

import shutil
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from ledger import archive, opening
from ledger.address import Address, PostgresAddress, SQLiteAddress, postgres_address
from ledger.archive import Archive
from ledger.clock import Clock
from ledger.database import Value, of_the_library
from ledger.finding import Finding
from ledger.record import Record
from ledger.rules import Rules
from ledger.verify import Verification
from tests import postgres
from tests.ledger import tiny

ORIGIN = "example.org/ledger1540/1"
SIMULATION = "example.org/ledger1540/simulation"
_RULES = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


class Hand:
    """A connection that is not the record's: statements have `?` for values, and raise the library's exceptions."""

    def __init__(self, execute: Callable[[str, Sequence[Value]], list[Any]]) -> None:
        self._execute = execute

    def __call__(self, statement: str, *values: Value) -> list[Any]:
        try:
            return self._execute(statement, values)
        except Exception as error:
            raise of_the_library(error) from error


class Place(ABC):
    """A home and a database for one record with the tiny rules."""

    def __init__(self, home: Path) -> None:
        self.home = home

    @property
    @abstractmethod
    def address(self) -> Address: ...

    @property
    @abstractmethod
    def written(self) -> str:
        """The address as a setting has it."""

    @abstractmethod
    def beside(self, name: str) -> "Place":
        """Another place of the same kind, where nothing is yet."""

    @abstractmethod
    def other_hand(self) -> AbstractContextManager[Hand]:
        """Somebody who holds the database, and whom its rules bind."""

    @abstractmethod
    def stranger(self) -> AbstractContextManager[Hand]:
        """Somebody who holds the database, whom its rules do not bind, and who leaves them as they were."""

    @abstractmethod
    def copy_database_to(self, other: "Place") -> None: ...

    def create(
        self, *, origin: str = ORIGIN, seed: int | None = None, clock: Clock | None = None, rules: Rules | None = None
    ) -> Record:
        return Record.create(
            self.home, origin=origin, address=self.address, seed=seed, clock=clock, rules=rules or tiny.rules()
        )

    def open(self, *, clock: Clock | None = None, rules: Rules | None = None) -> Record:
        return Record.open(self.home, address=self.address, clock=clock, rules=rules or tiny.rules())

    def verification(self, progress: Callable[[int], None] | None = None) -> Verification:
        return Verification(self.home, address=self.address, rules=tiny.rules(), progress=progress)

    def findings(self) -> list[Finding]:
        return list(self.verification())

    def copied(self, home: Path) -> "Place":
        other = type(self)(home)
        shutil.copytree(self.home / "documents", other.home / "documents")
        self.copy_database_to(other)
        return other


class SQLitePlace(Place):
    @property
    def file(self) -> Path:
        return self.home / archive.DATABASE

    @property
    def address(self) -> SQLiteAddress:
        return archive.in_home(self.home)

    @property
    def written(self) -> str:
        return str(self.address)

    def beside(self, name: str) -> "SQLitePlace":
        return SQLitePlace(self.home.with_name(name))

    @contextmanager
    def _connected(self) -> Generator[sqlite3.Connection]:
        connection = sqlite3.connect(self.file, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = OFF")
            yield connection
        finally:
            connection.close()

    @contextmanager
    def other_hand(self) -> Generator[Hand]:
        with self._connected() as connection:
            yield Hand(lambda statement, values: connection.execute(statement, values).fetchall())

    @contextmanager
    def stranger(self) -> Generator[Hand]:
        with self._connected() as connection:

            def execute(statement: str, values: Sequence[Value]) -> list[Any]:
                with connection:
                    connection.execute("BEGIN")
                    rules = connection.execute(_RULES).fetchall()
                    for name, _, _ in rules:
                        connection.execute(f"DROP TRIGGER {name}")
                    found = connection.execute(statement, values).fetchall()
                    left = {name for (name,) in connection.execute(_TABLES)}
                    for _, table, rule in rules:
                        if table in left:
                            connection.execute(rule)
                return found

            yield Hand(execute)

    def copy_database_to(self, other: Place) -> None:
        shutil.copy(self.file, other.home)


class PostgresPlace(Place):
    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.schema = postgres.fresh_schema()

    @property
    def address(self) -> PostgresAddress:
        return postgres_address(self.written)

    @property
    def written(self) -> str:
        return f"{postgres.database_url()}&schema={self.schema}"

    def beside(self, name: str) -> "PostgresPlace":
        return PostgresPlace(self.home.with_name(name))

    @contextmanager
    def _connected(self, settings: str = "") -> Generator[Hand]:
        with postgres.connected(postgres.database_url(), options=f"-c search_path={self.schema} {settings}") as found:

            def execute(statement: str, values: Sequence[Value]) -> list[Any]:
                cursor = found.execute(statement.replace("?", "%s").encode(), values or None)
                return cursor.fetchall() if cursor.description else []

            yield Hand(execute)

    def other_hand(self) -> AbstractContextManager[Hand]:
        return self._connected()

    def stranger(self) -> AbstractContextManager[Hand]:
        return self._connected("-c session_replication_role=replica")

    def copy_database_to(self, other: Place) -> None:
        assert isinstance(other, PostgresPlace)
        opening.make(other.home, other.address, Archive(0, "", None))
        with other.stranger() as hand:
            names = hand(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = ?::regnamespace", self.schema
            )
            for (name,) in names:
                hand(f"DELETE FROM {name}")
                hand(f"INSERT INTO {name} SELECT * FROM {self.schema}.{name}")


KINDS: dict[str, type[Place]] = {"sqlite": SQLitePlace, "postgresql": PostgresPlace}
