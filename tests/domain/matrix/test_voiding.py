"""Voiding and undoing a void: what rests on what in a State's file."""

import pytest

from domain.matrix import commands as c
from domain.matrix.file import OutOfOrder
from domain.striking import CannotBeStruck, DoesNotStand
from domain.undermining import RestsOnIt, SourceDoesNotStand
from tests.committee import NOON, A, B, Committee


def test_a_seal_once_voided_does_not_stand_again_over_cells_entered_since(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    voided = committee.voids(sealed)
    committee.assesses(1, {B: "?"})
    with pytest.raises(RestsOnIt):
        committee.voids(voided)


def test_what_lies_in_a_voided_opening_does_not_stand_and_is_not_struck(committee: Committee) -> None:
    opened = committee.opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    void = committee.voids(opened)
    for strike in (committee.corrects, committee.voids):
        with pytest.raises(DoesNotStand):
            strike(assessed)
    committee.voids(void)
    assert committee.values() == {A: "X"}


def test_voiding_a_correction_brings_the_earlier_value_back_and_undoing_the_void_the_later(
    committee: Committee,
) -> None:
    committee.opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    corrected = committee.corrects(assessed, {"value": "?"})
    void = committee.voids(corrected)
    assert committee.values() == {A: "X"}
    undone = committee.voids(void)
    assert committee.values() == {A: "?"}
    committee.voids(undone)
    assert committee.values() == {A: "X"}


def test_a_void_is_undone_never_replaced_and_a_batch_is_reversed_never_struck(committee: Committee) -> None:
    committee.opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    with pytest.raises(CannotBeStruck):
        committee.corrects(committee.voids(assessed))
    with pytest.raises(CannotBeStruck):
        committee.voids(committee.imports())


def test_an_opening_or_a_seal_is_not_voided_while_something_rests_on_it(committee: Committee) -> None:
    opened = committee.opens(1)
    sealed = committee.seals(1)
    seeded = committee.opens(2, seeded_from=1)
    for target in (opened, sealed):
        with pytest.raises(RestsOnIt):
            committee.voids(target)
    committee.voids(seeded)
    sent = committee.sends(1)
    for target in (opened, sealed):
        with pytest.raises(RestsOnIt):
            committee.voids(target)
    committee.voids(sent)
    approved = committee.approves(1)
    with pytest.raises(RestsOnIt):
        committee.voids(sealed)
    for each in (approved, sealed, opened):
        committee.voids_by_two(each)
    assert committee.shows()["revision"] is None


def test_a_publication_holds_the_seal_even_after_it_was_taken_down(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    approved = committee.approves(1)
    committee.one(c.GiveConsent, state="KEN", scope="publish")
    published = committee.one(c.PublishMatrix, state="KEN", revision=1)
    unpublished = committee.one(c.UnpublishMatrix, state="KEN", revision=1)
    committee.voids_by_two(approved)
    with pytest.raises(RestsOnIt):
        committee.voids(sealed)
    committee.voids(unpublished)
    committee.voids(published)
    committee.voids_by_two(sealed)


def test_a_void_is_undone_only_where_its_source_stands(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    void_of_seeded = committee.voids(committee.opens(2, seeded_from=1))
    void_of_sent = committee.voids(committee.sends(1))
    void_of_approved = committee.voids_by_two(committee.approves(1))
    void_of_seal = committee.voids_by_two(sealed)
    for void in (void_of_seeded, void_of_sent, void_of_approved):
        with pytest.raises(SourceDoesNotStand):
            committee.voids(void)
    committee.voids_by_two(void_of_seal)
    for void in (void_of_seeded, void_of_sent, void_of_approved):
        committee.voids_by_two(void)
    assert committee.values("approved") == {A: "X"}


def test_a_fourth_void_in_a_row_needs_the_source_too(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    third = committee.voids_by_two(committee.voids_by_two(committee.voids_by_two(committee.approves(1))))
    committee.voids_by_two(sealed)
    with pytest.raises(SourceDoesNotStand):
        committee.voids(third)


def test_a_source_sealed_again_later_does_not_bear_what_was_known_before(committee: Committee) -> None:
    sealed = committee.on("2012-03-01").sealed(1, {A: "X"})
    void = committee.on("2012-04-01").voids(committee.opens(2, seeded_from=1))
    committee.voids(sealed)
    committee.on("2012-06-01").seals(1)
    with pytest.raises(OutOfOrder):
        committee.voids(void)


def test_the_void_of_a_seal_is_not_undone_once_the_revision_was_sealed_again(committee: Committee) -> None:
    void = committee.voids(committee.sealed(1, {A: "X"}))
    committee.seals(1)
    with pytest.raises(RestsOnIt):
        committee.voids(void)


def test_undoing_a_void_a_second_time_is_held_up_by_what_rests_on_it_since(committee: Committee) -> None:
    undone = committee.voids(committee.voids(committee.sealed(1, {A: "X"})))
    committee.sends(1)
    with pytest.raises(RestsOnIt):
        committee.voids(undone)


def test_where_the_opening_did_not_stand_in_what_was_believed_neither_did_the_approval_nor_the_correction(
    committee: Committee,
) -> None:
    opened = committee.on("2012-02-01").opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    committee.seals(1)
    sent = committee.sends(1)
    approved = committee.on("2012-03-01").approves(1)
    committee.on("2012-04-01").corrects(assessed, {"value": "?"}, causation=committee.allows(assessed))
    committee.on("2012-09-01").voids_by_two(approved)
    committee.voids(sent)
    committee.voids_by_two(opened, noticed="2012-05-01")
    may, july = "2012-04-20" + NOON, "2012-07-01" + NOON
    assert committee.values("approved", as_of=may, reading="stood") == {A: "X"}
    assert committee.values("approved", as_of=july, reading="stood") == {}
    for as_of, corrected in ((may, True), (july, False)):
        answer = committee.shows("sent", as_of=as_of, reading="stood")
        assert answer["cells"][0]["value"] == "X", "a sending names a manifest and no revision"
        assert (answer["cells"][0]["corrected_by"] is not None) == corrected
