"""The three dates and their text forms; legal dates are New York's."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from domain.refusals import MalformedInput
from domain.values import Precision

NEW_YORK = ZoneInfo("America/New_York")
FAR_PAST = "0000-01-01T00:00:00.000000Z"
FAR_FUTURE = "9999-12-31T23:59:59.999999Z"
_MICROSECOND = timedelta(microseconds=1)
_WRITTEN = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2}([T ].+)?)?)?")

Period = Literal["day", "month", "year"]


def text(moment: datetime) -> str:
    """Return an aware `moment` as stored: UTC, six digits, `Z`."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment(instant: str) -> datetime:
    """Return the aware datetime of a stored instant."""
    return datetime.fromisoformat(instant)


def after(instant: str) -> str:
    """Return the instant one microsecond later."""
    return text(moment(instant) + _MICROSECOND)


def new_york_date(instant: str) -> date:
    """Return the date in New York at `instant`."""
    return moment(instant).astimezone(NEW_YORK).date()


def first_day(day: date, period: Period) -> date:
    """Return the first day of the period that holds `day`."""
    return day if period == "day" else day.replace(day=1) if period == "month" else day.replace(month=1, day=1)


def last_day(day: date, period: Period) -> date:
    """Return the last day of the period that holds `day`."""
    if period == "day":
        return day
    if period == "year":
        return day.replace(month=12, day=31)
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def start_of(day: date) -> str:
    """Return the first instant of `day` in New York."""
    return text(datetime.combine(day, time.min, NEW_YORK))


def end_of(day: date) -> str:
    """Return the last microsecond of `day` in New York: what a date without an hour means."""
    return text(datetime.combine(day, time.max, NEW_YORK))


def period_of(instant: str, period: Period) -> tuple[str, str]:
    """Return the first and last microsecond of the period in New York that holds `instant`."""
    day = new_york_date(instant)
    return start_of(first_day(day, period)), end_of(last_day(day, period))


def parse(written: str) -> tuple[str, Precision]:
    """Return the latest instant that a written date can mean, and its precision.

    Takes `2013`, `2013-12`, `2013-12-31`, or an instant with `Z` or an offset. Dates are New York's.

    Raises:
        MalformedInput: anything else, with what would be right.
    """
    try:
        if not _WRITTEN.fullmatch(written):
            raise ValueError
        match len(written):
            case 4:
                return end_of(date(int(written), 12, 31)), "year"
            case 7:
                return end_of(last_day(date.fromisoformat(written + "-01"), "month")), "month"
            case 10:
                return end_of(date.fromisoformat(written)), "day"
            case _:
                found = datetime.fromisoformat(written)
                if found.tzinfo is None:
                    raise ValueError
                return text(found), "instant"
    except (ValueError, OverflowError):
        raise MalformedInput(
            f"{written!r} is not a date",
            remedy="write 2013, 2013-12, 2013-12-31 or an instant such as 2013-12-31T22:00:00Z",
        ) from None
