"""The days of the simulation: when the office works, when the Committee meets, what is known of its real calendar."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

START = date(2004, 4, 28)
"""Resolution 1540 (2004) is adopted; the simulated record begins."""
END = date(2026, 10, 30)

FORMAL = {date(2014, 12, 11): "63rd", date(2024, 6, 4): "103rd", date(2024, 8, 2): "104th", date(2024, 12, 2): "105th"}
"""Formal meetings whose date and number are known from the Committee's website."""
SET = (*FORMAL, date(2011, 6, 17), date(2013, 5, 31), date(2013, 12, 20))
"""Days on which the Committee decides in this history whatever the month's usual day is: the real meetings, the
approval of the tenth programme, the letter of the twelfth, and the adoption of the review of 2013."""


class Meeting(NamedTuple):
    """A meeting in the simulation, which says of itself what is real about it."""

    day: date
    name: str


def instant(day: date, hour: int, minute: int = 0) -> str:
    """Return an instant of a day in UTC; from 14 to 22 hours it is the same day in New York."""
    return f"{day.isoformat()}T{hour:02}:{minute:02}:00.000000Z"


def weekday(day: date) -> date:
    """Return the first day from `day` on that is no Saturday and no Sunday."""
    return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])


def office_day(day: date) -> date:
    """Return the first Friday from `day` on: when the week's work is recorded."""
    return day + timedelta(days=(4 - day.weekday()) % 7)


def later(day: date, days: int) -> date:
    """Return the day that is `days` later."""
    return day + timedelta(days=days)


@cache
def meetings() -> tuple[Meeting, ...]:
    """Return the Committee's meetings: once a month but in August, on the third Thursday or a day that is set."""
    days = {(day.year, day.month): day for day in SET}
    for year in range(START.year, END.year + 1):
        for month in (1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12):
            first = date(year, month, 1)
            days.setdefault((year, month), first + timedelta(days=(3 - first.weekday()) % 7 + 14))
    return tuple(Meeting(day, _name(day)) for day in sorted(days.values()) if START < day <= END)


def _name(day: date) -> str:
    written = f"{day.day} {day:%B} {day.year}"
    if day in FORMAL:
        return f"{FORMAL[day]} formal meeting, {written}; what it decides here is SIMULATED"
    return f"SIMULATED meeting of {written}"


def meeting_from(day: date) -> Meeting:
    """Return the first meeting on or after a day; the last there is, if none follows."""
    found = meetings()
    return next((meeting for meeting in found if meeting.day >= day), found[-1])


def next_meeting(meeting: Meeting) -> Meeting:
    """Return the meeting that follows."""
    return meeting_from(later(meeting.day, 1))
