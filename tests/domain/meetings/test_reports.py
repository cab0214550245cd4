"""The working groups' calendar: given a group, when its report dates are circulated and its reports tabled."""

from typing import Any

import pytest

from domain.meetings.holding import HoldMeeting, NotHeld
from domain.meetings.reports import (
    CalendarCirculated,
    CirculateCalendar,
    NotAtCommittee,
    PeriodicReport,
    ReportDate,
    TableReport,
    periodic_reports,
)
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.standing import Cut
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.meetings.seated import MEMBERS, groups, plans, seated

AUTUMN, SPRING = (ReportDate(group="assistance", due=due) for due in ("2013-10-31", "2014-04-30"))


@pytest.fixture
def committee() -> Committee:
    """The Committee met on 30 October 2013, and its working group the day before; it is the day after."""
    committee = seated()
    groups(committee, day="2013-10-29")
    plans(committee, "f-1", "2013-10-30T10:00:00-04:00", "2013-10-30T13:00:00-04:00")
    committee.on("2013-10-31")
    for meeting, day in (("wg-1", "2013-10-29"), ("f-1", "2013-10-30")):
        committee.one(HoldMeeting, meeting=meeting, started=day)
    return committee


def circulates(committee: Committee, *reports: ReportDate, sent: str = "2013-06-10", **members: Any) -> Recorded:
    return committee.one(CirculateCalendar, document="paper-1", sent=sent, reports=reports, **members)


def tables(committee: Committee, due: str = "2013-10-31", meeting: str = "f-1", **members: Any) -> Recorded:
    about: dict[str, Any] = {"group": "assistance", "document": "paper-2"} | members
    return committee.one(TableReport, due=due, meeting=meeting, **about)


def due(committee: Committee, as_of: str = "2030-01-01") -> list[PeriodicReport]:
    cut = Cut(known_at=f"{as_of}T00:00:00.000000Z")
    return list(periodic_reports(committee.record.history("committee/calendar").standing(cut)))


def report(day: str, meeting: str | None = None) -> PeriodicReport:
    return PeriodicReport(
        group="assistance", due=day, meeting=meeting, document_id=None if meeting is None else "paper-2"
    )


def test_the_calendar_goes_to_all_fifteen_and_is_known_when_sent(committee: Committee) -> None:
    event = circulates(committee, AUTUMN, SPRING, sent="2013-06-10T09:00:00-04:00")
    assert event.body == CalendarCirculated(
        document_id="paper-1",
        sent_at="2013-06-10T13:00:00.000000Z",
        delegations=MEMBERS,
        reports=(AUTUMN, SPRING),
    )
    assert event.header.known_at == "2013-06-10T13:00:00.000000Z"
    assert due(committee) == [report("2013-10-31"), report("2014-04-30")]


def test_a_report_is_tabled_at_a_meeting_of_the_committee(committee: Committee) -> None:
    circulates(committee, AUTUMN, SPRING)
    tables(committee)
    assert due(committee) == [report("2013-10-31", "f-1"), report("2014-04-30")]
    assert due(committee, "2013-07-01") == [report("2013-10-31"), report("2014-04-30")]


def test_a_later_calendar_replaces_the_dates_and_what_was_tabled_stays(committee: Committee) -> None:
    circulates(committee, AUTUMN, SPRING)
    tables(committee)
    circulates(committee, ReportDate(group="assistance", due="2014-05-15"), sent="2013-10-31T07:00:00-04:00")
    circulates(committee, ReportDate(group="assistance", due="2013-12-31"), sent="2013-06-04")
    assert due(committee) == [report("2013-10-31", "f-1"), report("2014-05-15")]


def test_without_a_calendar_no_report_is_due(committee: Committee) -> None:
    assert due(committee) == []
    with pytest.raises(NotFound, match="no calendar has a report of assistance by 2013-10-31"):
        tables(committee)


def test_a_report_is_tabled_once_and_not_at_a_working_group_nor_at_a_meeting_not_held(committee: Committee) -> None:
    circulates(committee, AUTUMN, SPRING)
    with pytest.raises(NotAtCommittee):
        tables(committee, meeting="wg-1")
    plans(committee, "f-2", "2013-11-20", "2013-11-20")
    with pytest.raises(NotHeld):
        tables(committee, meeting="f-2")
    with pytest.raises(NotFound, match="paper-9"):
        tables(committee, document="paper-9")
    event = tables(committee)
    with pytest.raises(Conflict, match=event.id):
        tables(committee)
    with pytest.raises(NotFound):
        committee.corrects(event, {"due": "2014-01-31"})


def test_a_calendar_names_groups_that_there_are_each_date_once_and_somebody_it_was_sent_to(
    committee: Committee,
) -> None:
    with pytest.raises(NotFound, match="no working group media"):
        circulates(committee, ReportDate(group="media", due="2013-10-31"))
    with pytest.raises(MalformedInput, match="named twice"):
        circulates(committee, AUTUMN, AUTUMN)
    with pytest.raises(NotFound, match="TCD"):
        circulates(committee, AUTUMN, delegations=("TCD",))
    event = circulates(committee, AUTUMN)
    with pytest.raises(MalformedInput, match="no delegation"):
        committee.corrects(event, {"delegations": []})


def test_a_calendar_sent_to_fewer_is_recorded_as_it_was(committee: Committee) -> None:
    event = circulates(committee, AUTUMN, delegations=MEMBERS[:14])
    assert isinstance(event.body, CalendarCirculated)
    assert event.body.delegations == MEMBERS[:14]


def test_a_calendar_its_group_and_the_meeting_are_held_by_a_tabled_report(committee: Committee) -> None:
    calendar = circulates(committee, AUTUMN)
    with pytest.raises(RestsOnIt, match=r"committee\.meeting-planned|committee\.calendar-circulated"):
        committee.voids(committee.record.history("committee/groups").events[0])
    tabled = tables(committee)
    held = committee.record.history("meeting/f-1").events[0]
    for base in (calendar, held):
        with pytest.raises(RestsOnIt, match=tabled.id):
            committee.voids(base)
    for event in (tabled, calendar, held):
        committee.voids(event)


def test_late_history_tables_reports_of_which_no_calendar_is_left(committee: Committee) -> None:
    batch = committee.imports()
    committee.one(
        TableReport, batch, group="assistance", due="2013-09-30", meeting="f-1", document="paper-2", known="2013-10"
    )
    assert due(committee) == [report("2013-09-30", "f-1")]
