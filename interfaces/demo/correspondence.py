"""Letters of the Committee: to all States every year, to those who have not reported, and what comes in beside."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from interfaces.demo.dates import later, weekday

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interfaces.demo.office import Office
    from interfaces.demo.register import Register

ALL_STATES = "other:permanent-missions-of-all-member-states"
CAMPAIGN = range(2013, 2017)
"""In the summers of these years those who have not reported are written to."""


def enter(office: Office, register: Register, silent: Sequence[str]) -> None:
    """Enter the letters of twenty years; `silent` are States that have not reported by the end of them."""
    for year in office.years(2005):
        day = weekday(date(year, 2, 8))
        register.sent(f"to-all-{year}", day, (ALL_STATES,), "note verbale: contact points", reply_by=later(day, 90))
        for state in office.dice.some(office.states, 3):
            _answered(office, register, state, year, day)
        _asked_of_us(office, register, year)
    for year in CAMPAIGN:
        for state in silent:
            day = weekday(date(year, 7, 2))
            key = f"report-{year}-{state}"
            register.sent(key, day, (f"state:{state}",), "note verbale: first report", reply_by=later(day, 120))
            if office.dice.chance(0.4):
                answer = weekday(later(day, office.dice.whole(20, 150)))
                register.received(f"{key}-answer", answer, f"state:{state}", "note verbale", answers=key)
                register.closed(key, later(answer, 1), "answered")


def _answered(office: Office, register: Register, state: str, year: int, sent: date) -> None:
    key, day = f"poc-{year}-{state}", weekday(later(sent, office.dice.whole(10, 120)))
    language = office.dice.pick(("en", "fr", "es", "ar"))
    register.received(key, day, f"state:{state}", "note verbale", answers=f"to-all-{year}", language=language)
    register.circulated(key, later(day, 1))


def _asked_of_us(office: Office, register: Register, year: int) -> None:
    """Take one letter of the year from its receipt to the reply, through the hands of two."""
    key, day = f"asked-{year}", weekday(date(year, 5, office.dice.whole(2, 25)))
    party = f"state:{office.dice.pick(office.states)}"
    register.received(key, day, party, "request for information", reply_by=later(day, 30))
    register.circulated(key, later(day, 1))
    register.handed_on(key, later(day, 1), "expert", "draft a reply", later(day, 14))
    register.handed_on(key, later(day, 10), "chair", "sign the reply", later(day, 21))
    register.sent(f"{key}-reply", weekday(later(day, 18)), (party,), "reply", answers=key)
    register.closed(key, weekday(later(day, 18)), "answered")
