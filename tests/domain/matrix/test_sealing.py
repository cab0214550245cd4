"""Sealing: a manifest of every cell, fixed once."""

import msgspec
import pytest

from domain.canonical import sha256
from domain.header import encode_header, leaf_hash
from domain.matrix.assessing import RevisionSealed
from domain.matrix.documents import Manifest
from domain.matrix.file import OutOfOrder
from domain.matrix.replacing import NeverReplaced
from tests.committee import A, B, Committee, body
from tests.histories.made_up import cell


def test_a_seal_fixes_a_manifest_of_every_cell_in_order_with_leaves(committee: Committee) -> None:
    committee.opens(1)
    (assessed,) = committee.assesses(1, {B: "X"})
    sealed = committee.seals(1)
    data = committee.record.documents[body(sealed).manifest]
    manifest = msgspec.json.decode(data, type=Manifest)
    assert [row.cell for row in manifest.cells] == [cell("T1", item) for item in range(1, 7)]
    assert manifest.cells[1].event_id == assessed.id
    assert manifest.cells[1].leaf == leaf_hash(encode_header(assessed.header)).hex()
    assert manifest.cells[0].event_id is None
    assert sha256(data) == body(sealed).manifest


def test_a_seal_is_not_known_before_its_cells_struck_ones_included(committee: Committee) -> None:
    committee.on("2012-03-01").opens(1)
    (assessed,) = committee.on("2012-05-01").assesses(1, {A: "X"})
    committee.on("2012-06-01").voids(assessed)
    with pytest.raises(OutOfOrder):
        committee.seals(1, known="2012-04-01")
    sealed = committee.seals(1, known="2012-05-02")
    assert sealed.header.known_at < "2012-06", "a void is known when what it strikes was"


def test_a_revision_is_sealed_once(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    with pytest.raises(RevisionSealed):
        committee.seals(1)


def test_a_manifest_holds_what_was_believed_at_the_known_date_of_the_seal(committee: Committee) -> None:
    committee.on("2012-03-01").opens(1)
    (assessed,) = committee.on("2012-03-02").assesses(1, {A: "X"})
    corrected = committee.on("2012-05-01").corrects(assessed, {"value": "?"})
    sealed = committee.on("2012-06-01").seals(1, known="2012-04-01")
    manifest = msgspec.json.decode(committee.record.documents[body(sealed).manifest], type=Manifest)
    assert manifest.cells[0].event_id == assessed.id
    committee.approves(1)
    assert committee.values("approved") == {A: "X"}
    assert committee.shows("approved")["cells"][0]["corrected_by"] == corrected.id


def test_a_seal_is_never_replaced_but_voided_and_sealed_again(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    with pytest.raises(NeverReplaced):
        committee.corrects(sealed, known="2012-01-01")
    committee.voids(sealed)
    committee.assesses(1, {B: "X"})
    committee.seals(1)
    assert committee.values() == {A: "X", B: "X"}
