"""Conclusions of a working group: given a meeting, when they are drawn, approved, sent out and discussed."""

from typing import Any

import pytest

from domain.decision import NotDecided
from domain.document import DocumentRegistered
from domain.matrix.file import OutOfOrder
from domain.meetings.concluding import NotApproved, NotOfAGroup, NotOpen
from domain.meetings.conclusions import (
    ApproveConclusions,
    ConclusionsApproved,
    ConclusionsDispatched,
    DiscussConclusions,
    DispatchConclusions,
    DrawConclusions,
    HoldNoOpenMeeting,
)
from domain.meetings.holding import HoldMeeting, NotHeld
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.foundations import first, registers
from tests.domain.meetings.seated import approved, concluded, decides, groups, plans, seated, text_of

OTHER_TEXT = "0" * 64


@pytest.fixture
def committee() -> Committee:
    return seated()


def dispatches(committee: Committee, sent: str, *states: str) -> Recorded:
    return committee.one(DispatchConclusions, meeting="wg-1", sent=sent, states=states or ("FRA", "KEN"))


def opens_meeting(committee: Committee, kind: str = "open", meeting: str = "open-1") -> None:
    plans(committee, meeting, "2013-07-02T10:00:00-04:00", "2013-07-02T13:00:00-04:00", kind=kind, despite="agreed")
    committee.on("2013-07-03").one(HoldMeeting, meeting=meeting, started="2013-07-02T10:00:00-04:00")


def test_conclusions_are_drawn_by_a_working_group_at_a_meeting_that_was_held(committee: Committee) -> None:
    groups(committee)
    with pytest.raises(NotHeld):
        committee.one(DrawConclusions, meeting="wg-1", document="paper-1")
    plans(committee, "f-1", "2013-06-21", "2013-06-21")
    with pytest.raises(NotOfAGroup):
        committee.one(DrawConclusions, meeting="f-1", document="paper-1")
    committee.on("2013-06-21").one(HoldMeeting, meeting="wg-1", started="2013-06-20")
    with pytest.raises(NotFound, match="paper-9"):
        committee.one(DrawConclusions, meeting="wg-1", document="paper-9")
    event = committee.one(DrawConclusions, meeting="wg-1", document="paper-1")
    assert event.header.audience == ("committee", "expert", "secretariat")
    with pytest.raises(Conflict):
        committee.one(DrawConclusions, meeting="wg-1", document="paper-2")


def test_the_committee_approves_the_very_text_that_it_adopted(committee: Committee) -> None:
    concluded(committee)
    with pytest.raises(NotDecided):
        committee.one(ApproveConclusions, meeting="wg-1", decision="d-1")
    decides(committee, "d-0", OTHER_TEXT)
    with pytest.raises(NotApproved, match="did not adopt document conclusions-1"):
        committee.one(ApproveConclusions, meeting="wg-1", decision="d-0")


def test_conclusions_are_not_adopted_before_they_were_drawn(committee: Committee) -> None:
    drawn = concluded(committee)
    decides(committee, "d-1", text_of(committee), known="2013-06-20T18:00:00Z")
    with pytest.raises(OutOfOrder, match="adopted before the conclusions were drawn"):
        committee.one(ApproveConclusions, meeting="wg-1", decision="d-1")
    committee.corrects(drawn, known="2013-06-20T17:00:00Z")
    committee.one(ApproveConclusions, meeting="wg-1", decision="d-1")


def test_conclusions_are_not_approved_before_the_decision_was_adopted(committee: Committee) -> None:
    approval = approved(committee)
    committee.voids(approval)
    with pytest.raises(OutOfOrder):
        committee.one(ApproveConclusions, meeting="wg-1", decision="d-1", known="2013-06-25")


def test_approved_conclusions_name_their_decision_and_are_approved_once(committee: Committee) -> None:
    event = approved(committee)
    assert event.body == ConclusionsApproved(meeting="wg-1", decision_id="d-1")
    with pytest.raises(Conflict):
        committee.one(ApproveConclusions, meeting="wg-1", decision="d-1")


def test_conclusions_that_are_not_on_record_are_not_approved(committee: Committee) -> None:
    groups(committee)
    with pytest.raises(NotFound, match="no conclusions"):
        committee.one(ApproveConclusions, meeting="wg-1", decision="d-1")


def test_conclusions_go_to_points_of_contact_only_after_approval(committee: Committee) -> None:
    concluded(committee)
    with pytest.raises(NotApproved, match="are not approved"):
        dispatches(committee, "2013-06-21")
    with pytest.raises(NotApproved):
        committee.one(DiscussConclusions, meeting="wg-1", open_meeting="open-1")
    with pytest.raises(NotApproved):
        committee.one(HoldNoOpenMeeting, meeting="wg-1", reason="the order of work alone")


def test_a_dispatch_dated_before_the_approval_is_refused(committee: Committee) -> None:
    approved(committee)
    committee.on("2013-07-03")
    with pytest.raises(NotApproved, match="sent 2013-06-30"):
        dispatches(committee, "2013-06-29")
    event = dispatches(committee, "2013-07-02T09:00:00-04:00")
    assert event.body == ConclusionsDispatched(
        meeting="wg-1", sent_at="2013-07-02T13:00:00.000000Z", states=("FRA", "KEN")
    )
    assert event.header.known_at == "2013-07-02T13:00:00.000000Z"


def test_neither_date_is_corrected_to_the_other_side_of_the_other(committee: Committee) -> None:
    approval = approved(committee)
    sent = dispatches(committee.on("2013-07-03"), "2013-07-02T09:00:00-04:00")
    committee.on("2013-07-05")
    with pytest.raises(NotApproved):
        committee.corrects(sent, {"sent_at": "2013-06-30T13:00:00.000000Z"})
    with pytest.raises(NotApproved):
        committee.corrects(approval, known="2013-07-04T09:00:00-04:00")
    committee.corrects(approval, known="2013-07-02")


def test_a_dispatch_names_states_on_record(committee: Committee) -> None:
    approved(committee)
    with pytest.raises(MalformedInput, match="no State"):
        committee.one(DispatchConclusions, meeting="wg-1", sent="2013-07-01", states=())
    with pytest.raises(NotFound, match="TCD"):
        dispatches(committee, "2013-07-01", "TCD")


def test_an_open_meeting_is_held_on_approved_conclusions(committee: Committee) -> None:
    approved(committee)
    with pytest.raises(NotFound, match="open-1"):
        committee.one(DiscussConclusions, meeting="wg-1", open_meeting="open-1")
    opens_meeting(committee)
    opens_meeting(committee, "informal", "i-1")
    with pytest.raises(NotOpen):
        committee.one(DiscussConclusions, meeting="wg-1", open_meeting="i-1")
    discussed = committee.one(DiscussConclusions, meeting="wg-1", open_meeting="open-1")
    held = committee.record.history("meeting/open-1").events[0]
    with pytest.raises(RestsOnIt, match=discussed.id):
        committee.voids(held)
    with pytest.raises(Conflict, match="settled"):
        committee.one(HoldNoOpenMeeting, meeting="wg-1", reason="the order of work alone")


def test_an_open_meeting_that_was_not_held_is_not_one_on_conclusions(committee: Committee) -> None:
    approved(committee)
    plans(committee, "open-1", "2013-07-02", "2013-07-02", kind="open")
    with pytest.raises(NotHeld):
        committee.one(DiscussConclusions, meeting="wg-1", open_meeting="open-1")


def test_an_open_meeting_is_recorded_as_not_appropriate_once_and_may_be_held_after_all(committee: Committee) -> None:
    approved(committee)
    committee.one(HoldNoOpenMeeting, meeting="wg-1", reason="the order of work alone")
    with pytest.raises(Conflict):
        committee.one(HoldNoOpenMeeting, meeting="wg-1", reason="again")
    opens_meeting(committee)
    committee.one(DiscussConclusions, meeting="wg-1", open_meeting="open-1")


def test_approved_conclusions_are_neither_exchanged_nor_taken_back_under_their_approval(committee: Committee) -> None:
    approval = approved(committee)
    registers(committee, "conclusions-2")
    drawn = committee.record.history("meeting/wg-1").events[1]
    adopted = committee.record.history("decision/d-1").events[1]
    with pytest.raises(RestsOnIt, match=approval.id):
        committee.corrects(drawn, {"document_id": "conclusions-2"})
    for ground in (drawn, adopted, first(committee, DocumentRegistered, document="conclusions-1")):
        with pytest.raises(RestsOnIt):
            committee.voids(ground)
    committee.voids(approval)
    committee.corrects(drawn, {"document_id": "conclusions-2"})


def test_an_approval_falls_only_after_what_was_sent_out_on_it(committee: Committee) -> None:
    approval = approved(committee)
    sent = dispatches(committee, "2013-07-01")
    with pytest.raises(RestsOnIt, match=sent.id):
        committee.voids(approval)
    committee.voids(sent)
    committee.voids(approval)


def test_late_history_names_decisions_that_nobody_entered_and_still_sends_nothing_before_them(
    committee: Committee,
) -> None:
    concluded(committee)
    batch = committee.on("2013-09-02").imports()
    committee.one(ApproveConclusions, batch, meeting="wg-1", decision="old", known="2013-07")
    sent: dict[str, Any] = {"meeting": "wg-1", "states": ("FRA",)}
    with pytest.raises(NotApproved):
        committee.one(DispatchConclusions, batch, sent="2013-06-25", **sent)
    committee.one(DispatchConclusions, batch, sent="2013-07-10", **sent)
