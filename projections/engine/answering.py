"""What every answer of a view is asked, and the heading that it carries."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol, TypeVar

import msgspec

from domain.access import Reader, may
from domain.recorded import Recorded
from domain.values import Instant, Reading
from projections.axes import Axes, RecordedBy
from projections.engine.rows import Rows, Where, seen
from projections.engine.tables import audience_of
from projections.engine.view import Columns, Row, View
from projections.origin import Itself

C = TypeVar("C", bound=Columns)


class _Addressed(msgspec.Struct, frozen=True):
    """What rows of one audience are addressed to."""

    audience: tuple[str, ...]


class Source(Itself, Protocol):
    """The record that the rows come from."""

    def at(self, positions: Collection[int]) -> Mapping[int, Recorded]:
        """Return the events at positions, those whose body was disposed of left out."""
        ...


class Placed(Protocol):
    """A question that has a place on the axes."""

    @property
    def axes(self) -> Axes:
        """Where on the axes it is asked."""
        ...

    @property
    def source(self) -> Itself:
        """The record that the answer comes from."""
        ...


class AskingRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, at which place on the axes, of which record itself. Rights are judged `now`."""

    source: Itself
    reader: Reader
    axes: Axes
    now: Instant


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, at which place on the axes; the way to the rows, and their record. Rights are judged `now`."""

    rows: Rows
    reader: Reader
    axes: Axes
    now: Instant
    source: Source

    def see(self, view: View[C], where: Where | None = None) -> tuple[list[Row[C]], int]:
        """Return the rows at the place asked that the reader may see, and how many are withheld."""
        return seen(self.rows.at(view, self.axes.cut, where), self.reader, self.now)

    def withheld(self, *views: View[Columns]) -> int:
        """Return how many rows of views the reader may not see, whatever is asked of them.

        A number that changed with the question would tell what it is that is withheld.
        """
        if self.reader.reads_all(self.now):
            return 0
        return sum(
            count
            for view in views
            for audience, count in self.rows.column(view, self.axes.cut, "audience").items()
            if not may(self.reader, _Addressed(audience_of(str(audience))), self.now)
        )

    def read(self, rows: Iterable[Row[C]]) -> list[tuple[Row[C], Recorded]]:
        """Return rows with the events that they stand for, those whose body was disposed of left out."""
        listed = list(rows)
        events = self.source.at({row.position for row in listed})
        return [(row, events[row.position]) for row in listed if row.position in events]


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What stands over every answer of a view: the place it holds for, and what of it is withheld from this reader."""

    as_of: str | None
    known_cut: Instant
    recorded_by: RecordedBy
    reading: Reading
    synthetic: bool
    withheld: int


def over(asking: Placed, withheld: int, synthetic: bool) -> Answered:
    """Return the heading of an answer."""
    axes = asking.axes
    return Answered(
        as_of=axes.as_of,
        known_cut=axes.cut.known_at,
        recorded_by=axes.recorded_by,
        reading=axes.cut.reading,
        synthetic=asking.source.simulation or synthetic,
        withheld=withheld,
    )


A = TypeVar("A", bound=Answered)


def answer(kind: type[A], heading: Answered, **members: object) -> A:
    """Return an answer that begins with a heading."""
    said = {name: getattr(heading, name) for name in Answered.__struct_fields__}
    return msgspec.convert(said | members, kind)
