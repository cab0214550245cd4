"""The four working groups in the simulation: four meetings a year each, a calendar, reports, and conclusions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.meetings.conclusions import (
    ApproveConclusions,
    DiscussConclusions,
    DispatchConclusions,
    DrawConclusions,
    HoldNoOpenMeeting,
)
from domain.meetings.reports import CirculateCalendar, ReportDate, TableReport
from interfaces.demo.cast import SECRETARIAT, chair
from interfaces.demo.committee import GROUPS
from interfaces.demo.dates import END, instant, later, meeting_from, weekday
from interfaces.demo.gatherings import Gathering, Meetings
from interfaces.demo.meetings import name, open_meeting

if TYPE_CHECKING:
    from interfaces.demo.committee import Committee
    from interfaces.demo.office import Office

SINCE = 2011
MONTHS = (2, 4, 7, 9)
CONCLUDING = 7
"""Of its meeting in this month a group draws conclusions, which may then be discussed at the open meeting."""


def enter(office: Office, committee: Committee) -> None:
    """Enter calendars, meetings, conclusions and reports of each year."""
    kept = Meetings(office, committee)
    for year in office.years(SINCE):
        calendar = _calendar(office, year)
        for place, group in enumerate(GROUPS):
            for month in MONTHS:
                meeting = group_meeting(group, year, month)
                if meeting.day > END:
                    continue
                kept.plan(meeting)
                kept.papers(meeting, "paper of a working group")
                kept.held(meeting)
            _conclusions(office, committee, group, year, discussed=place % 2 == 0)
        for report in calendar:
            _tabled(office, report)


def group_meeting(group: str, year: int, month: int) -> Gathering:
    """Return a meeting of a working group: in the second week, each group on a day of its own."""
    first = date(year, month, 8)
    monday = later(first, -first.weekday() + 7)
    day = later(monday, (0, 1, 2, 4)[list(GROUPS).index(group)])
    return Gathering(f"sim-{group}-{day}", "working-group", day, 18, 19, group=group)


def _calendar(office: Office, year: int) -> tuple[ReportDate, ...]:
    day = weekday(date(year, 1, 28))
    document = f"sim-groups-calendar-{year}"
    reports = tuple(ReportDate(group=group, due=f"{year}-{month}-15") for group in GROUPS for month in ("06", "10"))
    office.paper(document, "calendar of the working groups", day)
    circulated = CirculateCalendar(
        id=f"sim/calendar/groups/{year}", actor=SECRETARIAT, document=document, sent=instant(day, 16), reports=reports
    )
    office.enter(day, 19, circulated)
    return reports


def _tabled(office: Office, report: ReportDate) -> None:
    """Table a report at the last meeting of the Committee before its day, or the first after it."""
    due = date.fromisoformat(report.due)
    meeting = meeting_from(later(due, -20))
    document = f"sim-report-{report.group}-{report.due}"
    office.paper(document, "periodic report of a working group", weekday(later(meeting.day, -1)))
    tabled = TableReport(
        id=f"sim/report/{report.group}/{report.due}",
        actor=SECRETARIAT,
        group=report.group,
        due=report.due,
        meeting=name(meeting.day),
        document=document,
    )
    if meeting.day <= END:
        office.enter(later(meeting.day, 1), 19, tabled)


def _conclusions(office: Office, committee: Committee, group: str, year: int, *, discussed: bool) -> None:
    """Draw conclusions, approve them by a decision that names their text, send them out and discuss them or not."""
    meeting = group_meeting(group, year, CONCLUDING)
    drawn, adopted = weekday(later(meeting.day, 3)), meeting_from(date(year, 9, 14)).day
    opened = open_meeting(year)
    if opened.day > END:
        return
    key, document = f"sim/conclusions/{meeting.name}", f"{meeting.name}-conclusions"
    text = office.paper(document, "conclusions of a working group", drawn)
    draw = DrawConclusions(id=key, actor=SECRETARIAT, meeting=meeting.name, document=document)
    office.enter(drawn, 16, draw)
    decision = f"{meeting.name}-conclusions"
    office.decided(decision, f"conclusions of the working group {group}", adopted, rests_on=text)
    approve = ApproveConclusions(id=f"{key}/approved", actor=chair(adopted), meeting=meeting.name, decision=decision)
    office.enter(adopted, 16, approve)
    sent = later(adopted, 1)
    dispatch = DispatchConclusions(
        id=f"{key}/sent",
        actor=SECRETARIAT,
        meeting=meeting.name,
        sent=instant(sent, 16),
        states=tuple(sorted({*committee.members(sent), *office.dice.some(office.states, 20)})),
    )
    office.enter(sent, 17, dispatch)
    day = later(opened.day, 1)
    settled = (
        DiscussConclusions(id=f"{key}/discussed", actor=SECRETARIAT, meeting=meeting.name, open_meeting=opened.name)
        if discussed
        else HoldNoOpenMeeting(
            id=f"{key}/discussed", actor=SECRETARIAT, meeting=meeting.name, reason="SIMULATED: a matter of procedure"
        )
    )
    office.enter(day, 17, settled)
