"""The cell events of one revision that stand at a cut: what a reading asks of them, and the answer from plain rows."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Protocol

import msgspec

from domain.index import Row
from domain.matrix.events import CellAssessed, CellCorrected
from domain.recorded import Recorded
from domain.standing import NO_LIMIT
from domain.values import Instant, Precision


class Stands(msgspec.Struct, frozen=True, gc=False):
    """A cell event that stands: its position on record, and the value it gives."""

    position: int
    value: str


class Cells(Protocol):
    """The cell events of one revision of a State that stand at a cut.

    A late fact, where a position is given, is an event whose root was recorded after it and repairs no error.
    """

    def last(self, cells: Iterable[str], before: int = NO_LIMIT) -> dict[str, Stands]:
        """Return, by cell, the last event known by the cut, late facts after position `before` left out."""
        ...

    def late(self, after: int) -> Mapping[str, Stands]:
        """Return, by cell, the last late fact after a position that is known by the cut."""
        ...

    def in_chain(self, cell: str, root: int) -> int | None:
        """Return the position of what stands in the chain of a root of a cell, whatever its known date."""
        ...

    def perhaps_known(self) -> Iterator[tuple[Instant, Precision]]:
        """Yield the dates of events dated to a month or year that are known after the cut."""
        ...


def cell_body(event: Recorded) -> CellAssessed | CellCorrected:
    """Return the body of an event that stands in a cell."""
    assert isinstance(event.body, CellAssessed | CellCorrected)  # noqa: S101 - only these stand in cells
    return event.body


def order(row: Row) -> tuple[str, int]:
    """Return where a row comes in the order of knowing: (known_at, root position)."""
    return row.known_at, row.root_position


class RowCells:
    """Cells from their rows, those that hold at the cut; the rows of a cell are read when it is asked for."""

    def __init__(self, known_at: Instant, names: Collection[str], rows_of: Callable[[str], Iterable[Row]]) -> None:
        self._known_at = known_at
        self._names = names
        self._rows_of = rows_of
        self._read: dict[str, list[Row]] = {}

    def _rows(self, cell: str) -> list[Row]:
        if cell not in self._read:
            self._read[cell] = sorted((row for row in self._rows_of(cell) if row.kind == "cell"), key=order)
        return self._read[cell]

    def last(self, cells: Iterable[str], before: int = NO_LIMIT) -> dict[str, Stands]:
        """Return, by cell, the last event known by the cut, late facts after position `before` left out."""
        return self._last(cells, lambda row: row.repairs or row.root_position <= before)

    def late(self, after: int) -> Mapping[str, Stands]:
        """Return, by cell, the last late fact after a position that is known by the cut."""
        return self._last(self._names, lambda row: not row.repairs and row.root_position > after)

    def _last(self, cells: Iterable[str], counts: Callable[[Row], bool]) -> dict[str, Stands]:
        found: dict[str, Stands] = {}
        for cell in cells:
            for row in self._rows(cell):
                if row.known_at <= self._known_at and counts(row):
                    assert row.value is not None  # noqa: S101 - a row of kind `cell` has a value
                    found[cell] = Stands(row.position, row.value)
        return found

    def in_chain(self, cell: str, root: int) -> int | None:
        """Return the position of what stands in the chain of a root of a cell, whatever its known date."""
        return next((row.position for row in self._rows(cell) if row.root_position == root), None)

    def perhaps_known(self) -> Iterator[tuple[Instant, Precision]]:
        """Yield the dates of events dated to a month or year that are known after the cut."""
        for cell in self._names:
            for row in self._rows(cell):
                if row.known_at > self._known_at and row.known_precision in ("month", "year"):
                    yield row.known_at, row.known_precision
