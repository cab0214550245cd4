"""Periods of New York's calendar, as people ask for them."""

from typing import Literal

import msgspec

from domain.refusals import MalformedInput
from domain.times import new_york_date, parse, period_of
from domain.values import Date

By = Literal["month", "year"]


class Between(msgspec.Struct, frozen=True):
    """The days from one to another, both within; None is open."""

    first: Date | None = None
    last: Date | None = None

    def until(self, day: Date) -> "Between":
        """Return the same days up to one of them at most."""
        return Between(self.first, day if self.last is None else min(day, self.last))

    def holds(self, day: Date) -> bool:
        """True where a day lies between them."""
        return (self.first or "") <= day and (self.last is None or day <= self.last)


ALWAYS = Between()


def between(first: str | None, last: str | None) -> Between:
    """Return the days that two written dates mean: from the first day of one to the last day of the other.

    Raises:
        MalformedInput: a date that is none, or they are the wrong way round.
    """
    found = Between(
        None if first is None else _day(first, "--from", begins=True),
        None if last is None else _day(last, "--to", begins=False),
    )
    if found.first is not None and found.last is not None and found.last < found.first:
        raise MalformedInput("the period ends before it begins", where="--to", remedy="mend the dates")
    return found


def period(day: Date, by: By) -> str:
    """Return the month or the year that holds a day."""
    return day[:7] if by == "month" else day[:4]


def _day(written: str, option: str, *, begins: bool) -> Date:
    try:
        latest, precision = parse(written)
    except MalformedInput as refusal:
        raise refusal.at(option) from None
    instant = period_of(latest, precision)[0] if begins and precision != "instant" else latest
    return new_york_date(instant).isoformat()
