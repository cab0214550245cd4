"""What the annual review rests on (paragraph 6(a)(i)): figures of the Committee's own work at a cut-off, and why.

The cut-off is a place on the axes: what was known by a date and is on record by a position. What became known after
the date and is on record by that position is told apart. No figure is of a State.
"""

from collections.abc import Iterator, Mapping

import msgspec

from domain.activity.records import ActivityLogged
from domain.assistance.matches import MatchAgreed, MatchProposed
from domain.assistance.offers import OfferReceived
from domain.assistance.request_events import RequestReceived
from domain.contact.events import ContactConfirmed
from domain.law.records import LawAmended, LawEntered
from domain.meetings.holding import MeetingHeld
from domain.organization.contact_point import ContactPointDesignated
from domain.practice.plans import PlanBrought
from domain.practice.practices import PracticeReported
from domain.recorded import Event, Recorded
from domain.refusals import NotFound
from domain.times import new_york_date
from domain.values import Date, Instant, Precision
from domain.visits.events import VisitCarriedOut, VisitInvited
from ledger.record import Record
from projections.bearing import VIEWS as BEARING
from projections.board import board
from projections.duties import reads_progress
from projections.engine.answering import Answered, Asking, answer, over
from projections.engine.view import Columns, View
from projections.figures import cited
from projections.periods import Between
from projections.statistics import VIEWS as STATISTICS
from projections.statistics import statistics
from projections.told import told

VIEWS: tuple[View[Columns], ...] = tuple(dict.fromkeys((*STATISTICS, *BEARING)))
"""The views that are asked."""
COUNTED: Mapping[str, tuple[str, type[Event]]] = {
    "assistance-requests-received": ("assistance/", RequestReceived),
    "assistance-offers-received": ("assistance/", OfferReceived),
    "assistance-matches-proposed": ("assistance/", MatchProposed),
    "assistance-matches-agreed": ("assistance/", MatchAgreed),
    "meetings-held": ("meeting/", MeetingHeld),
    "visits-invited": ("visit/", VisitInvited),
    "visits-carried-out": ("visit/", VisitCarriedOut),
    "laws-entered": ("law/", LawEntered),
    "laws-amended": ("law/", LawAmended),
    "plans-brought": ("plan/", PlanBrought),
    "practices-reported": ("practice/", PracticeReported),
    "contacts-confirmed": ("contact/", ContactConfirmed),
    "organizations-contact-points-designated": ("organization/", ContactPointDesignated),
}
"""What is counted beside the work statistics: in which streams, by which event."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """How much was done in the year by the cut-off, and what came to be known since, by positions."""

    figure: str
    count: int
    positions: str
    since_count: int
    since_positions: str


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """An event that a figure rests on."""

    figure: str
    since_the_cut_off: bool
    position: int
    event_id: str
    type: str
    known_at: Instant
    known_precision: Precision
    recorded_at: Instant


class DutyDone(msgspec.Struct, frozen=True, kw_only=True):
    """How far a duty of the programme was at the cut-off, and the event that closed it."""

    duty: str
    paragraph: str
    status: str | None
    late: bool | None
    due: str | None
    closed_at: Instant | None
    closed_by: str | None
    extended_by: str | None


class AnnualReview(Answered, frozen=True, kw_only=True):
    """The figures of a year at a cut-off; empty for who may not see how far the Committee is."""

    year: int
    period_from: Date
    period_to: Date
    since_to: Instant
    notice: str | None
    programme: int | None = None
    figures: tuple[Figure, ...] = ()
    duties: tuple[DutyDone, ...] = ()
    events: tuple[Counted, ...] = ()


Positions = Mapping[str, frozenset[int]]


def annual_review(asking: Asking, record: Record, year: int) -> AnnualReview:
    """Return what the review of a year rests on, as the reader may see it."""
    by = asking.axes.recorded_by.recorded_at or asking.axes.cut.known_at
    later = msgspec.structs.replace(asking, axes=asking.axes.known_by(max(by, asking.axes.cut.known_at)))
    period = Between(f"{year}-01-01", f"{year}-12-31")
    done = statistics(asking, record, period)
    over_all: dict[str, object] = {
        "year": year,
        "period_from": period.first,
        "period_to": period.last,
        "since_to": later.axes.cut.known_at,
        "notice": done.notice,
    }
    if not reads_progress(asking.reader, asking.now) or done.withheld:
        return answer(AnnualReview, over(asking, max(done.withheld, 1), done.synthetic), **over_all)
    counted, withheld = _beside(asking, record, period)
    until, _withheld = _beside(later, record, period)
    at_cut_off = _of_statistics(asking, record, period) | counted
    by_now = _of_statistics(later, record, period) | until
    since = {figure: found - at_cut_off.get(figure, frozenset()) for figure, found in by_now.items()}
    programme, duties = _duties(asking, record)
    return answer(
        AnnualReview,
        over(asking, withheld, done.synthetic),
        **over_all,
        programme=programme,
        figures=tuple(_figures(at_cut_off, since)),
        duties=duties,
        events=(*_events(record, at_cut_off, since=False), *_events(record, since, since=True)),
    )


def _of_statistics(asking: Asking, record: Record, period: Between) -> dict[str, frozenset[int]]:
    return {each.figure: _positions(each.positions) for each in statistics(asking, record, period).figures}


def _positions(written: str) -> frozenset[int]:
    """Return the positions that are cited as `12-15 20`."""
    spans = (each.partition("-") for each in written.split())
    return frozenset(place for first, _, last in spans for place in range(int(first), int(last or first) + 1))


def _beside(asking: Asking, record: Record, period: Between) -> tuple[dict[str, frozenset[int]], int]:
    """Return what is counted beside the statistics, activities by their kind, and how much is withheld."""
    events, hidden = _told(asking, record)
    found: dict[str, set[int]] = {figure: set() for figure in COUNTED}
    kinds = {kind: figure for figure, (_, kind) in COUNTED.items()}
    for event in events:
        day = new_york_date(event.header.known_at).isoformat()
        figure = kinds.get(type(event.body))
        if isinstance(event.body, ActivityLogged):
            day, figure = event.body.first_day, f"activities-{event.body.kind}"
        if figure is not None and period.holds(day):
            found.setdefault(figure, set()).add(event.position)
    return {figure: frozenset(positions) for figure, positions in sorted(found.items())}, hidden


def _told(asking: Asking, record: Record) -> tuple[list[Recorded], int]:
    prefixes = sorted({prefix for prefix, _ in COUNTED.values()} | {"activity/"})
    parts = [told(record, prefix, asking.reader, asking.axes.cut, asking.now) for prefix in prefixes]
    return [event for events, _ in parts for event in events], sum(withheld for _, withheld in parts)


def _figures(at_cut_off: Positions, since: Positions) -> Iterator[Figure]:
    for figure in {**at_cut_off, **since}:
        done, later = at_cut_off.get(figure, frozenset()), since.get(figure, frozenset())
        yield Figure(
            figure=figure,
            count=len(done),
            positions=cited(done),
            since_count=len(later),
            since_positions=cited(later),
        )


def _events(record: Record, found: Positions, *, since: bool) -> Iterator[Counted]:
    headers = {position: event.header for position, event in record.at(frozenset[int]().union(*found.values())).items()}
    for figure, positions in found.items():
        for position in sorted(positions & headers.keys()):
            header = headers[position]
            yield Counted(
                figure=figure,
                since_the_cut_off=since,
                position=position,
                event_id=header.event_id,
                type=header.type,
                known_at=header.known_at,
                known_precision=header.known_precision,
                recorded_at=header.recorded_at,
            )


def _duties(asking: Asking, record: Record) -> tuple[int | None, tuple[DutyDone, ...]]:
    """Return the duties of the programme of that time, and which it was; none where no programme was known."""
    try:
        shown = board(asking, record)
    except NotFound:
        return None, ()
    listed = [duty for paragraph in shown.paragraphs for duty in paragraph.duties]
    return shown.programme, tuple(msgspec.convert(_plain(duty), DutyDone) for duty in listed)


def _plain(duty: Mapping[str, object]) -> dict[str, object]:
    return {name: duty[name] for name in DutyDone.__struct_fields__}
