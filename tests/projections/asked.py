"""What an answer of views is asked in tests: by folding the events themselves, or by rows that are given."""

from typing import Protocol

from domain.access import PUBLIC_READER, reader
from domain.standing import Cut
from projections.axes import Axes, RecordedBy
from projections.engine.answering import Asking, Source
from projections.engine.rows import ReplayedRows, Rows
from projections.engine.source import Followed

NOW = "2024-01-01T00:00:00.000000Z"


class Record(Followed, Source, Protocol):
    """A record that can be followed and asked."""


def asking(record: Record, cut: Cut, rows: Rows | None = None, actor: str = "sec") -> Asking:
    """Ask the events themselves, or the rows given."""
    position = min(cut.position, record.last_position)
    axes = Axes(as_of=None, cut=cut, recorded_by=RecordedBy(position, None), standing="approved", in_force_on=None)
    who = reader(record, actor) if actor else PUBLIC_READER
    return Asking(rows=rows or ReplayedRows(record), reader=who, axes=axes, now=NOW, source=record)
