"""Organizations, made up but for the two other committees: asked for contact points, in dialogue, with objectives."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.organization.contact_point import AskContactPoint, ConfirmContactPoint, DesignateContactPoint
from domain.organization.dialogue import KINDS, LogDialogue
from domain.organization.objectives import AppraiseObjective, SetObjective
from domain.organization.registering import RegisterOrganization
from interfaces.demo.cast import SECRETARIAT
from interfaces.demo.dates import END, START, later, weekday

if TYPE_CHECKING:
    from interfaces.demo.office import Office

COMMITTEES = ("committee-1267", "committee-1373")
MADE_UP = tuple(f"sim-org-{number}" for number in range(1, 13))
OBJECTIVES = date(2014, 5, 15)
"""Adopted at the end of the twelfth programme, by the decision that fulfils that duty."""
ASKED, BY = date(2013, 7, 8), date(2013, 12, 31)


def enter(office: Office) -> None:
    """Enter the organizations and what passes with them."""
    for name in COMMITTEES:
        number = name.removeprefix("committee-")
        _register(office, name, "committee", f"{number} Committee", f"Comité {number}")
    for place, name in enumerate(MADE_UP):
        kind = ("international", "regional", "subregional")[place % 3]
        title, title_fr = f"SIMULATED {kind} organization {place + 1}", f"Organisation SIMULÉE {place + 1}"
        _register(office, name, kind, title, title_fr)
        _contact_point(office, name, place)
    for year in office.years(2009):
        for quarter in range(4):
            _dialogue(office, year, quarter)
    _objectives(office)


def _register(office: Office, name: str, kind: str, title: str, title_fr: str) -> None:
    registered = RegisterOrganization(
        id=f"sim/organization/{name}", actor=SECRETARIAT, organization=name, kind=kind, title=title, title_fr=title_fr
    )
    office.enter(START, 18, registered)


def _contact_point(office: Office, name: str, place: int) -> None:
    """Ask for a contact point; most designate one by the end of 2013, two later, one not at all."""
    asked = AskContactPoint(
        id=f"sim/organization/{name}/asked",
        actor=SECRETARIAT,
        organization=name,
        dated=ASKED.isoformat(),
        reply_by=BY.isoformat(),
    )
    office.enter(ASKED, 16, asked)
    if place == len(MADE_UP) - 1:
        return
    day = weekday(office.dice.day(date(2014, 2, 3), date(2014, 9, 30)) if place > 8 else _by(office))
    letter = f"sim-designation-{name}"
    office.paper(letter, "letter of designation", day)
    designated = DesignateContactPoint(
        id=f"sim/organization/{name}/designated",
        actor=SECRETARIAT,
        organization=name,
        dated=day.isoformat(),
        document=letter,
    )
    office.enter(day, 16, designated)
    for year in office.years(day.year + 1):
        if office.dice.chance(0.8):
            said = weekday(date(year, office.dice.whole(2, 10), 14))
            confirmed = ConfirmContactPoint(
                id=f"sim/organization/{name}/confirmed/{year}",
                actor=SECRETARIAT,
                organization=name,
                dated=max(said, day).isoformat(),
            )
            office.enter(max(said, day), 16, confirmed)


def _by(office: Office) -> date:
    return office.dice.day(date(2013, 8, 1), date(2013, 12, 20))


def _dialogue(office: Office, year: int, number: int) -> None:
    day = weekday(date(year, 1 + 3 * number, office.dice.whole(12, 26)))
    name = office.dice.pick((*COMMITTEES, *MADE_UP))
    logged = LogDialogue(
        id=f"sim/dialogue/{year}/{number}",
        actor=SECRETARIAT,
        organization=name,
        kind=KINDS[(year * 4 + number) % len(KINDS)],
        day=day.isoformat(),
        text="SIMULATED entry of the dialogue",
    )
    office.enter(day, 19, logged)


def _objectives(office: Office) -> None:
    """Set objectives by the decision of the twelfth programme, and look at them under those that follow."""
    for number in (1, 2):
        name = f"sim-objective-{number}"
        objective = SetObjective(
            id=f"sim/objective/{number}",
            actor=SECRETARIAT,
            objective=name,
            text=f"SIMULATED objective {number} of the work with organizations",
            decision="sim-iro-goals",
            goals=("SIMULATED goal 1", "SIMULATED goal 2"),
        )
        office.enter(OBJECTIVES, 19, objective)
        for programme in range(13, END.year - 2001):
            day = weekday(later(date(programme + 2002, 1, 6), 7 * number))
            appraised = AppraiseObjective(
                id=f"sim/objective/{number}/{programme}",
                actor=SECRETARIAT,
                objective=name,
                programme=programme,
                text="SIMULATED: some progress",
            )
            office.enter(day, 19, appraised)
