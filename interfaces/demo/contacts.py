"""Contacts of States, Missions and organizations in the simulation: no name that a person could have."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.contact.commands import (
    BounceContact,
    ConfirmContact,
    Details,
    EndContact,
    EraseContact,
    ProposeContact,
    ReaffirmContact,
)
from domain.holds import LiftHold, PlaceHold
from domain.ids import command_id
from interfaces.demo.cast import SECOND_SECRETARIAT, SECRETARIAT
from interfaces.demo.dates import END, later, weekday
from interfaces.demo.organizations import MADE_UP

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.contact.commands import Party, Seat
    from domain.sealed import Sealed
    from interfaces.demo.office import Office

    Seal = Callable[[str, str, str, str], Sealed]

CONTACTS = 110
FIRST, LAST = date(2011, 9, 1), date(2022, 12, 1)
BOUNCED, LEFT, ERASED = 2, 3, 4
"""The numbers of the contacts to whom that happens first."""
HELD, LIFTED, ERASURE = date(2019, 3, 4), date(2020, 3, 2), date(2020, 9, 8)
OF_ORGANIZATIONS = 4


class Contacts:
    """Keeps the directory: one person proposes, another confirms."""

    def __init__(self, office: Office, seal: Seal) -> None:
        self._office = office
        self._seal = seal

    def enter(self) -> None:
        """Enter all contacts; to one in five something happens."""
        dice, count = self._office.dice, self._office.share(CONTACTS, least=ERASED + 1)
        states = dice.some(self._office.states, count)
        for number, state in enumerate(states, 1):
            first = FIRST if number <= ERASED else dice.day(FIRST, LAST)
            party: Party = "mission" if number % 2 else "state"
            self._contact(number, weekday(first), party, state=state)
        for place, organization in enumerate(MADE_UP[:OF_ORGANIZATIONS]):
            self._contact(count + 1 + place, date(2013, 12, 16), "organization", organization=organization)
        self._erased(f"sim-contact-{ERASED}")

    def _contact(
        self, number: int, day: date, party: Party, *, state: str | None = None, organization: str | None = None
    ) -> None:
        name, dice = f"sim-contact-{number}", self._office.dice
        seat: Seat = "new-york" if party == "mission" else "capital" if party == "state" else "headquarters"
        key = f"sim/contact/{number}"
        proposed = ProposeContact(
            id=key,
            actor=SECRETARIAT,
            contact=name,
            party=party,
            seat=seat,
            language=dice.pick(("en", "fr", "es")),
            details=self._details(key, name, number),
            state=state,
            organization=organization,
            valid_from=day.isoformat(),
        )
        self._office.enter(day, 16, proposed)
        confirmed = ConfirmContact(id=f"{key}/confirmed", actor=SECOND_SECRETARIAT, contact=name, proposal=1)
        self._office.enter(weekday(later(day, 1)), 16, confirmed)
        self._happens(number, name, day)

    def _details(self, key: str, name: str, number: int) -> Details:
        command = command_id(key)
        return Details(
            name=self._seal(name, "name", command, f"Example person {number}"),
            title=self._seal(name, "title", command, "SIMULATED title"),
            email=self._seal(name, "email", command, f"person-{number}@example.org"),
            phone=None,
            address=None,
        )

    def _happens(self, number: int, name: str, day: date) -> None:
        """Have a contact reaffirmed year by year; mail to one in five comes back, one in five leaves."""
        key, dice = f"sim/contact/{number}", self._office.dice
        last = later(day, dice.whole(800, 2400)) if number % 5 == LEFT else ERASURE if number == ERASED else END
        for year in range(day.year + 1, last.year):
            if dice.chance(0.6):
                said = weekday(date(year, dice.whole(3, 8), 9))
                same = ReaffirmContact(id=f"{key}/same/{year}", actor=SECRETARIAT, contact=name)
                self._office.enter(said, 16, same)
        if number % 5 == BOUNCED:
            bounced = BounceContact(id=f"{key}/bounced", actor=SECRETARIAT, contact=name, status="5.1.1")
            self._office.enter(weekday(later(day, dice.whole(300, 3000))), 17, bounced)
        if number % 5 == LEFT:
            left = EndContact(
                id=f"{key}/ended",
                actor=SECRETARIAT,
                contact=name,
                valid_to=weekday(last).isoformat(),
                ending="left",
            )
            self._office.enter(weekday(last), 17, left)

    def _erased(self, name: str) -> None:
        """Hold one contact for an inquiry, lift the hold, and then erase the person on the authority of a letter."""
        self._office.paper("sim-inquiry", "letter that opens an inquiry", HELD)
        held = PlaceHold(
            id="sim/hold",
            actor=SECRETARIAT,
            hold="sim-inquiry",
            covers=(f"contact/{name}",),
            file_class="SIMULATED: contacts",
            reason="SIMULATED: an inquiry",
            document="sim-inquiry",
        )
        self._office.enter(HELD, 16, held)
        self._office.paper("sim-inquiry-over", "letter that ends an inquiry", LIFTED)
        lifted = LiftHold(
            id="sim/hold/lifted",
            actor=SECRETARIAT,
            hold="sim-inquiry",
            reason="SIMULATED: the inquiry is over",
            document="sim-inquiry-over",
        )
        self._office.enter(LIFTED, 16, lifted)
        self._office.paper("sim-erasure", "letter that asks to erase a person", ERASURE)
        erased = EraseContact(
            id=f"sim/{name}/erased",
            actor=SECRETARIAT,
            contact=name,
            reason="SIMULATED: the person asked for it",
            document="sim-erasure",
        )
        self._office.enter(ERASURE, 17, erased)
