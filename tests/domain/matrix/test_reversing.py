"""Reversing a batch of late history: as one, unless something since rests on it."""

import pytest

from domain.matrix import commands as c
from domain.matrix.guards import RestsOnIt
from domain.recorded import Recorded
from domain.refusals import MalformedInput
from tests.committee import NOON, A, Committee, body


def imported_revision(committee: Committee, name: str = "old-files") -> tuple[Recorded, dict[str, Recorded]]:
    """Import a revision of 2009, sealed and approved."""
    batch = committee.imports(name)
    acts = {
        "opened": committee.opens(1, within=batch, known="2009-01-05"),
        "cell": committee.assesses(1, {A: "X"}, within=batch, known="2009-02-05")[0],
        "sealed": committee.seals(1, within=batch, known="2009-03-05"),
        "approved": committee.one(c.ApproveMatrix, batch, state="KEN", revision=1, decision="old", known="2009-04-05"),
    }
    return batch, acts


def test_a_batch_is_reversed_as_one_and_misled_nobody_in_the_past(committee: Committee) -> None:
    _, acts = imported_revision(committee)
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
    imported_revision(committee)
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
    committee.voids(again)
    committee.reverses()
    assert committee.shows("approved")["revision"] is None


def test_a_batch_is_not_reversed_while_a_correction_since_strikes_it(committee: Committee) -> None:
    _, acts = imported_revision(committee)
    committee.corrects(acts["cell"], {"value": "?"}, causation=committee.allows(acts["cell"]))
    with pytest.raises(MalformedInput, match="corrects this batch"):
        committee.reverses()


def test_reversing_the_void_of_an_approval_whose_seal_fell_since_is_refused(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    approved = committee.approves(1)
    committee.voids(approved, within=committee.imports())
    void = committee.voids(sealed)
    with pytest.raises(RestsOnIt, match=approved.id):
        committee.reverses()
    committee.voids(void)
    committee.reverses()
    assert committee.values("approved") == {A: "X"}


def test_reversing_the_void_of_a_seal_is_refused_once_the_revision_was_sealed_again(committee: Committee) -> None:
    committee.voids(committee.sealed(1, {A: "X"}), within=committee.imports())
    committee.seals(1)
    with pytest.raises(RestsOnIt, match="sealed again"):
        committee.reverses()


def test_a_batch_is_reversed_once_and_one_not_on_record_never(committee: Committee) -> None:
    imported_revision(committee)
    committee.reverses()
    with pytest.raises(MalformedInput):
        committee.reverses()
    with pytest.raises(MalformedInput):
        committee.reverses("other-files")
