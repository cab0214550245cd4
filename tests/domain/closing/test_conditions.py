"""What a row of the table asks beyond an event of its type: who was reached, in time, looking far enough ahead."""

from typing import Any

import pytest

from domain.activity.records import LogActivity
from domain.calendar import Due
from domain.closing import Facts
from domain.committee.offices import LeaveOffice
from domain.meetings.notice import AnnounceMeeting, DistributePapers
from domain.meetings.reports import CirculateCalendar
from domain.outreach_calendar import PublishEvents
from domain.practice.compilation import DraftCompilation, ListCompilation
from domain.times import FAR_FUTURE
from tests.committee import Committee
from tests.domain.closing.given import DAY, asked, logs, under_the_twelfth
from tests.domain.closing.implementation import approves_compilation
from tests.domain.closing.own_work import briefs, chairs, circulates, notice, seats_incoming, three_chairs
from tests.domain.closing.partners import asks_to_designate
from tests.domain.meetings.seated import groups


@pytest.fixture
def committee() -> Committee:
    return under_the_twelfth()


def of(entry: Due) -> list[tuple[str, bool]]:
    return [(item.of, item.missed) for item in entry.opened]


def test_a_calendar_that_did_not_go_to_all_fifteen_delegations_is_not_circulated(committee: Committee) -> None:
    said: dict[str, Any] = {"document": "paper-1", "sent": DAY, "reports": ()}
    committee.one(CirculateCalendar, delegations=("FRA", "GBR"), **said)
    entry = asked(committee, "WG-CAL")
    assert (entry.status, entry.served.times) == ("open", 1)


def test_a_report_of_a_group_is_overdue_from_the_day_after_its_date_in_the_calendar(committee: Committee) -> None:
    circulates(committee)
    assert asked(committee.on("2013-06-30"), "WG-REP").status == "open"
    entry = asked(committee.on("2013-07-01"), "WG-REP")
    assert (entry.status, str(entry.opened[0].due), entry.opened[0].of) == ("overdue", "2013-06-30", "assistance")


def test_a_notice_after_a_meeting_began_is_not_in_time_and_nothing_makes_that_good(committee: Committee) -> None:
    groups(committee)
    assert of(asked(committee, "WG-NOTICE")) == [("wg-1", False)]
    committee.on("2013-06-21").one(AnnounceMeeting, meeting="wg-1", sent="2013-06-20T11:00:00-04:00")
    entry = asked(committee, "WG-NOTICE")
    assert (entry.status, of(entry), entry.served.times) == ("standing", [("wg-1", True)], 0)


def test_papers_that_are_sent_again_after_a_meeting_served_nobody(committee: Committee) -> None:
    groups(committee)
    announced = notice(committee)
    committee.on("2013-06-21").one(DistributePapers, meeting="wg-1", documents=("paper-1",), sent="2013-06-21")
    entry = asked(committee, "WG-NOTICE")
    assert entry.served.last is not None
    assert (of(entry), entry.served.times, entry.served.last.event_id) == ([], 2, announced.id)


def test_a_chair_who_leaves_opens_the_duty_again_for_the_group(committee: Committee) -> None:
    three_chairs(committee)
    chairs(committee)
    assert asked(committee, "WG-CHAIRS").status == "done"
    about: dict[str, Any] = {"office": "group-chair", "group": "monitoring", "state": "USA"}
    committee.one(LeaveOffice, valid_to="2013-12-31", reason="its own wish", **about)
    entry = asked(committee, "WG-CHAIRS")
    assert (entry.status, of(entry)) == ("open", [("monitoring", False)])


def test_a_version_of_the_calendar_of_events_that_ends_too_soon_does_not_close_the_month(committee: Committee) -> None:
    committee.one(PublishEvents, published=DAY, covers_to="2013-11-30", entries=())
    entry = asked(committee, "CAL-MONTHLY")
    assert (entry.status, of(entry), entry.served.times) == ("open", [("covers to 2013-11-30", False)], 1)


def test_a_compilation_is_there_once_one_version_is_approved_listed_and_shared_not_two_in_part(
    committee: Committee,
) -> None:
    approves_compilation(committee)
    committee.one(DraftCompilation, compilation="second", title="", document="paper-2", practices=("licensing",))
    entry = asked(committee, "COMPIL")
    assert (entry.status, of(entry), entry.served.times) == ("open", [("first", False), ("second", False)], 2)
    committee.one(ListCompilation, compilation="first", place="another page")
    assert asked(committee, "COMPIL").status == "open"


def test_a_contact_of_late_history_without_consent_before_it_is_named(committee: Committee) -> None:
    batch = committee.imports()
    said: dict[str, Any] = {"activity": "visit", "kind": "contact-industry", "text": "", "states": ("KEN",)}
    committee.one(LogActivity, batch, first_day=DAY, known=DAY, **said)
    assert of(asked(committee, "CONTACT-CONSENT")) == [("visit", True)]


def test_incoming_members_had_pack_and_briefing_before_their_term_also_where_that_is_recorded_later(
    committee: Committee,
) -> None:
    seats_incoming(committee)
    entry = asked(committee.on("2014-01-02"), "ONBOARD")
    assert (entry.status, entry.basis, len(entry.opened)) == ("overdue", "internal", 5)
    briefs(committee)
    entry = asked(committee, "ONBOARD")
    assert (entry.status, [step.step for step in entry.steps if step.event_id]) == ("done", ["delivered", "briefed"])
    assert not entry.late


def test_an_organization_is_never_overdue_and_neither_is_a_state(committee: Committee) -> None:
    asks_to_designate(committee)
    committee.on("2015-06-01")
    assert asked(committee, "IRO-POC").status == "encouraged"
    universal = asked(committee, "UNIVERSAL")
    assert (universal.status, universal.progress and universal.progress.done) == ("aim", 0)


def test_what_was_known_before_the_programme_began_does_not_serve_it(committee: Committee) -> None:
    logs("web-page-updated", first_day="2013-05-20", known="2013-05-20")(committee)
    assert asked(committee, "WEB").served.times == 0


def test_facts_until_an_instant_are_those_known_before_it(committee: Committee) -> None:
    event = logs("web-page-updated")(committee)
    facts = Facts(committee.record.events)
    assert facts.until(FAR_FUTURE) is facts
    assert event not in facts.until(event.header.known_at).standing(event.header.stream)
    assert facts.standing(event.header.stream) == (event,)
