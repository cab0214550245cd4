"""The meetings of the Committee in the simulation: its own every month, open ones, briefings beside the others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.meetings.planning import CancelMeeting, MoveMeeting
from interfaces.demo.cast import SECRETARIAT
from interfaces.demo.dates import END, FORMAL, instant, later, meetings, weekday
from interfaces.demo.gatherings import Gathering, Meetings

if TYPE_CHECKING:
    from interfaces.demo.committee import Committee
    from interfaces.demo.office import Office

SINCE = 2009
OPEN_SINCE = 2011
MISHAP = 3
"""Every so many years an open meeting is moved, and another is cancelled."""
TOLD_LATE = date(2014, 3, 20)
"""At this meeting a paper is handed out after the start."""
BRIEFINGS = {date(2012, 11, 14), date(2013, 5, 10)}
"""Days of joint briefings that are known; those of other years are simulated."""
BESIDE = ("1267", "1373")


def enter(office: Office, committee: Committee) -> None:
    """Enter every meeting since 2009."""
    kept = Meetings(office, committee)
    years = office.years(SINCE)
    for day, _ in meetings():
        if day.year not in years:
            continue
        meeting = Gathering(name(day), "formal" if day in FORMAL or day.month in (1, 12) else "informal", day, 14, 17)
        kept.plan(meeting)
        kept.papers(meeting, "provisional agenda")
        if day == TOLD_LATE:
            kept.papers(meeting, "paper handed out in the room", late=True)
        kept.held(meeting, summary=True)
    for year in office.years(OPEN_SINCE):
        meeting = open_meeting(year)
        kept.plan(meeting)
        kept.held(_moved(office, meeting) if year % MISHAP == 0 else meeting, summary=True)
        if year % MISHAP == 0:
            _cancelled(office, kept, year)
    for number, day in enumerate(_briefings(office), 1):
        briefing = Gathering(f"sim-joint-briefing-{day}", "joint-briefing", day, 20, 22, beside=BESIDE)
        kept.plan(briefing)
        kept.held(briefing, summary=True, symbol=f"S/PV.0{number}")  # no record of the Council begins with a nought


def name(day: date) -> str:
    """Return the name of the Committee's own meeting of a day."""
    return f"sim-meeting-{day}"


def open_meeting(year: int) -> Gathering:
    """Return the open meeting of an autumn."""
    day = weekday(date(year, 10, 2))
    return Gathering(f"sim-open-meeting-{year}", "open", day, 20, 22)


def _moved(office: Office, meeting: Gathering) -> Gathering:
    """Move a meeting to an hour later before it is announced, and return it as it then is."""
    later_on = meeting._replace(starts=meeting.starts + 1, ends=meeting.ends + 1)
    moved = MoveMeeting(
        id=f"sim/meeting/{meeting.name}/moved",
        actor=SECRETARIAT,
        meeting=meeting.name,
        starts=instant(later_on.day, later_on.starts),
        ends=instant(later_on.day, later_on.ends),
        reason="SIMULATED: the room is free later",
    )
    office.enter(weekday(later(meeting.day, -20)), 19, moved)
    return later_on


def _cancelled(office: Office, kept: Meetings, year: int) -> None:
    day = weekday(date(year, 8, 12))
    meeting = Gathering(f"sim-extra-meeting-{year}", "informal", day, 14, 17)
    kept.plan(meeting)
    cancelled = CancelMeeting(
        id=f"sim/meeting/{meeting.name}/cancelled",
        actor=SECRETARIAT,
        meeting=meeting.name,
        reason="SIMULATED: nothing is before it",
    )
    office.enter(weekday(later(day, -6)), 19, cancelled)


def _briefings(office: Office) -> list[date]:
    """Return the days of joint briefings: in May and November."""
    known = {(day.year, day.month): day for day in BRIEFINGS}
    usual = ((year, month) for year in office.years(OPEN_SINCE) for month in (5, 11))
    days = (known.get(each) or weekday(date(*each, 20)) for each in usual)
    return [day for day in days if day <= END]
