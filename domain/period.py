"""Periods of days: a term, an office, an appointment; both ends belong to it, and without a last day it goes on."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from domain.refusals import MalformedInput


class Period(Protocol):
    """Anything that holds from a day to a day."""

    @property
    def valid_from(self) -> str:
        """The first day."""
        ...

    @property
    def valid_to(self) -> str | None:
        """The last day, None where it has none."""
        ...


def day_of(written: str, where: str) -> date:
    """Return a written day.

    Raises:
        MalformedInput: there is no such day.
    """
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise MalformedInput(str(error), where=where, remedy="write a date as 2013-12-31") from None


def check(first: str | None, last: str | None, *, where: str = "valid_{}") -> None:
    """Refuse a period whose days do not exist or are not in order; `where` they are named, as `in_force_{}`."""
    begins = None if first is None else day_of(first, where.format("from"))
    ends = None if last is None else day_of(last, where.format("to"))
    if begins is not None and ends is not None and ends < begins:
        raise MalformedInput("the period ends before it begins", where=where.format("to"), remedy="mend the dates")


def holds(period: Period, day: str) -> bool:
    """True where a day lies in the period."""
    return period.valid_from <= day and (period.valid_to is None or day <= period.valid_to)


def last_day(period: Period, ends: Iterable[str]) -> str | None:
    """Return the last day of a period that ends early on the first of `ends` that falls into it."""
    return min((end for end in ends if holds(period, end)), default=period.valid_to)


def overlap(one: Period, other: Period) -> bool:
    """True where two periods have a day in common."""
    return holds(one, other.valid_from) or holds(other, one.valid_from)


def busiest(period: Period, others: Iterable[Period]) -> tuple[str, int]:
    """Return the first day of a period on which most of the others hold, and how many do."""
    listed = [other for other in others if overlap(period, other)]
    days = sorted({period.valid_from, *(each.valid_from for each in listed if holds(period, each.valid_from))})
    return max(((day, sum(holds(each, day) for each in listed)) for day in days), key=lambda found: found[1])
