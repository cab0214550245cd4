"""Notice and papers of meetings: who had them before it began, and when is it found that somebody had not."""

from collections.abc import Sequence
from typing import Any

import pytest

from domain.meetings.holding import HoldMeeting
from domain.meetings.notice import AnnounceMeeting, DistributePapers
from domain.meetings.planning import MoveMeeting
from domain.recorded import Recorded
from projections.audit import meetings
from projections.audit.check import Check
from tests.committee import Committee
from tests.domain.meetings.seated import MEMBERS, groups, seated
from tests.projections.audit.given import Office

OTHERS = MEMBERS[1:]


@pytest.fixture
def committee() -> Committee:
    """A meeting of the working group is planned for 20 June 2013 at ten in New York; it is 24 June."""
    committee = seated()
    groups(committee)
    return committee.on("2013-06-24")


def announces(committee: Committee, sent: str, to: Sequence[str] = ()) -> Recorded:
    return committee.one(AnnounceMeeting, meeting="wg-1", sent=sent, delegations=tuple(to))


def distributes(committee: Committee, sent: str, to: Sequence[str] = ()) -> Recorded:
    return committee.one(DistributePapers, meeting="wg-1", documents=("paper-1",), sent=sent, delegations=tuple(to))


def holds(committee: Committee) -> Recorded:
    return committee.one(HoldMeeting, meeting="wg-1", started="2013-06-20T10:05:00-04:00")


def found(committee: Committee, check: Check) -> list[tuple[int, str]]:
    return Office.of(committee.record).found(check)


def test_a_meeting_announced_to_all_with_papers_in_advance_is_no_finding(committee: Committee) -> None:
    announces(committee, "2013-06-10")
    distributes(committee, "2013-06-13")
    holds(committee)
    assert (found(committee, meetings.NOTICES), found(committee, meetings.PAPERS)) == ([], [])


def test_a_paper_sent_after_its_meeting_began_is_found(committee: Committee) -> None:
    late = distributes(committee, "2013-06-20T10:06:00-04:00")
    holds(committee)
    assert found(committee, meetings.PAPERS) == [
        (late.position, "paper paper-1 of meeting wg-1 reached no delegation before it began")
    ]


def test_a_paper_sent_to_fewer_than_all_is_found_until_the_others_had_it_too(committee: Committee) -> None:
    some = distributes(committee, "2013-06-13", OTHERS)
    holds(committee)
    assert found(committee, meetings.PAPERS) == [
        (some.position, f"paper paper-1 of meeting wg-1 reached not {MEMBERS[0]} before it began")
    ]
    distributes(committee, "2013-06-14", MEMBERS[:1])
    assert found(committee, meetings.PAPERS) == []


def test_nothing_is_late_before_the_meeting_was_held(committee: Committee) -> None:
    distributes(committee, "2013-06-13", OTHERS)
    assert (found(committee, meetings.NOTICES), found(committee, meetings.PAPERS)) == ([], [])


def test_a_meeting_that_nobody_was_told_of_is_found(committee: Committee) -> None:
    held = holds(committee)
    assert found(committee, meetings.NOTICES) == [
        (held.position, "notice of meeting wg-1 reached no delegation before it began")
    ]


def test_a_notice_of_another_hour_than_that_planned_is_none(committee: Committee) -> None:
    committee.on("2013-06-10")
    announces(committee, "2013-06-10")
    hours: dict[str, Any] = {"starts": "2013-06-20T11:00:00-04:00", "ends": "2013-06-20T12:00:00-04:00"}
    committee.one(MoveMeeting, meeting="wg-1", reason="room", **hours)
    committee.on("2013-06-24")
    held = committee.one(HoldMeeting, meeting="wg-1", started="2013-06-20T11:00:00-04:00")
    assert [position for position, _ in found(committee, meetings.NOTICES)] == [held.position]


def test_where_the_members_of_the_day_are_not_all_on_record_that_is_said(committee: Committee) -> None:
    distributes(committee, "2013-06-13")
    held = holds(committee)
    seat = next(e for e in committee.record.events if e.header.type == "committee.member-seated")
    committee.voids(seat)
    assert (held.position, "meeting wg-1 had papers, and of its 15 members 14 are on record for that day") in found(
        committee, meetings.PAPERS
    )
