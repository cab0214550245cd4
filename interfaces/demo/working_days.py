"""The working days of the duty station in the simulation: made-up holidays listed every autumn, and closures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.duty_station import DeclareClosure, Holiday, LiftClosure, ListHolidays, WorkingDays
from interfaces.demo.cast import SECRETARIAT
from interfaces.demo.dates import END, START, later, weekday

if TYPE_CHECKING:
    from interfaces.demo.office import Office

DAYS = ((1, 1), (2, 20), (4, 6), (5, 28), (7, 4), (9, 3), (10, 12), (11, 23), (12, 25))
"""Month and day; what falls on a weekend is kept on the Monday after."""
YEARS = range(START.year, END.year + 2)
CLOSED = (date(2012, 10, 29), date(2012, 10, 30))
OPEN_AFTER_ALL = date(2016, 1, 25)


def holidays(year: int) -> tuple[Holiday, ...]:
    """Return the simulated holidays of a year."""
    return tuple(
        Holiday(day=weekday(date(year, month, day)).isoformat(), name=f"SIMULATED holiday {number}")
        for number, (month, day) in enumerate(DAYS, 1)
    )


def working_days() -> WorkingDays:
    """Return the working days as the whole simulation has them."""
    listed = {year: frozenset(date.fromisoformat(each.day) for each in holidays(year)) for year in YEARS}
    return WorkingDays(listed, frozenset(CLOSED))


def enter(office: Office) -> None:
    """List the holidays of each year in the autumn before, declare closures, and lift one."""
    for year in YEARS:
        listed = ListHolidays(id=f"sim/holidays/{year}", actor=SECRETARIAT, year=year, holidays=holidays(year))
        office.enter(max(weekday(date(year - 1, 11, 10)), START), 15, listed)
    for day in (*CLOSED, OPEN_AFTER_ALL):
        declared = DeclareClosure(
            id=f"sim/closure/{day}", actor=SECRETARIAT, day=day.isoformat(), reason="SIMULATED: a storm is foreseen"
        )
        office.enter(later(day, -3), 20, declared)
    lifted = LiftClosure(
        id=f"sim/closure/{OPEN_AFTER_ALL}/lifted",
        actor=SECRETARIAT,
        day=OPEN_AFTER_ALL.isoformat(),
        reason="SIMULATED: the storm passed by",
    )
    office.enter(OPEN_AFTER_ALL, 14, lifted)
