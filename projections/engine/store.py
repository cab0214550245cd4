"""Where views are kept: a SQLite file of their own, or a schema of a PostgreSQL database beside the record's."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from domain.refusals import Refusal

OF_THE_RECORD = "ledger1540"
HEAD = "0001"
"""The migration that this program needs; the last in projections/migrations/versions."""
_IMMEDIATE = {"immediate": True}
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",  # a power cut may lose the last batches, never half of one: they are taken again
    "PRAGMA busy_timeout = 60000",
    "PRAGMA cache_size = -65536",
)


class NotMigrated(Refusal):
    """The engine's tables are not those that this program needs."""


def embedded_url(home: Path) -> str:
    """Return where the views of a record in a home are, when they are in a file beside it."""
    return sa.URL.create("sqlite", database=str(home / "views.sqlite")).render_as_string()


class Store:
    """A database that keeps views; safe for many threads, and for many processes with a store each."""

    def __init__(self, url: str) -> None:
        """Take a URL; `schema` in it is that of the record, and the views are in the schema with `_views` behind it."""
        self.written = url
        given = sa.make_url(url)
        of_the_record = given.query.get("schema", OF_THE_RECORD)
        given = given.difference_update_query(["schema"])
        self.schema = f"{of_the_record}_views"
        self.embedded = given.get_backend_name() == "sqlite"
        self.url = given if self.embedded else given.set(drivername="postgresql+psycopg")
        if self.embedded:
            self.engine = sa.create_engine(self.url, connect_args={"isolation_level": None})
            event.listen(self.engine, "connect", _prepare)
            event.listen(self.engine, "begin", _begin)
        else:
            self.engine = sa.create_engine(self.url, connect_args={"options": f"-c search_path={self.schema}"})

    @property
    def positional(self) -> sa.Dialect:
        """The dialect for statements whose values the driver is given in the order of their columns."""
        kind: Any = type(self.engine.dialect)  # Any: each dialect has arguments of its own
        made: sa.Dialect = kind(paramstyle="qmark" if self.embedded else "format")
        return made

    @property
    def file(self) -> Path:
        """The file of an embedded store."""
        return Path(self.url.database or "")

    @property
    def there(self) -> bool:
        """False for an embedded store whose file was not made yet."""
        return not self.embedded or self.file.exists()

    @contextmanager
    def reading(self) -> Generator[sa.Connection]:
        """Read, in one transaction."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Generator[sa.Connection]:
        """Write, in one transaction that holds the lock from its beginning where there is only one."""
        with self.engine.connect().execution_options(**_IMMEDIATE) as connection, connection.begin():
            yield connection

    def migration(self) -> str | None:
        """Return the migration that the tables are at, or None where there are none."""
        if not self.there:
            return None
        with self.reading() as connection:
            schema = None if self.embedded else self.schema
            if not sa.inspect(connection).has_table("alembic_version", schema=schema):
                return None
            found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
            return found

    def check(self) -> None:
        """Refuse to work on other tables than those that this program needs.

        Raises:
            NotMigrated: the tables are missing, older or newer.
        """
        found = self.migration()
        if found != HEAD:
            raise NotMigrated(
                f"the tables of the views are at migration {found or 'none'}; this program needs {HEAD}",
                remedy="run `ledger1540 migrate`",
            )

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _prepare(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    del entry
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    options: Any = connection.get_execution_options()  # Any: the library's mapping of options has no types
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("immediate") else "BEGIN")
