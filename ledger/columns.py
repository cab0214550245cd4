"""What each column may hold: in a damaged SQLite file it may be something else, which is told before it is used.

SQLite takes the type of a value from the row, not from the table, so that one changed byte turns bytes into a text, a
number or nothing. A column has one type in all tables that have it, so its name says what to expect.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from ledger import tables

_KINDS: dict[str, type] = {"bigint": int, "text": str, "bytea": bytes}
_TYPES = {name: _KINDS[kind] for table in tables.ALL for name, kind in zip(table.columns, table.types, strict=True)} | {
    "through": int,
    "data": bytes,
    "leaf": bytes,
}
_MAY_BE_MISSING = {"seed", "first_position", "last_position", "value", "manifest", "body", "nonce"}
"""Columns that may be null; body and nonce are so where a row of `bodies` is not found for an event."""
_WORDS = {int: "a number", str: "a text", bytes: "bytes", type(None): "nothing", float: "a fraction"}


class Columns:
    """The columns of a query, by the names that its rows come with; what is worked out there has any type."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._fitting: set[tuple[type, ...]] = set()

    def wrong(self, row: Sequence[Any]) -> str | None:  # Any: columns are as selected
        """Return what is wrong with the types of a row, or None."""
        found = tuple(map(type, row))
        if found in self._fitting:
            return None
        for name, kind in zip(self._names, found, strict=True):
            wanted = _TYPES.get(name)
            if wanted not in (None, kind) and not (kind is type(None) and name in _MAY_BE_MISSING):
                return f"the column {name} holds {_WORDS[kind]}, not {_WORDS[wanted]}"
        self._fitting.add(found)
        return None

    def told(self, row: Sequence[Any], wrong: str) -> str:  # Any: columns are as selected
        """Return what is wrong with a row, and where if the row says so."""
        place = row[self._names.index("position")] if "position" in self._names else None
        return f"position {place}: {wrong}" if isinstance(place, int) else wrong
