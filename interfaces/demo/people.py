"""The experts by period, the roster of those who may be asked, and the directories of those who have left."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.committee.directories import FORMER_EXPERTS, FORMER_MEMBERS, ConfirmDirectory, Entry
from domain.committee.experts import AppointExpert, ReleaseExpert
from domain.committee.roster import EndExpertise, ListExpertise
from interfaces.demo.cast import EXPERTS, NINTH_EXPERT, SECRETARIAT, expert
from interfaces.demo.dates import later, weekday

if TYPE_CHECKING:
    from interfaces.demo.committee import Committee
    from interfaces.demo.office import Office

PERIODS = (
    (date(2005, 3, 1), date(2011, 4, 24)),
    (date(2011, 4, 25), date(2021, 4, 25)),
    (date(2021, 4, 26), date(2032, 11, 30)),
)
"""Appointments go with the mandates."""
REGIONS = ("Africa", "Asia and the Pacific", "Eastern Europe", "Latin America and the Caribbean", "Western Europe")
LEFT = date(2018, 6, 29)
RESERVE = "sim-expert-reserve"


def enter(office: Office, committee: Committee) -> None:
    """Enter experts, roster and directories."""
    for number in range(1, EXPERTS + 1):
        for first, last in PERIODS:
            _appoint(office, number, first, last)
    _appoint(office, EXPERTS + 1, NINTH_EXPERT, PERIODS[1][1])
    released = ReleaseExpert(
        id="sim/expert/released",
        actor=SECRETARIAT,
        expert=expert(EXPERTS + 1),
        valid_to=LEFT.isoformat(),
        reason="SIMULATED: another appointment",
    )
    office.enter(LEFT, 17, released)
    _list(office, RESERVE, date(2011, 9, 1), None)
    _list(office, expert(EXPERTS + 1), date(2018, 9, 3), date(2026, 8, 31))
    ended = EndExpertise(
        id=f"sim/roster/{RESERVE}/ended",
        actor=SECRETARIAT,
        expert=RESERVE,
        valid_to="2017-06-30",
        reason="SIMULATED: no longer available",
    )
    office.enter(date(2017, 6, 30), 17, ended)
    for year in office.years(2012):
        for month in (3, 9):
            day = weekday(date(year, month, 5))
            _confirm(office, FORMER_MEMBERS, day, _former_members(committee, day))
            if day > LEFT:
                _confirm(office, FORMER_EXPERTS, day, (Entry(person=expert(EXPERTS + 1), state=None),))


def _appoint(office: Office, number: int, first: date, last: date) -> None:
    appointed = AppointExpert(
        id=f"sim/expert/{number}/{first}",
        actor=SECRETARIAT,
        expert=expert(number),
        region=REGIONS[number % len(REGIONS)],
        valid_from=first.isoformat(),
        valid_to=last.isoformat(),
    )
    office.enter(first, 17, appointed)


def _list(office: Office, name: str, first: date, last: date | None) -> None:
    listed = ListExpertise(
        id=f"sim/roster/{name}",
        actor=SECRETARIAT,
        expert=name,
        expertise=("SIMULATED: legislation", "SIMULATED: export control"),
        languages=("en", "fr"),
        valid_from=first.isoformat(),
        valid_to=None if last is None else last.isoformat(),
    )
    office.enter(first, 17, listed)


def _former_members(committee: Committee, day: date) -> tuple[Entry, ...]:
    left = {each.state for each in committee.terms if each.last is not None and later(each.last, 1) <= day}
    return tuple(Entry(person=f"sim-former-member-{state.lower()}", state=state) for state in sorted(left))


def _confirm(office: Office, directory: str, day: date, entries: tuple[Entry, ...]) -> None:
    confirmed = ConfirmDirectory(
        id=f"sim/directory/{directory}/{day}",
        actor=SECRETARIAT,
        directory=directory,
        day=day.isoformat(),
        entries=entries,
        note="SIMULATED",
    )
    office.enter(day, 18, confirmed)
