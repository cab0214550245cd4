"""What comes round: given calendars, reports and terms on record, when is the Secretariat told that something lacks."""

from datetime import date
from typing import Any

from domain.calendar.rounds import incoming, of_events, of_intake, of_reports
from domain.calendar.short_clocks import Falling
from domain.closing import Facts
from domain.committee.members import SeatMember
from domain.deciding import stands_at
from domain.duty_station import WorkingDays
from domain.meetings.holding import HoldMeeting
from domain.meetings.notice import DistributePapers
from domain.meetings.reports import CirculateCalendar, ReportDate, TableReport
from domain.outreach_calendar import PublishEvents
from domain.standing import Cut
from tests.committee import Committee
from tests.domain.meetings.seated import plans, seated

NO_HOLIDAYS = WorkingDays({year: frozenset() for year in range(2012, 2029)})
INCOMING = ("CHL", "JOR", "LTU", "NGA", "TCD")


def publishes(committee: Committee, day: str, covers_to: str) -> None:
    committee.on(day).one(PublishEvents, published=day, covers_to=covers_to, entries=())


def of_calendar(committee: Committee, day: str) -> list[tuple[str, str]]:
    """Return what has been told by a day, of the calendar of events."""
    standing = committee.record.history("calendar/events").standing()
    found = of_events(standing, f"{day}T12:00:00.000000Z")
    return [
        (each.name.partition(".")[0], each.day.isoformat()) for each in found if each.day <= date.fromisoformat(day)
    ]


def test_the_calendar_of_events_has_a_new_version_every_month_or_that_is_told_month_after_month() -> None:
    committee = Committee()
    publishes(committee, "2013-06-28", "2014-01-31")
    assert of_calendar(committee, "2013-07-28") == []
    assert of_calendar(committee, "2013-09-05") == [("update", "2013-07-29"), ("update", "2013-08-29")]
    publishes(committee, "2013-09-05", "2014-03-31")
    assert of_calendar(committee, "2013-09-30") == []


def test_a_version_that_covers_less_than_six_months_is_told_on_the_day_after() -> None:
    committee = Committee()
    publishes(committee, "2013-06-28", "2013-12-27")
    assert of_calendar(committee, "2013-06-29") == [("horizon", "2013-06-29")]
    publishes(committee, "2013-06-29", "2013-12-29")
    assert of_calendar(committee, "2013-06-30") == []


def test_a_month_after_31_january_is_the_last_of_february_in_a_leap_year_too() -> None:
    committee = Committee()
    publishes(committee, "2016-01-31", "2016-08-31")
    assert of_calendar(committee, "2016-03-01") == [("update", "2016-03-01")]


def of_groups(committee: Committee) -> list[str]:
    standing = committee.record.history("committee/calendar").standing()
    return [each.name for each in of_reports(standing, NO_HOLIDAYS)]


def test_the_reports_of_working_groups_are_told_of_by_the_calendar_that_was_circulated_last() -> None:
    committee = seated()
    due = (ReportDate(group="assistance", due="2013-06-28"), ReportDate(group="assistance", due="2013-11-29"))
    committee.one(CirculateCalendar, document="paper-1", sent="2013-06-03", reports=due)
    assert of_groups(committee) == [
        "report.assistance.T-14.2013-06-14",
        "report.assistance.late-1.2013-07-01",
        "report.assistance.T-14.2013-11-15",
        "report.assistance.late-1.2013-12-02",
    ]
    plans(committee, "formal-1", "2013-06-20T10:00:00-04:00", "2013-06-20T13:00:00-04:00")
    committee.on("2013-06-21").one(HoldMeeting, meeting="formal-1", started="2013-06-20T10:05:00-04:00")
    committee.one(TableReport, group="assistance", due="2013-06-28", meeting="formal-1", document="paper-1")
    assert of_groups(committee) == ["report.assistance.T-14.2013-11-15", "report.assistance.late-1.2013-12-02"]


def of_members(committee: Committee, day: str = "2013-11-01") -> list[Falling]:
    at = f"{day}T12:00:00.000000Z"
    standing = stands_at(committee.record, Cut(known_at=at))
    first = incoming(standing, at)
    events = sorted(committee.record.events, key=lambda event: (event.header.known_at, event.position))
    return [] if first is None else list(of_intake(standing, Facts(events), first, at, NO_HOLIDAYS))


def test_incoming_members_are_briefed_before_the_first_of_january_of_every_year() -> None:
    committee = seated()
    committee.registers(*INCOMING)
    assert of_members(committee) == [], "nobody is elected yet"
    for state in INCOMING:
        committee.one(SeatMember, state=state, valid_from="2014-01-01", valid_to="2015-12-31", known="2013-06-03")
    assert [each.name for each in of_members(committee)] == [
        "delivered.T-45.2013-11-15",
        "delivered.T-30.2013-11-29",
        "delivered.T-14.2013-12-17",
        "briefed.T-45.2013-11-15",
        "briefed.T-30.2013-11-29",
        "briefed.T-14.2013-12-17",
    ]
    assert {each.basis for each in of_members(committee)} == {"internal"}
    pack: dict[str, Any] = {"documents": ("paper-1",), "delegations": INCOMING}
    plans(committee, "intake", "2013-12-12T10:00:00-05:00", "2013-12-12T13:00:00-05:00")
    committee.on("2013-12-02").one(DistributePapers, meeting="intake", sent="2013-12-02", **pack)
    assert {each.name.partition(".")[0] for each in of_members(committee, "2013-12-03")} == {"briefed"}
    attendance: dict[str, Any] = {"meeting": "intake", "attendance": INCOMING}
    committee.on("2013-12-13").one(HoldMeeting, started="2013-12-12T10:05:00-05:00", **attendance)
    assert of_members(committee, "2013-12-14") == []
