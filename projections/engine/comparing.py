"""Comparing two generations of a view at one position: by the hash of their sorted rows, and by the rows that differ.

Rows say between which positions they stand, so that a generation can be compared as it was at any position it is past.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from domain.standing import NO_LIMIT
from projections.engine.generations import Generation
from projections.engine.tables import KEY, table
from projections.engine.view import Columns, View

Values = dict[str, Any]
"""A row by its columns; Any: they are of the view's own types."""
SHOWN = 10
_PAGE = 2_000


class Difference(msgspec.Struct, frozen=True):
    """A row that is only in one of two generations, or another in each."""

    live: Values | None
    rebuilt: Values | None


class Comparison(msgspec.Struct, frozen=True):
    """Two generations at one position: how many rows each has, their hashes, and the first rows that differ."""

    position: int
    rows: tuple[int, int]
    sha256: tuple[str, str]
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """True where both hold the same rows."""
        return self.sha256[0] == self.sha256[1]


def compare(
    connection: sa.Connection, view: View[Columns], live: Generation, rebuilt: Generation, position: int
) -> Comparison:
    """Compare a rebuilt generation with the live one, as both are at a position."""
    sides = [_Side(connection, view, each, position) for each in (live, rebuilt)]
    left, right = sides
    differences: list[Difference] = []
    while left.row is not None or right.row is not None:
        first = right.row is None or (left.row is not None and left.key <= right.key)
        second = left.row is None or (right.row is not None and right.key <= left.key)
        if left.row != right.row and len(differences) < SHOWN:
            differences.append(Difference(left.row if first else None, right.row if second else None))
        if first:
            left.step()
        if second:
            right.step()
    return Comparison(
        position, (left.count, right.count), (left.hash.hexdigest(), right.hash.hexdigest()), tuple(differences)
    )


class _Side:
    """The rows of one generation, one after the other, in order of their key."""

    def __init__(self, connection: sa.Connection, view: View[Columns], generation: Generation, position: int) -> None:
        self.hash = hashlib.sha256()
        self.count = 0
        self.row: Values | None = None
        self.key: tuple[object, ...] = ()
        self._rows = _rows(connection, view, generation, position)
        self._next()

    def _next(self) -> None:
        self.row = next(self._rows, None)
        if self.row is not None:
            self.key = tuple(self.row[name] for name in KEY)

    def step(self) -> None:
        """Take the row into the hash and go on to the next."""
        self.hash.update(msgspec.json.encode(self.row) + b"\n")
        self.count += 1
        self._next()


def _rows(connection: sa.Connection, view: View[Columns], generation: Generation, position: int) -> Iterator[Values]:
    rows = table(view, generation.number)
    columns = [column for column in rows.c if column.name != "to_position"]
    until = sa.case((rows.c.to_position > position, NO_LIMIT), else_=rows.c.to_position).label("to_position")
    found = sa.select(*columns, until).where(rows.c.from_position <= position).order_by(*(rows.c[name] for name in KEY))
    for row in connection.execution_options(yield_per=_PAGE).execute(found).mappings():
        yield dict(row)
