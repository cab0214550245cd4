"""Visits at the invitation of States in the simulation: decided, coordinated, carried out, reported; one cancelled."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.visits.commands import (
    AnswerCoordination,
    AskCoordination,
    CancelVisit,
    CarryOutVisit,
    DecideVisit,
    InviteVisit,
    ReportVisit,
)
from domain.visits.events import Participants
from interfaces.demo.cast import SECRETARIAT
from interfaces.demo.dates import instant, later, meeting_from, weekday

if TYPE_CHECKING:
    from interfaces.demo.office import Office

VISITS = 24
FIRST, LAST = date(2011, 5, 2), date(2025, 9, 1)
CANCELLED = 2
"""The number of the visit that does not take place."""


def enter(office: Office) -> None:
    """Enter every visit, two at least."""
    for number in range(1, office.share(VISITS, least=CANCELLED) + 1):
        _visit(office, number, weekday(office.dice.day(FIRST, LAST)), office.dice.pick(office.states))


def _visit(office: Office, number: int, invited: date, state: str) -> None:
    name, key = f"sim-visit-{number}", f"sim/visit/{number}"
    office.paper(f"{name}-invitation", "letter of invitation", invited)
    invitation = InviteVisit(
        id=key,
        actor=SECRETARIAT,
        visit=name,
        state=state,
        purpose="SIMULATED: dialogue on legislation",
        received=instant(invited, 14),
        documents=(f"{name}-invitation",),
    )
    office.enter(invited, 16, invitation)
    decided = meeting_from(later(invited, 25)).day
    office.decided(name, "visit at the invitation of a State", decided)
    office.enter(decided, 16, DecideVisit(id=f"{key}/decided", actor=SECRETARIAT, visit=name, decision=name))
    asked = weekday(later(decided, 3))
    for committee in ("1267", "1373"):
        question = AskCoordination(id=f"{key}/{committee}", actor=SECRETARIAT, visit=name, committee=committee)
        office.enter(asked, 16, question)
        answer = AnswerCoordination(
            id=f"{key}/{committee}/answered",
            actor=SECRETARIAT,
            visit=name,
            committee=committee,
            text="SIMULATED: nothing stands against it",
        )
        office.enter(weekday(later(asked, 9)), 16, answer)
    begins = weekday(later(asked, 40))
    if number == CANCELLED:
        cancelled = CancelVisit(
            id=f"{key}/cancelled", actor=SECRETARIAT, visit=name, reason="SIMULATED: the State asked for another year"
        )
        office.enter(begins, 16, cancelled)
        return
    carried_out = CarryOutVisit(
        id=f"{key}/carried-out",
        actor=SECRETARIAT,
        visit=name,
        valid_from=begins.isoformat(),
        valid_to=later(begins, 2).isoformat(),
        participants=(Participants(capacity="expert", count=2), Participants(capacity="secretariat", count=1)),
    )
    office.enter(weekday(later(begins, 5)), 16, carried_out)
    reported = weekday(later(begins, 30))
    office.paper(f"{name}-report", "report of a visit", reported)
    report = ReportVisit(id=f"{key}/reported", actor=SECRETARIAT, visit=name, document=f"{name}-report")
    office.enter(reported, 16, report)
