"""One committed state of a record's schema, for verification and copies."""

import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

import psycopg

from ledger.database import Snapshot, Value, of_the_library
from ledger.postgres.schema import SCHEMA

_AT_ONCE = 2_000
_TRIGGERS = """SELECT t.tgname, t.tgenabled::text, p.prosrc FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND n.nspname = ?"""
_INVALID = """SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND NOT (i.indisvalid AND i.indisready)"""
_MADE_TRIGGER = re.compile(r"CREATE TRIGGER (\w+)[^;]*EXECUTE FUNCTION (\w+)\(", re.DOTALL)
_MADE_FUNCTION = re.compile(r"CREATE FUNCTION (\w+)\(\).*?\$\$(.*?)\$\$", re.DOTALL)


class PostgresSnapshot(Snapshot):
    """Reads inside one open transaction, through cursors on the server."""

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]], schema: str) -> None:
        self._connection = connection
        self._schema = schema
        self._names = count()

    def rows(self, statement: str, values: Sequence[Value] = ()) -> Iterator[Any]:
        """Yield the rows of a query as they come."""
        text = statement.replace("%", "%%").replace("?", "%s").encode()
        try:
            with self._connection.cursor(f"rows_{next(self._names)}") as cursor:
                cursor.itersize = _AT_ONCE
                cursor.execute(text, values, binary=True)
                yield from cursor
        except psycopg.Error as error:
            raise of_the_library(error) from error

    def broken_structure(self) -> Iterator[str]:
        """Yield the indexes that PostgreSQL itself holds to be unusable."""
        for (name,) in self.rows(_INVALID, (self._schema,)):
            yield f"index {name} is not valid"

    def missing_guards(self) -> Iterator[str]:
        """Yield the triggers that are not there, are switched off, or run something else than they were made with."""
        text = SCHEMA.read_text(encoding="utf-8")
        bodies = {name: body.strip() for name, body in _MADE_FUNCTION.findall(text)}
        found = {
            name: source.strip()
            for name, enabled, source in self.rows(_TRIGGERS, (self._schema,))
            if enabled in ("O", "A")
        }
        for name, function in _MADE_TRIGGER.findall(text):
            if found.get(name) != bodies[function]:
                yield name
