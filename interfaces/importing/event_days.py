"""The days of an event of a calendar: those on which it is, and those on which it recurs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from domain.canonical import nfc
from domain.refusals import MalformedInput
from domain.times import NEW_YORK

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_OCCURRENCES = 400
_TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
_NOT_OF_DAYS = ("UNTIL", "BYHOUR", "BYMINUTE", "BYSECOND")
STUMBLES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What the library raises over a calendar that is none."""

Event = Mapping[str, Any]
"""An event by the names of its properties. Any: each property has a type of its own, and some have several."""


class CalendarUnfit(MalformedInput):
    """A file is no calendar, or one of its events cannot be understood."""


class Days(NamedTuple):
    """The first and the last day of an event."""

    first: date
    last: date


def days_of(event: Event, start: date, until: date) -> Iterator[Days]:
    """Yield the days of an event that are within a period, those on which it recurs too."""
    name = text_of(event, "SUMMARY")[:80] or "without a title"
    try:
        first = _first(event)
        length = _last(event, first) - first
        if "RDATE" in event or "EXRULE" in event:
            raise CalendarUnfit(f"event {name!r} recurs by RDATE or EXRULE", remedy="export the days one by one")
        firsts = _recurring(event, first, until, name) if "RRULE" in event else [first]
    except STUMBLES as error:
        raise CalendarUnfit(f"event {name!r} has no dates that can be read ({type(error).__name__})") from None
    for each in firsts:
        if each <= until and each + length >= start:
            yield Days(each, each + length)


def _recurring(event: Event, first: date, until: date, name: str) -> list[date]:
    """Return the days on which an event begins, up to a last one; hours in its rule do not count."""
    from dateutil.rrule import rrulestr

    rule = dict(part.upper().split("=", 1) for part in event["RRULE"].to_ical().decode().split(";"))
    if rule["FREQ"] in _TOO_OFTEN:
        raise CalendarUnfit(f"event {name!r} recurs more than once a day", remedy="export the days one by one")
    if int(rule.get("INTERVAL", "1")) < 1:
        raise ValueError(rule["INTERVAL"])
    if "UNTIL" in rule:
        until = min(until, date.fromisoformat(rule["UNTIL"][:8]))
    days = ";".join(f"{key}={said}" for key, said in rule.items() if key not in _NOT_OF_DAYS)
    begins = datetime.combine(first, time.min)
    found: list[date] = []
    for moment in rrulestr(days, dtstart=begins).xafter(begins, count=MOST_OCCURRENCES + 1, inc=True):
        if moment.date() > until:
            break
        found.append(moment.date())
    if len(found) > MOST_OCCURRENCES:
        raise CalendarUnfit(f"event {name!r} recurs more than {MOST_OCCURRENCES} times", remedy="export fewer years")
    left_out = set(_dates(event, "EXDATE"))
    return [day for day in found if day not in left_out]


def _dates(event: Event, name: str) -> Iterator[date]:
    given = event.get(name, [])
    listed: list[Any] = [given] if hasattr(given, "dts") else given
    for each in listed:
        for one in each.dts:
            yield _day(one.dt)


def date_of(event: Event, name: str) -> date | None:
    """Return the day that a property says."""
    given = event.get(name)
    return None if given is None else _day(given.dt)


def _first(event: Event) -> date:
    found = date_of(event, "DTSTART")
    if found is None:
        raise ValueError("no DTSTART")
    return found


def _last(event: Event, first: date) -> date:
    """Return the last day: an end is the first moment after it."""
    ends = event["DTEND"].dt if "DTEND" in event else None
    if "DURATION" in event:
        ends = event["DTSTART"].dt + event["DURATION"].dt
    match ends:
        case datetime():
            return max(first, _day(ends - timedelta(microseconds=1)))
        case date():
            return max(first, ends - timedelta(days=1))
        case _:
            return first


def _day(moment: date | datetime) -> date:
    """Return the day of a moment where it is: in its own zone, or in New York if it is given in UTC."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is not None and str(moment.tzinfo) == "UTC":
        return moment.astimezone(NEW_YORK).date()
    return moment.date()


def text_of(event: Event, name: str) -> str:
    """Return the text of a property, without breaks and not longer than a person reads."""
    return nfc(" ".join(str(event.get(name, "")).split()))[:2000]
