"""Reversing a batch of late history: as one, unless something since rests on it."""

import pytest

from domain.matrix.authority import NeedsSecondPerson
from domain.refusals import MalformedInput
from domain.undermining import RestsOnIt
from tests.committee import NOON, A, Committee, body


def test_a_batch_is_reversed_as_one_and_misled_nobody_in_the_past(committee: Committee) -> None:
    acts = committee.imports_revision()
    assert committee.values("approved", as_of="2010-01-01" + NOON, reading="stood") == {A: "X"}
    *voids, reversed_ = committee.reverses()
    assert [void.header.strikes for void in voids] == [
        acts[each].id for each in ("approved", "sealed", "cell", "opened")
    ]
    assert [void.header.noticed_at for void in voids] == [void.header.known_at for void in voids]
    assert (body(reversed_).events, reversed_.header.strikes) == (4, None)
    for reading in ("corrected", "stood"):
        answer = committee.shows("approved", as_of="2010-01-01" + NOON, reading=reading)
        assert answer["revision"] is None


def test_a_batch_with_corrections_and_voids_of_its_own_is_reversed_too(committee: Committee) -> None:
    batch = committee.imports()
    committee.opens(1, within=batch)
    (assessed,) = committee.assesses(1, {A: "X"}, within=batch)
    void = committee.voids(committee.corrects(assessed, {"value": "?"}, within=batch), within=batch)
    committee.voids(void, within=batch)
    committee.reverses()
    assert committee.shows()["revision"] is None


def test_a_batch_is_not_reversed_while_something_since_rests_on_it(committee: Committee) -> None:
    acts = committee.imports_revision()
    sent = committee.sends(1)
    with pytest.raises(RestsOnIt, match=sent.id):
        committee.reverses()
    committee.voids(sent)
    seeded = committee.opens(2, seeded_from=1)
    with pytest.raises(RestsOnIt, match=seeded.id):
        committee.reverses()
    committee.voids(seeded)
    again = committee.approves(1)
    with pytest.raises(RestsOnIt, match=again.id):
        committee.reverses()
    committee.voids_by_two(again)
    with pytest.raises(NeedsSecondPerson):
        committee.reverses()
    committee.reverses(causation=committee.allows(acts["batch"]))
    assert committee.shows("approved")["revision"] is None


def test_a_batch_is_not_reversed_while_a_correction_since_strikes_it(committee: Committee) -> None:
    acts = committee.imports_revision()
    committee.corrects(acts["cell"], {"value": "?"}, causation=committee.allows(acts["cell"]))
    with pytest.raises(MalformedInput, match="corrects this batch"):
        committee.reverses()


def test_reversing_the_void_of_an_approval_whose_seal_fell_since_is_refused(committee: Committee) -> None:
    acts = committee.imports_revision()
    committee.voids(acts["approved"], within=committee.imports("list-of-errors"))
    void = committee.voids_by_two(acts["sealed"])
    with pytest.raises(RestsOnIt, match=acts["approved"].id):
        committee.reverses("list-of-errors")
    committee.voids_by_two(void)
    committee.reverses("list-of-errors")
    assert committee.values("approved") == {A: "X"}


def test_reversing_the_void_of_a_seal_is_refused_once_the_revision_was_sealed_again(committee: Committee) -> None:
    committee.voids(committee.sealed(1, {A: "X"}), within=committee.imports())
    committee.seals(1)
    with pytest.raises(RestsOnIt, match="sealed again"):
        committee.reverses()


def test_a_batch_is_reversed_once_and_one_not_on_record_never(committee: Committee) -> None:
    committee.imports_revision()
    committee.reverses()
    with pytest.raises(MalformedInput):
        committee.reverses()
    with pytest.raises(MalformedInput):
        committee.reverses("other-files")


def test_a_batch_whose_cells_were_approved_live_is_reversed_only_on_a_second_persons_authority(
    committee: Committee,
) -> None:
    committee.opens(1)
    batch = committee.imports()
    committee.assesses(1, {A: "X"}, within=batch)
    committee.seals(1)
    committee.approves(1)
    for causation in (None, committee.allows(batch, actor="sec")):
        with pytest.raises(NeedsSecondPerson):
            committee.reverses(causation=causation)
    committee.reverses(causation=committee.allows(batch))
    assert committee.values("approved") == {A: "X"}
    assert committee.shows("approved")["cells"][0]["corrected_by"] is not None
