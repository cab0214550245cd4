"""Making a record's schema, with the rights of the application's role, and reading what a record says of itself."""

from typing import LiteralString
from urllib.parse import urlsplit

import psycopg
from eventsourcing.persistence import PersistenceError
from psycopg import sql

from ledger import archive
from ledger.address import Address, PostgresAddress
from ledger.postgres.database import Connection, connect
from ledger.postgres.schema import BEHIND_THE_SCHEMA, SCHEMA
from ledger.refusals import NotOurRecord, RecordExists, RecordUnavailable

GROWING = ("archive", "events", "bodies", "nodes", "commands")
"""Tables that the application's role reads and adds to, and can change in no other way."""
MOVING = ("heads", "counter", "tracking")
DERIVED = ("standing",)
VIEWS = "_views"
"""Behind the name of the record's schema: the one for views, in which the application makes its own tables."""
_RIGHTS: tuple[tuple[LiteralString, tuple[str, ...]], ...] = (
    ("SELECT, INSERT", GROWING),
    ("SELECT, INSERT, UPDATE", MOVING),
    ("SELECT, INSERT, UPDATE, DELETE", DERIVED),
)
_PATH = b"SELECT set_config('search_path', quote_ident(%s) || %s, true)"
_EXCESSIVE = b"""SELECT c.relname, p.privilege FROM pg_class c
CROSS JOIN (VALUES ('UPDATE'), ('DELETE'), ('TRUNCATE')) AS p (privilege)
WHERE c.relnamespace = %s::regnamespace AND c.relname = ANY (%s) AND has_table_privilege(c.oid, p.privilege)
ORDER BY 1, 2"""


def make(address: PostgresAddress, found: "archive.Archive", *, owner: Address) -> None:
    """Make the schema with the record's tables, all or nothing, and let the role in `address` use them.

    The role of `owner` owns them. Where it is the application's too, the triggers alone keep the record append-only,
    and an owner can drop triggers: `excessive_rights` tells.

    Raises:
        RecordExists: the schema is there already.
        RecordUnavailable: the database cannot be reached, or the role may not make a schema.
    """
    if not isinstance(owner, PostgresAddress):
        raise RecordUnavailable("the owner's address is not PostgreSQL's", where="LEDGER1540_DATABASE_OWNER")
    name, beside = sql.Identifier(address.schema), sql.Identifier(f"{address.schema}{VIEWS}")
    try:
        with _connected(PostgresAddress(owner.url, address.schema)) as connection, connection.transaction():
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(beside))
            connection.execute(_PATH, (address.schema, BEHIND_THE_SCHEMA))
            connection.execute(SCHEMA.read_bytes())
            connection.execute("INSERT INTO archive VALUES (%s, %s, %s, %s)", found.row())
            _grant(connection, name, beside, address)
    except (psycopg.errors.DuplicateSchema, psycopg.errors.UniqueViolation):
        raise RecordExists(f"there is a record in {address} already", remedy="choose another schema") from None
    except psycopg.errors.InsufficientPrivilege as error:
        raise RecordUnavailable(
            f"{owner} may not make a record: {error.diag.message_primary}",
            remedy="set LEDGER1540_DATABASE_OWNER to an address whose role may create schemas in the database",
        ) from None
    except psycopg.Error as error:
        raise RecordUnavailable(f"{address}: {error}") from None


def unmake(address: PostgresAddress, *, owner: Address) -> None:
    """Remove the schema."""
    if isinstance(owner, PostgresAddress):
        with _connected(PostgresAddress(owner.url, address.schema)) as connection:
            for name in (address.schema, f"{address.schema}{VIEWS}"):
                connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)))


def _connected(address: PostgresAddress) -> Connection:
    try:
        return connect(address)
    except PersistenceError as error:
        raise RecordUnavailable(
            f"the database {address} cannot be reached: {error}", where="LEDGER1540_DATABASE"
        ) from None


def _grant(connection: Connection, schema: sql.Identifier, beside: sql.Identifier, address: PostgresAddress) -> None:
    """Give the application's role what it needs; where it is the owner itself, it has that."""
    (owner,) = connection.execute("SELECT current_user").fetchone() or ("",)
    writer = urlsplit(address.url).username or owner
    if writer == owner:
        return
    role = sql.Identifier(writer)
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, role))
    connection.execute(sql.SQL("GRANT USAGE, CREATE ON SCHEMA {} TO {}").format(beside, role))
    for rights, tables in _RIGHTS:
        names = sql.SQL(", ").join(map(sql.Identifier, tables))
        connection.execute(sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(rights), names, role))


def excessive_rights(address: PostgresAddress) -> list[str]:
    """Return what the role of an address could do to the record that the application never needs."""
    with _connected(address) as connection:
        found = connection.execute(_EXCESSIVE, (address.schema, list(GROWING))).fetchall()
    return [f"{right} on {table}" for table, right in found]


def read(address: PostgresAddress) -> "archive.Row":
    """Return what a schema says of itself.

    Raises:
        RecordAbsent: there is no such schema.
        NotOurRecord: it is something else.
        RecordUnavailable: the database cannot be reached.
    """
    try:
        with _connected(address) as connection:
            row: archive.Row | None = connection.execute(
                f"SELECT {archive.COLUMNS} FROM archive".encode()  # noqa: S608 - fixed columns
            ).fetchone()
    except psycopg.errors.UndefinedTable:
        raise archive.absent(address) from None
    except psycopg.Error as error:
        raise archive.unreadable(address, error) from None
    if row is None:
        raise NotOurRecord(f"{address} is not a record")
    return row
