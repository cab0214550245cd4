"""The written no-objection procedure in the simulation: mostly silence; also objections, holds, time, a New Year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.decision import Circulate, Propose, ProposedItem
from domain.no_objection.commands import (
    DAYS,
    HOUR,
    INCOMING_DAYS,
    AnswerTime,
    AskTime,
    CloseProcedure,
    InformIncoming,
    Object,
    OpenProcedure,
    PlaceOnHold,
    ReleaseHold,
    Saying,
)
from domain.no_objection.procedure import closing
from domain.times import moment
from interfaces.demo.cast import SECRETARIAT, chair
from interfaces.demo.dates import END, instant, later, weekday
from interfaces.demo.working_days import working_days

if TYPE_CHECKING:
    from interfaces.demo.committee import Committee
    from interfaces.demo.office import Office

FIRST = 2013
SENT, HEARD, CLOSED = 15, 18, 22
"""Hours of UTC: sent in the morning in New York, heard at noon, closed after five."""
EVENTFUL, LATE, ACROSS = date(2014, 3, 10), date(2015, 3, 9), date(2013, 12, 26)
"""When items are objected to, held and given time; when an objection is recorded late; and across New Year."""


def enter(office: Office, committee: Committee) -> None:
    """Put something to silence every autumn, and three times when it is broken or spans New Year."""
    for year in office.years(FIRST):
        _silent(office, weekday(date(year, 9, 10)))
    _eventful(office, committee, EVENTFUL)
    _objected_late(office, committee, LATE)
    _across_new_year(office, committee, ACROSS)


def _silent(office: Office, day: date) -> None:
    if later(day, 30) > END:
        return
    name = _opened(office, day)
    _closed(office, name, _close_of(day))


def _eventful(office: Office, committee: Committee, day: date) -> None:
    """One item objected to, one held until later, one given two days more."""
    name = _opened(office, day)
    first, second, third = committee.members(day)[:3]
    heard = later(day, 2)
    office.enter(heard, HEARD, _said(Object, name, first, heard, 1))
    office.enter(heard, HEARD, _said(PlaceOnHold, name, second, heard, 2))
    office.enter(heard, HEARD, _said(AskTime, name, third, heard, 3))
    answer = AnswerTime(
        id=f"sim/{name}/answer", actor=chair(day), decision=name, items=(3,), days=2, reason="SIMULATED: as asked"
    )
    office.enter(later(heard, 1), HEARD, answer)
    _closed(office, name, _close_of(day, DAYS + 2))
    released = later(day, 21)
    office.enter(released, HEARD, _said(ReleaseHold, name, second, released, 2))
    _closed(office, name, released)


def _objected_late(office: Office, committee: Committee, day: date) -> None:
    """An objection that came in time is recorded two days after the close, which takes the item back."""
    name = _opened(office, day)
    close = _close_of(day)
    _closed(office, name, close)
    member = committee.members(day)[0]
    office.enter(later(close, 2), HEARD, _said(Object, name, member, later(day, 3), 2))


def _across_new_year(office: Office, committee: Committee, day: date) -> None:
    """What closes in January is put to the members who come in."""
    name, told = _opened(office, day), date(day.year + 1, 1, 2)
    informed = InformIncoming(
        id=f"sim/{name}/incoming",
        actor=SECRETARIAT,
        decision=name,
        sent=instant(told, SENT),
        delegations=tuple(sorted(set(committee.members(told)) - set(committee.members(day)))),
    )
    office.enter(told, SENT, informed)
    _closed(office, name, max(_close_of(day), _close_of(told, INCOMING_DAYS)))


def _opened(office: Office, day: date) -> str:
    name = f"sim-silence-{day.isoformat()}"
    proposal = Propose(
        id=f"sim/{name}",
        actor=SECRETARIAT,
        decision=name,
        title="SIMULATED proposal: invitations to events, put to silence",
        items=tuple(ProposedItem(number=number, text=f"SIMULATED: accept invitation {number}") for number in (1, 2, 3)),
    )
    office.enter(day, SENT, proposal)
    circulated = Circulate(
        id=f"sim/{name}/circulated", actor=SECRETARIAT, decision=name, recipients=("chair", "member")
    )
    office.enter(day, SENT, circulated)
    opened = OpenProcedure(id=f"sim/{name}/opened", actor=SECRETARIAT, decision=name, sent=instant(day, SENT))
    office.enter(day, SENT, opened)
    return name


def _close_of(day: date, days: int = DAYS) -> date:
    return moment(closing(instant(day, SENT), days, HOUR, working_days())).date()


def _closed(office: Office, name: str, day: date) -> None:
    office.enter(day, CLOSED, CloseProcedure(id=f"sim/{name}/closed/{day}", actor=chair(day), decision=name))


def _said(kind: type[Saying], decision: str, state: str, day: date, item: int) -> Saying:
    return kind(
        id=f"sim/{decision}/{kind.__name__}",
        actor=SECRETARIAT,
        decision=decision,
        state=state,
        received=instant(day, HEARD),
        items=(item,),
    )
