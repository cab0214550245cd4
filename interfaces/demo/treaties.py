"""Treaties that do not exist, and what States do by them in the simulation: no fact about a real treaty is made up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.treaty import RecordTreatyAction, RegisterTreaty
from interfaces.demo.cast import SECRETARIAT
from interfaces.demo.dates import later, weekday

if TYPE_CHECKING:
    from interfaces.demo.office import Office

OPENED = date(2005, 6, 1)
ACTIONS = 60
LIVES = (
    ("signature", "ratification", "entry-into-force"),
    ("accession", "entry-into-force"),
    ("signature",),
    ("acceptance", "entry-into-force", "withdrawal"),
    ("succession",),
)
"""What a State may do by a treaty, one after another."""


def enter(office: Office) -> None:
    """Enter three treaties, and for some States what they do by one."""
    treaties = [f"sim-treaty-{number}" for number in (1, 2, 3)]
    for number, treaty in enumerate(treaties, 1):
        registered = RegisterTreaty(
            id=f"sim/treaty/{number}",
            actor=SECRETARIAT,
            treaty=treaty,
            name=f"SIMULATED treaty {number}",
            name_fr=f"Traité SIMULÉ {number}",
            opened_on=OPENED.isoformat(),
        )
        office.enter(OPENED, 16, registered)
    acting = office.dice.some(office.states, office.share(ACTIONS, least=len(LIVES)))
    for place, state in enumerate(acting):
        _acts(office, state, treaties[place % len(treaties)], LIVES[place % len(LIVES)])


def _acts(office: Office, state: str, treaty: str, actions: tuple[str, ...]) -> None:
    day = weekday(office.dice.day(later(OPENED, 60), date(2022, 6, 1)))
    for action in actions:
        document = f"sim-notice-{treaty}-{state.lower()}-{action}"
        office.paper(document, "notice of a depositary", day, distribution="general")
        taken = RecordTreatyAction(
            id=f"sim/{treaty}/{state}/{action}",
            actor=SECRETARIAT,
            treaty=treaty,
            state=state,
            action=action,
            day=later(day, -5).isoformat(),
            document=document,
        )
        office.enter(day, 16, taken)
        day = weekday(later(day, office.dice.whole(60, 400)))
