"""Visits: given an invitation, when it is decided, coordinated, carried out and reported, then in that order."""

from typing import Any

import pytest

from domain.decision import Adopt, NotDecided, Propose, ProposedItem
from domain.matrix.commands import AssessCells, AssessedCell
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.undermining import RestsOnIt, SourceDoesNotStand
from domain.visits.commands import (
    AnswerCoordination,
    AskCoordination,
    CancelVisit,
    CarryOutVisit,
    DecideVisit,
    InviteVisit,
    ReportVisit,
)
from domain.visits.events import Participants, VisitCarriedOut, VisitInvited
from domain.visits.visit import NotInOrder, VisitOver
from tests.committee import A, Committee
from tests.domain.foundations import registers
from tests.histories.made_up import source

EXPERTS = (Participants(capacity="chair", count=1), Participants(capacity="expert", count=2))


@pytest.fixture
def committee() -> Committee:
    """Kenya invites the Committee on 2 January 2012."""
    committee = Committee()
    invites(committee)
    return committee


def invites(committee: Committee, visit: str = "ken-2012", **members: Any) -> Recorded:
    said: dict[str, Any] = {"state": "KEN", "purpose": "dialogue", "received": "2012-01-02T10:00:00Z"}
    return committee.one(InviteVisit, visit=visit, **said | members)


def decides(committee: Committee) -> tuple[Recorded, Recorded]:
    item = ProposedItem(number=1, text="accept the invitation")
    committee.one(Propose, decision="visit", title="Visit", items=(item,))
    adoption = committee.one(Adopt, decision="visit", meeting="m", actor="chair")
    return adoption, committee.one(DecideVisit, visit="ken-2012", decision="visit")


def carries_out(committee: Committee, **members: Any) -> Recorded:
    committee.on("2012-03-12")
    said: dict[str, Any] = {"valid_from": "2012-03-05", "valid_to": "2012-03-09", "participants": EXPERTS}
    return committee.one(CarryOutVisit, visit="ken-2012", **said | members)


def reports(committee: Committee) -> Recorded:
    registers(committee, "visit-report")
    return committee.one(ReportVisit, visit="ken-2012", document="visit-report")


def test_a_state_invites_the_committee_and_it_is_known_when_received(committee: Committee) -> None:
    invitation = committee.record.history("visit/ken-2012").events[0]
    assert invitation.body == VisitInvited(
        visit="ken-2012", state="KEN", purpose="dialogue", documents=(), received_at="2012-01-02T10:00:00.000000Z"
    )
    assert invitation.header.known_at == "2012-01-02T10:00:00.000000Z"
    assert invitation.header.audience == ("committee", "expert", "secretariat", "state:KEN")


def test_an_invitation_is_recorded_once_and_names_what_is_on_record(committee: Committee) -> None:
    with pytest.raises(Conflict):
        invites(committee)
    for members in ({"state": "ZZZ"}, {"documents": ("missing",)}):
        with pytest.raises(NotFound):
            invites(committee, "other", **members)


def test_an_invitation_is_accepted_by_an_adopted_decision_once(committee: Committee) -> None:
    with pytest.raises(NotDecided, match="decision visit is not adopted"):
        committee.one(DecideVisit, visit="ken-2012", decision="visit")
    adoption, _ = decides(committee)
    with pytest.raises(NotInOrder, match="stands already"):
        committee.one(DecideVisit, visit="ken-2012", decision="visit")
    with pytest.raises(RestsOnIt, match="rests on the adoption of decision visit"):
        committee.voids(adoption)


def test_a_visit_is_coordinated_with_1267_and_1373(committee: Committee) -> None:
    for other in ("1267", "1373"):
        with pytest.raises(NotInOrder, match=f"the committee under {other} was not asked"):
            committee.one(AnswerCoordination, visit="ken-2012", committee=other, text="")
        asked = committee.one(AskCoordination, visit="ken-2012", committee=other)
        committee.one(AnswerCoordination, visit="ken-2012", committee=other, text="no visit planned")
        with pytest.raises(RestsOnIt, match=f"the coordination of ken-2012 with {other}"):
            committee.voids(asked)
    with pytest.raises(MalformedInput, match="1267, 1373"):
        committee.one(AskCoordination, visit="ken-2012", committee="1718")
    with pytest.raises(NotFound):
        committee.one(AskCoordination, visit="ken-2012", committee="1267", document="missing")


def test_a_visit_is_carried_out_once_after_it_was_decided(committee: Committee) -> None:
    with pytest.raises(NotInOrder, match="visit ken-2012 is not decided"):
        carries_out(committee)
    decides(committee)
    event = carries_out(committee)
    assert event.body == VisitCarriedOut(
        visit="ken-2012", valid_from="2012-03-05", valid_to="2012-03-09", participants=EXPERTS
    )
    with pytest.raises(NotInOrder):
        carries_out(committee)


@pytest.mark.parametrize(
    "members",
    [
        {"valid_to": "2012-03-13"},
        {"valid_to": "2012-03-04"},
        {"participants": (*EXPERTS, *EXPERTS)},
        {"participants": (Participants(capacity="friend", count=1),)},
    ],
)
def test_a_visit_lies_in_the_past_and_counts_each_capacity_once(committee: Committee, members: dict[str, Any]) -> None:
    decides(committee)
    with pytest.raises(MalformedInput):
        carries_out(committee, **members)


def test_the_report_of_a_visit_that_took_place_is_a_source_that_cells_cite(committee: Committee) -> None:
    decides(committee)
    with pytest.raises(NotFound):
        committee.one(ReportVisit, visit="ken-2012", document="missing")
    with pytest.raises(NotInOrder, match="is not carried out"):
        reports(committee)
    carries_out(committee)
    committee.one(ReportVisit, visit="ken-2012", document="visit-report")
    committee.opens(1)
    cell = AssessedCell(cell=A, value="X", sources=(source("visit-report"),))
    committee.one(AssessCells, state="KEN", revision=1, cells=(cell,))
    assert committee.values() == {A: "X"}


def test_a_visit_that_was_cancelled_goes_no_further(committee: Committee) -> None:
    cancelled = committee.one(CancelVisit, visit="ken-2012", reason="postponed")
    with pytest.raises(VisitOver, match=cancelled.id):
        committee.one(AskCoordination, visit="ken-2012", committee="1267")
    committee.voids(cancelled)
    committee.one(AskCoordination, visit="ken-2012", committee="1267")


def test_a_visit_that_took_place_is_not_cancelled(committee: Committee) -> None:
    decides(committee)
    carries_out(committee)
    with pytest.raises(NotInOrder, match="was carried out"):
        committee.one(CancelVisit, visit="ken-2012", reason="postponed")


def test_nothing_is_said_of_a_visit_without_an_invitation(committee: Committee) -> None:
    with pytest.raises(NotFound, match="visit other is not on record"):
        committee.one(CancelVisit, visit="other", reason="")


def test_the_steps_of_a_visit_are_taken_back_from_the_last(committee: Committee) -> None:
    _, decided = decides(committee)
    carried_out = carries_out(committee)
    report = reports(committee)
    with pytest.raises(RestsOnIt, match="rests on the decision on visit ken-2012"):
        committee.voids(decided)
    with pytest.raises(RestsOnIt, match="rests on the carrying out of visit ken-2012"):
        committee.voids(carried_out)
    void = committee.voids(report)
    committee.voids(carried_out)
    with pytest.raises(SourceDoesNotStand):
        committee.voids(void)


def test_a_correction_is_asked_again_of_the_rules(committee: Committee) -> None:
    decides(committee)
    carried_out = carries_out(committee)
    with pytest.raises(MalformedInput):
        committee.corrects(carried_out, {"valid_to": "2012-03-30"})
    committee.corrects(carried_out, {"valid_to": "2012-03-08"})


def test_late_history_knows_of_a_visit_without_its_decision(committee: Committee) -> None:
    batch = committee.imports()
    invites(committee, "ken-2011", within=batch, received="2011")
    days = {"valid_from": "2011-09-12", "valid_to": "2011-09-16", "participants": ()}
    committee.one(CarryOutVisit, batch, visit="ken-2011", known="2011-09-16", **days)
