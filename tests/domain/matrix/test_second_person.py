"""A second person: what was approved is struck only on another's authority."""

import pytest

from domain.correcting import Change, FixedMember
from domain.matrix import events as e
from domain.matrix.authority import NeedsSecondPerson
from domain.recorded import Recorded
from tests.committee import A, B, C, Committee


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


def approval(committee: Committee) -> Recorded:
    """Return the last approval on record."""
    return [event for event in committee.record.events if isinstance(event.body, e.MatrixApproved)][-1]


def test_an_approval_is_voided_corrected_and_brought_back_only_on_a_second_persons_authority(
    approved: tuple[Committee, Recorded],
) -> None:
    committee, _ = approved
    act = approval(committee)
    for strike in (committee.voids, committee.corrects):
        with pytest.raises(NeedsSecondPerson):
            strike(act)
        with pytest.raises(NeedsSecondPerson):
            strike(act, causation=committee.allows(act, actor="sec"))
    committee.voids_by_two(committee.corrects(act, causation=committee.allows(act)))
    void = committee.voids_by_two(act)
    assert committee.shows("approved")["revision"] is None
    with pytest.raises(NeedsSecondPerson):
        committee.voids(void)
    committee.voids_by_two(void)
    assert committee.values("approved") == {A: "X"}


def test_an_approval_that_was_voided_guards_its_cells_as_it_did_before(approved: tuple[Committee, Recorded]) -> None:
    committee, assessed = approved
    with pytest.raises(NeedsSecondPerson, match="revision 1 of KEN is approved"):
        committee.voids(assessed)
    committee.voids_by_two(approval(committee))
    for strike in (committee.corrects, committee.voids):
        with pytest.raises(NeedsSecondPerson, match="revision 1 of KEN was approved"):
            strike(assessed)
    committee.corrects(assessed, {"value": "?"}, causation=committee.allows(assessed))
    assert committee.values() == {A: "?"}


def test_seal_and_opening_of_what_was_approved_fall_only_on_a_second_persons_authority(
    approved: tuple[Committee, Recorded],
) -> None:
    committee, _ = approved
    opened, sealed = (
        next(event for event in committee.record.events if isinstance(event.body, kind))
        for kind in (e.RevisionOpened, e.RevisionSealed)
    )
    with pytest.raises(NeedsSecondPerson):
        committee.corrects(opened, known="2012-01-01")
    committee.voids_by_two(approval(committee))
    for target in (sealed, opened):
        with pytest.raises(NeedsSecondPerson):
            committee.voids(target)
        committee.voids_by_two(target)
    assert committee.shows()["revision"] is None


def test_so_do_those_of_a_revision_whose_cells_were_approved_as_carried(committee: Committee) -> None:
    opened, sealed = committee.opens(1), (committee.assesses(1, {A: "X"}), committee.seals(1))[1]
    seeded, resealed = committee.opens(2, seeded_from=1), committee.seals(2)
    for each in (committee.approves(2), resealed, seeded):
        committee.voids_by_two(each)
    for target in (sealed, opened):
        with pytest.raises(NeedsSecondPerson):
            committee.voids(target)
        committee.voids_by_two(target)


def test_what_was_voided_of_an_approval_still_needs_a_second_person_to_be_repaired(
    approved: tuple[Committee, Recorded],
) -> None:
    committee, assessed = approved
    act = approval(committee)
    committee.voids_by_two(act)
    repair = {"known": assessed.header.known_at, "noticed": act.header.known_at}
    with pytest.raises(NeedsSecondPerson):
        committee.assesses(1, {B: "?"}, **repair)
    committee.assesses(1, {B: "?"}, causation=committee.allows(act), **repair)


def test_an_approval_under_another_decision_is_another_approval(approved: tuple[Committee, Recorded]) -> None:
    committee, _ = approved
    act = approval(committee)
    changed: dict[str, Change] = {"decision_id": "another"}
    with pytest.raises(FixedMember):
        committee.corrects(act, changed, causation=committee.allows(act))


def test_an_authority_is_used_once(approved: tuple[Committee, Recorded]) -> None:
    committee, assessed = approved
    act = approval(committee)
    for target in (assessed, act):
        authority = committee.allows(target)
        committee.voids_by_two(committee.voids(target, causation=authority))
        with pytest.raises(NeedsSecondPerson, match="used"):
            committee.voids(target, causation=authority)
    to_repair = committee.allows(act)
    repair = {"known": assessed.header.known_at, "noticed": act.header.known_at, "causation": to_repair}
    committee.assesses(1, {B: "?"}, **repair)
    with pytest.raises(NeedsSecondPerson, match="used"):
        committee.assesses(1, {C: "?"}, **repair)
    with pytest.raises(NeedsSecondPerson, match="used"):
        committee.voids(act, causation=to_repair)
