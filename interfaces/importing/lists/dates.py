"""Dates as people write them, in English and French, into the record's form; day and month are never guessed apart."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from domain.refusals import MalformedInput
from domain.times import NEW_YORK
from projections.meant import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

Order = Literal["day-month", "month-day"]

_ENGLISH = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_FRENCH = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
]
_FULL: Mapping[str, int] = {name: at for names in (_ENGLISH, _FRENCH) for at, name in enumerate(names, start=1)}
MONTHS: Mapping[str, int] = {
    **{name[:3]: at for at, name in enumerate(_ENGLISH, start=1)},
    "sept": 9,
    "janv": 1,
    "fev": 2,
    "fevr": 2,
    "avr": 4,
    "juil": 7,
    "dec": 12,
    **_FULL,
}
OURS = re.compile(r"\d{4}(-\d\d(-\d\d(T.+)?)?)?")
HOUR = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?")
"""A day and an hour without a place, as spreadsheets keep them: the hour is New York's."""
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-](\d{4})")
_DAY_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)?[ .-]+([^\W\d]+)[., -]+(\d{4})")
_NAMED_DAY = re.compile(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_NAMED = re.compile(r"([^\W\d]+)[., -]+(\d{4})")


def record_date(written: str, order: Order | None = None) -> str:
    """Return a date as the record writes it, as exactly as it is written; `order` is what a file is known to mean.

    Raises:
        MalformedInput: it is no date, or may be two.
    """
    text = " ".join(written.split())
    if HOUR.fullmatch(text):
        return _in_new_york(text)
    if OURS.fullmatch(text):
        return text
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _YEAR_LAST.fullmatch(text):
        return _numbers(text, found[1], found[2], found[3], order)
    if found := _MONTH_YEAR.fullmatch(text):
        return _month(found[2], found[1])
    if found := _DAY_NAMED.fullmatch(text):
        return _day(found[3], _named(found[2], text), found[1])
    if found := _NAMED_DAY.fullmatch(text):
        return _day(found[3], _named(found[1], text), found[2])
    if found := _NAMED.fullmatch(text):
        return _month(found[2], _named(found[1], text))
    raise MalformedInput(f"{written[:40]!r} is no date", remedy="write 2013, 2013-05, 2013-05-03 or 3 May 2013")


def _in_new_york(text: str) -> str:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).isoformat()
    except ValueError:
        raise MalformedInput(f"{text!r} is no day and hour", remedy="write 2013-05-03 10:00") from None


def _numbers(text: str, first: str, second: str, year: str, order: Order | None) -> str:
    if order is None and first != second and int(first) <= 12 and int(second) <= 12:
        raise MalformedInput(
            f"{text} is either of two days",
            remedy=f"write {_day(year, first, second)} or {_day(year, second, first)}, "
            'or say in the profile which comes first: order = "day-month" or "month-day"',
        )
    day_first = order == "day-month" or (order is None and int(first) > 12)
    return _day(year, second, first) if day_first else _day(year, first, second)


def _named(name: str, text: str) -> str:
    month = MONTHS.get(plain(name))
    if month is None:
        raise MalformedInput(f"{name[:40]!r} in {text[:40]!r} is no month", remedy="write 2013-05-03 or 3 May 2013")
    return str(month)


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"


def _month(year: str, month: str) -> str:
    return f"{year}-{int(month):02}"
