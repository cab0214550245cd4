"""Making a record's schema, with the rights of the application's role, and reading what a record says of itself."""

from contextlib import suppress
from typing import LiteralString

import psycopg
from eventsourcing.persistence import PersistenceError
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from ledger import archive
from ledger.address import Address, PostgresAddress
from ledger.postgres.connecting import Connection, connect
from ledger.postgres.schema import BEHIND_THE_SCHEMA, SCHEMA
from ledger.refusals import NotOurRecord, RecordExists, RecordUnavailable

GROWING = ("archive", "events", "bodies", "nodes", "commands")
"""Tables that the application's role reads and adds to, and can change in no other way."""
MOVING = ("heads", "counter", "tracking")
DERIVED = ("standing", "pages")
VIEWS = "_views"
"""Behind the name of the record's schema: the one for views, in which the application makes its own tables."""
_RIGHTS: tuple[tuple[LiteralString, tuple[str, ...]], ...] = (
    ("SELECT, INSERT", GROWING),
    ("SELECT, INSERT, UPDATE", MOVING),
    ("SELECT, INSERT, UPDATE, DELETE", DERIVED),
)
_PATH = b"SELECT set_config('search_path', quote_ident(%s) || %s, true)"
_USABLE = b"SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = %s"
_EXCESSIVE = b"""SELECT held.privilege || ' of ' || string_agg(c.relname, ', ' ORDER BY c.relname)
FROM pg_class c CROSS JOIN (VALUES ('UPDATE'), ('DELETE'), ('TRUNCATE'), ('TRIGGER'), ('ownership')) AS held (privilege)
WHERE c.relnamespace = %s::regnamespace AND CASE held.privilege
    WHEN 'ownership' THEN c.relkind = 'r' AND pg_has_role(c.relowner, 'MEMBER')
    WHEN 'UPDATE' THEN c.relname = ANY (%s) AND has_table_privilege(c.oid, 'UPDATE')
    ELSE c.relname = ANY (%s) AND has_table_privilege(c.oid, held.privilege)
END GROUP BY held.privilege ORDER BY 1"""


def make(address: PostgresAddress, found: archive.Archive, *, owner: Address) -> None:
    """Make the schema with the record's tables, all or nothing, and let the role in `address` use them.

    The role of `owner` owns them. Where it is the application's too, the triggers alone keep the record append-only,
    and an owner can drop triggers: `excessive_rights` tells.

    Raises:
        RecordExists: the schema is there already.
        RecordUnavailable: the database cannot be reached, or the role may not make a schema.
    """
    if not isinstance(owner, PostgresAddress):
        raise RecordUnavailable("the owner's address is not PostgreSQL's", where="owner")
    name, beside = sql.Identifier(address.schema), sql.Identifier(f"{address.schema}{VIEWS}")
    try:
        with _owning(address, owner) as connection, connection.transaction():
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(beside))
            connection.execute(_PATH, (address.schema, BEHIND_THE_SCHEMA))
            connection.execute(SCHEMA.read_bytes())
            connection.execute("INSERT INTO archive VALUES (%s, %s, %s, %s, %s)", found.row())
            _grant(connection, name, beside, address)
    except (psycopg.errors.DuplicateSchema, psycopg.errors.UniqueViolation):
        raise RecordExists(
            f"there is a schema {address.schema} in {address} already", remedy="choose another with ?schema="
        ) from None
    except psycopg.errors.InsufficientPrivilege as error:
        raise RecordUnavailable(
            f"{owner} may not make a record: {error.diag.message_primary}",
            where="owner",
            remedy="give an address of it whose role may create schemas in the database",
        ) from None
    except psycopg.Error as error:
        raise RecordUnavailable(f"{address}: {error}") from None


def unmake(address: PostgresAddress, *, owner: Address) -> None:
    """Remove the schema."""
    if isinstance(owner, PostgresAddress):
        with _owning(address, owner) as connection:
            for name in (address.schema, f"{address.schema}{VIEWS}"):
                connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)))


def _owning(address: PostgresAddress, owner: PostgresAddress) -> Connection:
    named = "database" if owner == address else "owner"
    return _connected(PostgresAddress(owner.url, address.schema), where=named)


def _connected(address: PostgresAddress, *, where: str = "database") -> Connection:
    try:
        return connect(address)
    except PersistenceError as error:
        raise RecordUnavailable(f"the database {address} cannot be reached: {error}", where=where) from None


def _role(address: PostgresAddress) -> str:
    """Return the role that an address connects as, as libpq finds it."""
    usual = {each.keyword.decode(): (each.val or b"").decode() for each in psycopg.pq.Conninfo.get_defaults()}
    return str(conninfo_to_dict(address.url).get("user") or usual["user"])


def _grant(connection: Connection, schema: sql.Identifier, beside: sql.Identifier, address: PostgresAddress) -> None:
    """Give the application's role what it needs; where it is the owner itself, it has that."""
    (owner,) = connection.execute("SELECT current_user").fetchone() or ("",)
    writer = _role(address)
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
        kept = list(GROWING)
        found = connection.execute(_EXCESSIVE, (address.schema, kept, kept + list(MOVING))).fetchall()
    return [each for (each,) in found]


def read(address: PostgresAddress) -> tuple[archive.Row, archive.Row | None]:
    """Return what a schema says of itself, and the opening of its log if that is not its first.

    Raises:
        RecordAbsent: there is no such schema.
        NotOurRecord: it is something else.
        RecordUnavailable: the database cannot be reached, or the role may not read it.
    """
    try:
        with _connected(address) as connection:
            try:
                row: archive.Row | None = connection.execute(archive.WHOLE.encode()).fetchone()
            except psycopg.errors.UndefinedTable:
                if connection.execute(_USABLE, (address.schema,)).fetchone() == (False,):
                    raise _forbidden(address) from None
                raise archive.absent(address) from None
            opened = _opened(connection)
    except psycopg.errors.InsufficientPrivilege:
        raise _forbidden(address) from None
    except psycopg.Error as error:
        raise archive.unreadable(address, error) from None
    if row is None:
        raise NotOurRecord(f"{address} is not a record")
    return row, opened


def _opened(connection: Connection) -> archive.Row | None:
    # The events may be damaged, or gone, which `verify` names.
    with suppress(psycopg.errors.UndefinedTable, psycopg.errors.DataCorrupted, psycopg.errors.InternalError):
        return connection.execute(archive.OPENED.encode()).fetchone()
    return None


def _forbidden(address: PostgresAddress) -> RecordUnavailable:
    return RecordUnavailable(
        f"the role {_role(address)} may not read the record in {address}",
        where="database",
        remedy="use the role that `init` or `copy` gave the rights to, or let the owner grant them",
    )
