"""Notice and papers: given a planned meeting, when they are sent, then who had them before it began."""

from collections.abc import Sequence
from typing import Any

import pytest

from domain.committee.members import ElectorateUnknown
from domain.deciding import KnownInTheFuture, stands_at
from domain.document import DocumentRegistered
from domain.meetings.holding import HoldMeeting
from domain.meetings.notice import (
    AnnounceMeeting,
    DistributePapers,
    MeetingAnnounced,
    PapersDistributed,
    Timeliness,
    in_time,
    timeliness,
)
from domain.meetings.planning import CancelMeeting, MoveMeeting
from domain.meetings.schedule import Cancelled
from domain.recorded import Recorded
from domain.refusals import MalformedInput, NotFound
from domain.standing import Cut
from domain.undermining import RestsOnIt
from tests.committee import Committee, body
from tests.domain.foundations import first
from tests.domain.meetings.seated import MEMBERS, groups, plans, seated


@pytest.fixture
def committee() -> Committee:
    """A meeting of the working group is planned for 20 June 2013 at ten in New York; it is 24 June."""
    committee = seated()
    groups(committee)
    return committee.on("2013-06-24")


def announces(committee: Committee, sent: str = "2013-06-10", to: Sequence[str] = (), **members: Any) -> Recorded:
    return committee.one(AnnounceMeeting, meeting="wg-1", sent=sent, delegations=tuple(to), **members)


def distributes(committee: Committee, sent: str, to: Sequence[str] = (), *papers: str) -> Recorded:
    documents = papers or ("paper-1",)
    return committee.one(DistributePapers, meeting="wg-1", documents=documents, sent=sent, delegations=tuple(to))


def found(committee: Committee, as_of: str = "2030-01-01") -> Timeliness:
    return timeliness(stands_at(committee.record, Cut(known_at=f"{as_of}T00:00:00.000000Z")), "wg-1")


def test_a_notice_goes_to_the_fifteen_members_on_the_day_of_the_meeting_and_is_known_when_sent(
    committee: Committee,
) -> None:
    event = announces(committee, "2013-06-10T09:00:00-04:00")
    assert event.body == MeetingAnnounced(
        meeting="wg-1",
        sent_at="2013-06-10T13:00:00.000000Z",
        delegations=MEMBERS,
        starts_at="2013-06-20T14:00:00.000000Z",
        document_id=None,
    )
    assert (event.header.known_at, event.header.known_precision) == ("2013-06-10T13:00:00.000000Z", "instant")


def test_a_meeting_with_notice_and_every_paper_before_its_start_to_all_fifteen_is_in_time(committee: Committee) -> None:
    announces(committee)
    distributes(committee, "2013-06-18", (), "paper-1", "paper-2")
    assert found(committee) == Timeliness(
        members=MEMBERS, without_notice=(), without_paper={"paper-1": (), "paper-2": ()}
    )
    assert in_time(stands_at(committee.record, Cut()), "wg-1")


def test_a_meeting_nobody_was_told_of_is_not_in_time(committee: Committee) -> None:
    assert (found(committee).without_notice, found(committee).in_time) == (MEMBERS, False)


def test_a_paper_sent_after_the_start_is_recorded_and_is_late(committee: Committee) -> None:
    announces(committee)
    distributes(committee, "2013-06-20T10:01:00-04:00")
    assert (found(committee).without_paper, found(committee).in_time) == ({"paper-1": MEMBERS}, False)


def test_a_paper_sent_to_fourteen_is_recorded_and_says_who_is_missing_until_it_is_sent_there_too(
    committee: Committee,
) -> None:
    announces(committee)
    distributes(committee, "2013-06-18", MEMBERS[1:])
    assert (found(committee).without_paper, found(committee).in_time) == ({"paper-1": (MEMBERS[0],)}, False)
    distributes(committee, "2013-06-19", MEMBERS[:1])
    assert found(committee).in_time


def test_what_counts_is_when_the_meeting_began_and_where_only_the_day_is_known_the_hour_planned(
    committee: Committee,
) -> None:
    announces(committee)
    distributes(committee, "2013-06-20T10:01:00-04:00")
    held = committee.one(HoldMeeting, meeting="wg-1", started="2013-06-20T10:05:00-04:00")
    assert found(committee).in_time
    committee.voids(held)
    committee.one(HoldMeeting, meeting="wg-1", started="2013-06-20")
    assert not found(committee).in_time


def test_who_was_told_of_another_hour_has_no_notice_until_told_again(committee: Committee) -> None:
    announces(committee)
    starts, ends = "2013-06-25T10:00:00-04:00", "2013-06-25T13:00:00-04:00"
    committee.one(MoveMeeting, meeting="wg-1", starts=starts, ends=ends, reason="the room")
    assert found(committee).without_notice == MEMBERS
    announces(committee, "2013-06-24T07:00:00-04:00", MEMBERS[:14])
    assert found(committee).without_notice == MEMBERS[14:]


def test_a_notice_entered_after_the_move_names_the_start_that_it_announced(committee: Committee) -> None:
    starts, ends = "2013-06-25T10:00:00-04:00", "2013-06-25T13:00:00-04:00"
    committee.one(MoveMeeting, meeting="wg-1", starts=starts, ends=ends, reason="the room")
    announces(committee, starts="2013-06-20T10:00:00-04:00")
    assert found(committee).without_notice == MEMBERS


def test_where_only_the_day_of_a_meeting_is_known_what_was_sent_on_it_is_late(committee: Committee) -> None:
    plans(committee, "f-1", "2013-06-21", "2013-06-21")
    standing = stands_at(committee.record, Cut())
    committee.one(AnnounceMeeting, meeting="f-1", sent="2013-06-21T08:00:00-04:00")
    assert not in_time(standing, "f-1")
    committee.one(AnnounceMeeting, meeting="f-1", sent="2013-06-20T23:00:00-04:00")
    assert in_time(standing, "f-1")


def test_the_past_knows_what_had_been_sent_by_then(committee: Committee) -> None:
    announces(committee, "2013-06-10")
    assert found(committee, "2013-06-09").without_notice == MEMBERS
    assert found(committee, "2013-06-12").without_notice == ()


def test_incoming_members_may_be_told_too_and_count_for_nothing(committee: Committee) -> None:
    committee.registers("LTU")
    announces(committee, to=(*MEMBERS, "LTU"))
    assert found(committee).in_time


def test_a_notice_goes_to_somebody_on_record_once(committee: Committee) -> None:
    with pytest.raises(NotFound, match="TCD"):
        announces(committee, to=("TCD",))
    with pytest.raises(MalformedInput, match="FRA is named twice"):
        announces(committee, to=("FRA", "FRA"))
    with pytest.raises(NotFound, match="meeting wg-2"):
        committee.one(AnnounceMeeting, meeting="wg-2", sent="2013-06-10")
    with pytest.raises(NotFound, match="meeting wg-2"):
        timeliness(stands_at(committee.record, Cut()), "wg-2")


def test_where_not_all_fifteen_are_on_record_the_delegations_are_named(committee: Committee) -> None:
    committee.voids(committee.record.history("committee/members").events[0])
    with pytest.raises(ElectorateUnknown, match="14 of 15"):
        announces(committee)
    announces(committee, to=MEMBERS)
    assert not found(committee).in_time


def test_papers_are_documents_on_record_and_some(committee: Committee) -> None:
    with pytest.raises(NotFound, match="paper-9"):
        distributes(committee, "2013-06-18", (), "paper-9")
    with pytest.raises(MalformedInput, match="no paper"):
        committee.one(DistributePapers, meeting="wg-1", documents=(), sent="2013-06-18")
    with pytest.raises(NotFound, match="paper-9"):
        announces(committee, document="paper-9")


def test_nothing_is_sent_before_it_is_recorded_nor_after_the_meeting_was_cancelled(committee: Committee) -> None:
    with pytest.raises(KnownInTheFuture):
        announces(committee, "2013-06-26")
    committee.one(CancelMeeting, meeting="wg-1", reason="no item is ready", known="2013-06-12")
    with pytest.raises(Cancelled):
        announces(committee, "2013-06-14")
    announces(committee, "2013-06-10")


def test_a_corrected_sending_is_known_when_it_was_and_goes_to_somebody(committee: Committee) -> None:
    event = distributes(committee, "2013-06-20T10:01:00-04:00")
    with pytest.raises(MalformedInput):
        committee.corrects(event, {"delegations": []})
    with pytest.raises(NotFound):
        committee.corrects(event, {"documents": ["paper-9"]})
    corrected = committee.corrects(event, {"sent_at": "2013-06-20T13:01:00.000000Z"})
    assert isinstance(corrected.body, PapersDistributed)
    assert corrected.header.known_at == "2013-06-20T13:01:00.000000Z"


def test_papers_and_states_are_held_by_what_was_sent(committee: Committee) -> None:
    event = distributes(committee, "2013-06-18")
    with pytest.raises(RestsOnIt, match=event.id):
        committee.voids(first(committee, DocumentRegistered, document="paper-1"))
    assert body(event).documents == ("paper-1",)
