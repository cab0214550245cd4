"""What meetings, conclusions of working groups and visits leave to be done, from their planning to the last act."""

from collections.abc import Iterable
from typing import Any

import pytest
from msgspec.structs import replace

from domain.meetings.conclusions import ApproveConclusions, DispatchConclusions, HoldNoOpenMeeting
from domain.meetings.holding import HoldMeeting
from domain.meetings.notice import AnnounceMeeting, DistributePapers
from domain.meetings.planning import CancelMeeting
from domain.standing import Cut
from domain.visits.commands import AskCoordination, CancelVisit, CarryOutVisit, DecideVisit, InviteVisit, ReportVisit
from domain.visits.events import Participants
from projections.engine.rows import ReplayedRows
from projections.worklist import of_meetings, of_visits
from projections.worklist.item import Found
from tests.committee import Committee
from tests.domain.foundations import registers
from tests.domain.meetings.seated import MEMBERS, concluded, decides, groups, plans, seated, text_of
from tests.projections.engine.given import Followed
from tests.projections.test_kinds import asking

SOME = MEMBERS[:5]


@pytest.fixture
def committee() -> Committee:
    return seated()


def of(committee: Committee, actor: str = "sec", states: tuple[str, ...] | None = None) -> Iterable[Found]:
    record = Followed(committee.record)
    asked = asking(record, ReplayedRows(record), actor, None)
    axes = replace(asked.axes, cut=Cut(known_at=record.now(), position=record.last_position))
    asked = replace(asked, axes=axes)
    return (*of_meetings.items(asked, states), *of_visits.items(asked, states))


def told(committee: Committee, actor: str = "sec", states: tuple[str, ...] | None = None) -> list[tuple[str, str]]:
    return [(each.item.what, each.item.about) for each in of(committee, actor, states)]


def test_a_meeting_to_come_waits_until_all_fifteen_have_notice_and_papers(committee: Committee) -> None:
    groups(committee)
    registers(committee, "agenda")
    (found,) = of(committee)
    assert (found.item.what, found.item.note) == (
        "meeting, not all members told",
        "2013-06-20; 15 members without notice",
    )
    committee.one(AnnounceMeeting, meeting="wg-1", sent="2013-06-02")
    assert told(committee) == []
    committee.one(DistributePapers, meeting="wg-1", documents=("agenda",), sent="2013-06-02", delegations=SOME)
    assert [each.item.note for each in of(committee)] == ["2013-06-20; 0 members without notice; lacking agenda"]


def test_a_meeting_that_is_over_waits_to_be_recorded_as_held_or_cancelled(committee: Committee) -> None:
    groups(committee)
    plans(committee, "formal-1", "2013-06-18T10:00:00-04:00", "2013-06-18T13:00:00-04:00")
    committee.on("2013-06-21")
    registers(committee, "paper-9")
    over = "meeting over, not recorded as held"
    assert told(committee) == [(over, "formal-1"), (over, "wg-1")]
    committee.one(HoldMeeting, meeting="wg-1", started="2013-06-20T10:05:00-04:00")
    committee.one(CancelMeeting, meeting="formal-1", reason="no item was ready")
    assert told(committee) == []


def test_conclusions_wait_for_approval_then_dispatch_and_a_word_on_an_open_meeting(committee: Committee) -> None:
    concluded(committee)
    assert told(committee) == [("conclusions drawn, not approved", "wg-1")]
    decides(committee, "conclude", text_of(committee))
    committee.one(ApproveConclusions, meeting="wg-1", decision="conclude")
    sent, opened = ("conclusions approved, not dispatched", "wg-1"), ("conclusions approved, no open meeting", "wg-1")
    assert told(committee) == [sent, opened]
    committee.on("2013-06-25").one(DispatchConclusions, meeting="wg-1", sent="2013-06-24", states=("KEN",))
    assert told(committee) == [opened]
    committee.one(HoldNoOpenMeeting, meeting="wg-1", reason="they concern the order of work alone")
    assert told(committee) == []


def test_of_meetings_states_and_the_public_are_told_nothing_to_do(committee: Committee) -> None:
    plans(committee, "open-1", "2013-06-18T10:00:00-04:00", "2013-06-18T13:00:00-04:00", kind="open")
    committee.grants("kenya", "state", scope="KEN")
    assert told(committee, states=("KEN",)) == told(committee, "kenya") == told(committee, "someone") == []
    assert len(told(committee)) == 1


def invited(committee: Committee) -> dict[str, Any]:
    visit: dict[str, Any] = {"visit": "ken-2013"}
    committee.one(InviteVisit, **visit, state="KEN", purpose="dialogue", received="2013-06-02")
    return visit


def test_a_visit_waits_for_its_decision_then_to_be_made_then_for_its_report(committee: Committee) -> None:
    visit = invited(committee)
    committee.one(AskCoordination, **visit, committee="1373")
    (found,) = of(committee)
    assert (found.item.what, found.item.state) == ("visit, next act", "KEN")
    assert found.item.note == "dialogue; 1373 was asked, no answer yet"
    assert told(committee, states=("FRA",)) == []
    dos = [found.item.do]
    decides(committee, "go")
    committee.one(DecideVisit, **visit, decision="go")
    dos += [each.item.do for each in of(committee)]
    committee.on("2013-07-10")
    two = (Participants(capacity="expert", count=2),)
    committee.one(CarryOutVisit, **visit, valid_from="2013-07-01", valid_to="2013-07-03", participants=two)
    dos += [each.item.do for each in of(committee)]
    assert [each.split(" --visit")[0].split("record ")[1] for each in dos] == [
        "decide-visit",
        "carry-out-visit",
        "report-visit",
    ]
    registers(committee, "visit-report")
    committee.one(ReportVisit, **visit, document="visit-report")
    assert told(committee) == []


def test_a_visit_that_is_cancelled_waits_for_nothing(committee: Committee) -> None:
    visit = invited(committee)
    committee.one(CancelVisit, **visit, reason="the State asked for it")
    assert told(committee) == []
