"""Who the Committee is on a day: its members, who holds which office, who chairs which group, its experts."""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from domain import period
from domain.committee.experts import experts
from domain.committee.groups import groups
from domain.committee.members import terms
from domain.committee.offices import offices, presiding
from domain.recorded import Recorded
from domain.times import new_york_date
from domain.values import Date
from projections.engine.answering import Answered, Asking, answer, over
from projections.views.references import VIEW

KINDS = ("members", "offices", "groups", "experts")
Seat = Literal["member", "chair", "acting-chair", "vice-chair", "group", "group-chair", "expert"]


class Seated(msgspec.Struct, frozen=True, kw_only=True):
    """Who has a seat or an office, and for which days; `of` is the group that is chaired, or an expert's region."""

    seat: Seat
    who: str
    of: str | None
    valid_from: Date
    valid_to: Date | None


class Roll(Answered, frozen=True, kw_only=True):
    """The Committee of a day; `presides` is the Chair or an acting Chair.

    `vacant` says that nobody does; a record without any office does not know of a vacancy.
    """

    day: Date
    members: int
    presides: str | None
    vacant: bool
    seated: tuple[Seated, ...]


def roll(asking: Asking, day: Date | None = None) -> Roll:
    """Return who the Committee is on a day, by default on the one asked about, by what was known there.

    Raises:
        MalformedInput: there is no such day.
    """
    if day is None:
        day = new_york_date(asking.now if asking.axes.as_of is None else asking.axes.cut.known_at).isoformat()
    period.day_of(day, "--on")
    shown, withheld = asking.see(VIEW, {"kind": KINDS})
    events = [event for _, event in asking.read(shown)]
    seated = tuple(each for each in _seated(events) if period.holds(each, day))
    chair = presiding(events, day)
    return answer(
        Roll,
        over(asking, withheld, any(event.header.synthetic for event in events)),
        day=day,
        members=sum(each.seat == "member" for each in seated),
        presides=None if chair is None else chair.state,
        vacant=chair is None and bool(offices(events)),
        seated=seated,
    )


def _seated(events: Sequence[Recorded]) -> Iterator[Seated]:
    for term in sorted(terms(events), key=lambda each: each.state):
        yield _seat("member", term.state, None, term)
    for office in sorted(offices(events), key=lambda each: (each.office, each.group or "", each.state)):
        yield _seat(office.office, office.state, office.group, office)
    for group in sorted(groups(events), key=lambda each: each.group):
        yield _seat("group", group.group, group.title, group)
    for expert in sorted(experts(events), key=lambda each: each.expert):
        yield _seat("expert", expert.expert, expert.region, expert)


def _seat(seat: str, who: str, of: str | None, days: period.Period) -> Seated:
    said = {"seat": seat, "who": who, "of": of, "valid_from": days.valid_from, "valid_to": days.valid_to}
    return msgspec.convert(said, Seated)
