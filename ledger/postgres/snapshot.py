"""One committed state of a record's schema, for verification and copies."""

import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

import psycopg

from ledger import tables
from ledger.database import Damaged, Snapshot, Value, of_the_library
from ledger.postgres.connecting import Connection, spelled
from ledger.postgres.schema import BEHIND_THE_SCHEMA, SCHEMA
from ledger.refusals import RecordUnavailable

_AT_ONCE = 2_000
_TRIGGERS = """SELECT t.tgname, pg_get_triggerdef(t.oid, true), p.prosrc, coalesce(? = ANY (p.proconfig), false)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE c.relnamespace = ?::regnamespace
AND (t.tgenabled = 'A' OR t.tgenabled = 'O' AND current_setting('session_replication_role') <> 'replica')"""
_KEYS = """SELECT conname FROM pg_constraint WHERE connamespace = ?::regnamespace AND contype IN ('p', 'u')"""
_INVALID = """SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE c.relnamespace = ?::regnamespace AND NOT (i.indisvalid AND i.indisready)"""
_COUNTED = """SELECT coalesce((SELECT position FROM counter), -1), coalesce((SELECT max(position) FROM events), 0)"""
_MADE_TRIGGER = re.compile(r"(CREATE TRIGGER (\w+)[^;]*EXECUTE FUNCTION (\w+)\(\));")
_BEFORE_DISPOSALS = "CREATE TRIGGER bodies_stay BEFORE DELETE OR TRUNCATE ON bodies FOR EACH STATEMENT "
"""How a record from before disposals begins the rule that lets no body go at all."""
_OF_DISPOSALS = ("bodies_stay", "bodies_go")
_MADE_FUNCTION = re.compile(r"CREATE FUNCTION (\w+)\(\) ([^$]*) AS \$\$(.*?)\$\$", re.DOTALL)
_MADE_KEYS = (
    *(f"{table}_pkey" for table in (*(table.name for table in tables.ALL), "counter")),
    *("events_event_id_key", "events_stream_version_key"),
)


class PostgresSnapshot(Snapshot):
    """Reads inside one open transaction, through cursors on the server."""

    def __init__(self, connection: Connection, schema: str) -> None:
        self._connection = connection
        self._schema = schema
        self._names = count()

    def rows(self, statement: str, values: Sequence[Value] = ()) -> Iterator[Any]:
        """Yield the rows of a query as they come.

        Raises:
            RecordUnavailable: the connection was lost, or the role may not read this; that is no damage.
        """
        # Not the driver's cursors: one that is left unread is closed whenever Python collects it, be it while another
        # statement runs on the connection, which then waits for itself. These end with the transaction.
        name = f"rows_{next(self._names)}"
        declare = spelled(f"DECLARE {name} NO SCROLL CURSOR FOR {statement}")
        fetch, page = f"FETCH {_AT_ONCE} FROM {name}".encode(), [()] * _AT_ONCE
        try:
            self._connection.execute(declare, values or None)
            while len(page) == _AT_ONCE:
                page = self._connection.execute(fetch, binary=True).fetchall()
                yield from page
            self._connection.execute(f"CLOSE {name}".encode())
        except psycopg.Error as error:
            told = of_the_library(error)
            if self._connection.closed or isinstance(error, psycopg.errors.InsufficientPrivilege):
                raise RecordUnavailable(f"the record could not be read whole: {told}") from error
            raise told from error

    def has(self, table: str) -> bool:
        """Return whether there is a table of that name."""
        values = (self._schema, table)
        return self.row("SELECT 1 FROM pg_tables WHERE schemaname = ? AND tablename = ?", values) is not None

    def broken_structure(self) -> Iterator[Damaged]:
        """Yield the indexes that PostgreSQL holds to be unusable, and a counter that is not at the last event."""
        for (name,) in self.rows(_INVALID, (self._schema,)):
            yield Damaged(None, f"its index {name} is not valid")
        counted, last = self.row(_COUNTED)
        if counted != last:
            yield Damaged(None, f"its counter is at {counted}, and the last event at {last}")

    def missing_guards(self) -> Iterator[str]:
        """Yield the triggers and keys that are not there, are switched off, or are not as they were made."""
        text = SCHEMA.read_text(encoding="utf-8")
        (path,) = self.row("SELECT 'search_path=' || quote_ident(?) || ?", (self._schema, BEHIND_THE_SCHEMA))
        functions = {
            name: (body.strip(), "search_path" in settings) for name, settings, body in _MADE_FUNCTION.findall(text)
        }
        found = {
            name: (definition, source.strip(), keeps_path)
            for name, definition, source, keeps_path in self.rows(_TRIGGERS, (path, self._schema))
        }
        bodies = found.get("bodies_stay")
        stricter = bodies is not None and bodies[0].startswith(_BEFORE_DISPOSALS)
        for definition, name, function in _MADE_TRIGGER.findall(text):
            made = (" ".join(definition.split()), *functions[function])
            if found.get(name) != made and not (stricter and name in _OF_DISPOSALS):
                yield name
        keys = {name for (name,) in self.rows(_KEYS, (self._schema,))}
        yield from (name for name in _MADE_KEYS if name not in keys)
