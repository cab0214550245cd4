"""Rungs: so many days before or after a last day, at an hour of a working day in New York."""

from datetime import date, datetime, time, timedelta

import msgspec

from domain.duty_station import HolidaysUnknown, WorkingDays
from domain.times import NEW_YORK, text
from domain.values import Instant

HOUR = time(9)
"""When in the day somebody is reminded, in New York."""


class Offset(msgspec.Struct, frozen=True):
    """So many days before (or, negative, after) the last day; `working` counts those of the duty station.

    What is `escalated` is told to the members of the Committee too.
    """

    before: int
    working: bool = False
    basis: str = "internal"
    escalated: bool = False

    @property
    def name(self) -> str:
        """The name of the rung: `T-30`, `late-7`, `T-5w`."""
        place = f"late-{-self.before}" if self.before < 0 else f"T-{self.before}"
        return f"{place}{'w' if self.working else ''}"


class RungAt(msgspec.Struct, frozen=True, kw_only=True):
    """A rung of a duty and its instant; `provisional` where the holidays of that year are not on record yet."""

    name: str
    day: date
    at: Instant
    overdue: bool
    basis: str
    provisional: bool
    escalated: bool


def rung_at(last: date, offset: Offset, station: WorkingDays) -> RungAt:
    """Return a rung before or after a last day; provisional where holidays that it counts are not on record."""
    calendar, provisional = station, False
    try:
        day = _day(last, offset, station)
    except HolidaysUnknown:
        calendar, provisional = without_holidays(last, station), True
        day = _day(last, offset, calendar)
    return RungAt(
        name=offset.name,
        day=day,
        at=text(datetime.combine(day, HOUR, NEW_YORK)),
        overdue=offset.before < 0,
        basis=offset.basis,
        provisional=provisional,
        escalated=offset.escalated,
    )


def _day(last: date, offset: Offset, station: WorkingDays) -> date:
    """Return a working day: before the last day the one on or before, so that it is in time; after it the next."""
    step = timedelta(days=1 if offset.before < 0 else -1)
    if offset.working:
        day = last
        for _ in range(abs(offset.before)):
            day = _working(day + step, step, station)
        return day
    return _working(last - timedelta(days=offset.before), step, station)


def _working(day: date, step: timedelta, station: WorkingDays) -> date:
    while not station.works(day):
        day += step
    return day


def without_holidays(last: date, station: WorkingDays) -> WorkingDays:
    """Return the duty station as if years whose holidays nobody has listed yet had none but weekends."""
    years = {year: frozenset[date]() for year in range(last.year - 1, last.year + 2)}
    return WorkingDays({**years, **station.holidays}, station.closures)
