"""When an annual review is drafted: as soon as its cut-off is over, and again before the Committee is to adopt it."""

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, timedelta
from typing import NamedTuple

from domain import duty_station
from domain.access import reader
from domain.calendar import Due, due
from domain.calendar.ladders import WORTH_SENDING
from domain.calendar.yearly import when
from domain.canonical import sha256
from domain.deciding import stands_at
from domain.document import RegisterDocument
from domain.duty_station import NEW_YORK, working_days
from domain.mandate import instance
from domain.review import preparing
from domain.review.preparing import CutOffSet, DraftReview, Preparation, preparation
from domain.review.priorities import Priority, priorities
from domain.standing import Cut
from domain.times import new_york_date, start_of
from domain.values import Instant
from ledger.record import Record
from projections.annual_review import annual_review
from projections.axes import Asked, resolve
from projections.engine.answering import Asking
from projections.engine.rows import ReplayedRows, Rows
from workflows.cycle.messages import Cycle, Rung
from workflows.kinds import At
from workflows.review.drafting import Year, draft

REVIEWS = preparing.stream(0).removesuffix("0")
ADOPTED = "adopted"


class _Open(NamedTuple):
    """A review that is not adopted: its duty, the last day of its data, and how far it is prepared."""

    year: int
    duty: Due
    cut_off: str
    preparation: Preparation

    @property
    def number(self) -> int:
        """The number of the next draft."""
        return len(self.preparation.drafts) + 1


RowsAt = Callable[[Record, int], AbstractContextManager[Rows]]
"""Gives the way to the rows of the views that figures are read from, as far as a position."""


@contextmanager
def replayed(record: Record, position: int) -> Generator[Rows]:
    """Give the rows by folding the events, which takes no table, and long where there are many."""
    del position
    yield ReplayedRows(record)


class Reviews:
    """Annual reviews that have a cut-off and are not adopted; of one that was entered late nothing is drafted."""

    name = "review"

    def __init__(self, rows_at: RowsAt = replayed) -> None:
        self._rows_at = rows_at

    def cycles(self, at: At) -> Iterable[Cycle]:
        """Return the reviews that are still to be drafted, by their years."""
        found = (self.cycle(stream.removeprefix(REVIEWS), at) for stream in at.record.stream_names(REVIEWS))
        return (each for each in found if each is not None)

    def cycle(self, name: str, at: At) -> Cycle | None:
        """Return when a review is to be drafted next."""
        found = _found(int(name), at)
        next_at = None if found is None else _next(found, at)
        if found is None or next_at is None:
            return None
        return Cycle(self.name, name, (Rung(f"draft-{found.number}", next_at),), at.record.last_position)

    def act(self, name: str, rung: str, at: At) -> None:
        """Draft a review whose time has come, and put the draft on record."""
        del rung  # whichever woke it: what is to be drafted next is judged by its own time
        found = _found(int(name), at)
        if found is None:
            return
        next_at = _next(found, at)
        if next_at is not None and next_at <= at.now:
            with self._rows_at(at.record, at.record.last_position) as rows:
                _put(found, at, rows)


def _found(year: int, at: At) -> _Open | None:
    standing, name = stands_at(at.record, Cut(known_at=at.now)), instance("REV", year)
    events = at.record.history(preparing.stream(year)).standing()
    set_at = [event for event in events if isinstance(event.body, CutOffSet)]
    prepared = preparation(events)
    if not set_at or prepared.cut_off is None:
        return None
    cut_off = date.fromisoformat(prepared.cut_off.cut_off)
    if new_york_date(set_at[-1].header.recorded_at) - cut_off > WORTH_SENDING:
        return None
    duty = next(iter(due(standing, at.now, which=lambda each, _: each.duty == name)), None)
    if duty is None or duty.status not in ("open", "overdue"):
        return None
    if any(step.step == ADOPTED and step.event_id is not None for step in duty.steps):
        return None
    return _Open(year, duty, prepared.cut_off.cut_off, prepared)


def _next(found: _Open, at: At) -> Instant | None:
    """Return when the next draft is due: the first after the cut-off, one more before the adoption."""
    first = start_of(date.fromisoformat(found.cut_off) + timedelta(days=1))
    done = len(found.preparation.drafted)
    if done == 0:
        return first
    station = working_days(at.record.history(duty_station.stream(NEW_YORK)).standing())
    again = when(ADOPTED, found.duty, station)
    return again if done == 1 and again is not None and again > first else None


def _put(found: _Open, at: At, rows: Rows) -> None:
    data = draft(at.record, _year(found, at, rows)).encode()
    at.record.documents.put(data)
    name = f"review-{found.year}-draft-{found.number}"
    registered = RegisterDocument(
        id=f"review/{found.year}/draft/{found.number}/document",
        actor=at.actor,
        document=name,
        title=f"Draft {found.number} of the annual review of {found.year}, at the cut-off {found.cut_off}",
        size=len(data),
        media_type="text/plain",
        language="en",
        distribution="limited",
        sha256=sha256(data),
        synthetic=at.record.simulation,
    )
    drafted = DraftReview(
        id=f"review/{found.year}/draft/{found.number}",
        actor=at.actor,
        year=found.year,
        document=name,
        synthetic=at.record.simulation,
    )
    at.record.submit_all([registered, drafted])


def _year(found: _Open, at: At, rows: Rows) -> Year:
    axes = resolve(at.record, Asked(as_of=found.cut_off), at.now)
    asking = Asking(rows=rows, reader=reader(at.record, at.actor), axes=axes, now=at.now, source=at.record)
    return Year(
        annual_review(asking, at.record, found.year),
        found.preparation,
        _priorities(found.year, at),
        _priorities(found.year - 1, at),
    )


def _priorities(year: int, at: At) -> Sequence[Priority]:
    return tuple(priorities(at.record.history(preparing.stream(year)).standing()).values())
