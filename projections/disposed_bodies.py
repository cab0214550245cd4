"""Bodies that were disposed of: of which events, and on which day; their headers stand as before."""

from collections.abc import Iterator

from domain.disposal import KINDS
from domain.disposed import STREAM, RecordDisposed
from domain.recorded import Disposed, Recorded
from domain.standing import Cut
from domain.times import new_york_date
from domain.values import Date
from projections.origin import Itself


def disposed_bodies(record: Itself, cut: Cut, kinds: tuple[str, ...] = KINDS) -> Iterator[tuple[Recorded, Date]]:
    """Yield the events that stand at a cut, in streams of some kinds, whose bodies are gone today, with the day."""
    days = {
        event_id: new_york_date(event.header.recorded_at).isoformat()
        for event in record.history(STREAM).standing()
        if isinstance(body := event.body, RecordDisposed)
        for event_id in body.event_ids
    }
    streams = {event.header.stream for each in days if (event := record.event(each)) is not None}
    for stream in sorted(each for each in streams if each.partition("/")[0] in kinds):
        for event in record.history(stream).standing(cut):
            if isinstance(event.body, Disposed):
                yield event, days[event.id]


def in_its_place(day: Date) -> str:
    """Return what is shown in the place of a body."""
    return f"[disposed {day}]"
