"""Days that the 2010 procedure gives: five full working days for the requester to say otherwise, and one year."""

from datetime import date, timedelta

from domain.duty_station import WorkingDays
from domain.times import last_day, new_york_date
from domain.values import Instant

FULL_DAYS = 5


def allowed_from(wish: str, received_at: Instant, days: WorkingDays) -> date | None:
    """Return the first day on which a request may be sent on or summed up under a wish; None for never.

    The requester has five full working days after the day of receipt to say otherwise: it is the day after them.
    """
    received = new_york_date(received_at)
    if wish == "not":
        return None
    return received if wish == "at-once" else days.after(received, FULL_DAYS) + timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """Return the day some months after another; where that month is shorter, its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    ends = last_day(date(day.year + years, month + 1, 1), "month")
    return ends.replace(day=min(day.day, ends.day))


def a_year_after(received_at: Instant) -> date:
    """Return the day one year after a request; of 29 February, 1 March."""
    day = new_york_date(received_at)
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
