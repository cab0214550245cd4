"""A second person: what was approved is struck only on another's authority."""

import pytest

from domain.matrix import events as e
from domain.matrix.authority import NeedsSecondPerson
from domain.recorded import Recorded
from tests.committee import A, B, Committee


def test_an_error_of_an_approved_revision_is_repaired_only_with_a_second_person(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    approved = committee.approves(1)
    repair = {"known": sealed.header.known_at, "noticed": approved.header.known_at}
    with pytest.raises(NeedsSecondPerson):
        committee.assesses(1, {B: "?"}, **repair)
    committee.assesses(1, {B: "?"}, causation=committee.allows(approved), **repair)
    assert committee.values("working") == {A: "X", B: "?"}
    assert committee.values("approved") == {A: "X"}


def test_a_cell_approved_through_a_seeded_revision_is_corrected_only_with_a_second_person(committee: Committee) -> None:
    committee.opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    committee.seals(1)
    committee.opens(2, seeded_from=1)
    committee.seals(2)
    committee.approves(2)
    with pytest.raises(NeedsSecondPerson):
        committee.corrects(assessed, {"value": "?"})
    committee.corrects(assessed, {"value": "?"}, causation=committee.allows(assessed))


@pytest.fixture
def approved() -> tuple[Committee, Recorded]:
    """An approved revision, and the event in its first cell."""
    committee = Committee()
    committee.opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    committee.seals(1)
    committee.approves(1)
    return committee, assessed


def test_a_cell_of_an_approved_revision_is_struck_only_on_a_second_persons_authority(
    approved: tuple[Committee, Recorded],
) -> None:
    committee, assessed = approved
    for strike in (committee.corrects, committee.voids):
        with pytest.raises(NeedsSecondPerson):
            strike(assessed)
        with pytest.raises(NeedsSecondPerson):
            strike(assessed, causation=committee.allows(assessed, actor="sec"))
        with pytest.raises(NeedsSecondPerson):
            strike(assessed, causation=assessed.id)
    corrected = committee.corrects(assessed, {"value": "?"}, causation=committee.allows(assessed))
    assert committee.values("approved") == {A: "X"}, "what is approved stays until a new manifest is approved"
    assert committee.shows("approved")["cells"][0]["corrected_by"] == corrected.id


def test_undoing_a_void_in_an_approved_revision_needs_an_authority_of_its_own(
    approved: tuple[Committee, Recorded],
) -> None:
    committee, assessed = approved
    authority = committee.allows(assessed)
    void = committee.voids(assessed, causation=authority)
    for causation in (None, authority):
        with pytest.raises(NeedsSecondPerson):
            committee.voids(void, causation=causation)
    undone = committee.voids(void, causation=committee.allows(void))
    committee.voids(undone, causation=committee.allows(undone))
    assert committee.values() == {}


def test_an_authority_given_for_another_event_or_voided_is_none(approved: tuple[Committee, Recorded]) -> None:
    committee, assessed = approved
    given = committee.record.event(committee.allows(assessed))
    other = committee.allows(committee.record.events[0])
    assert given is not None
    committee.voids(given)
    for causation in (given.id, other):
        with pytest.raises(NeedsSecondPerson):
            committee.corrects(assessed, {"value": "?"}, causation=causation)


def test_after_the_approval_is_voided_no_second_person_is_needed(approved: tuple[Committee, Recorded]) -> None:
    committee, assessed = approved
    act = next(event for event in committee.record.events if isinstance(event.body, e.MatrixApproved))
    committee.voids(act)
    committee.corrects(assessed, {"value": "?"})
    assert committee.values() == {A: "?"}
