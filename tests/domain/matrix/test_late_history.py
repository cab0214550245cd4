"""The weaker rules of late history: they reach a text that came late as a whole, and nothing recorded live."""

from typing import Any

import pytest

from domain.matrix import commands as c
from domain.matrix.approving import NotDecided
from domain.matrix.authority import NeedsSecondPerson
from domain.matrix.publishing import NoConsent
from domain.refusals import NotPermitted
from tests.committee import A, B, Committee, body

APPROVAL: dict[str, Any] = {"state": "KEN", "revision": 1, "decision": "of-old"}
PUBLICATION: dict[str, Any] = {"state": "KEN", "revision": 1}


def test_a_text_that_came_late_is_approved_and_published_without_decision_and_consent(committee: Committee) -> None:
    acts = committee.imports_revision()
    assert body(acts["approved"]).basis == (acts["sealed"].id,)
    published = committee.one(c.PublishMatrix, acts["batch"], known="2009-05-05", **PUBLICATION)
    assert body(published).basis == (acts["approved"].id,)


def test_a_text_recorded_live_is_approved_by_import_only_under_its_decision(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    with pytest.raises(NotDecided):
        committee.one(c.ApproveMatrix, committee.imports(), **APPROVAL)
    decided = APPROVAL | {"decision": committee.decides(1)}
    approved = committee.one(c.ApproveMatrix, committee.imports("again"), **decided)
    assert len(body(approved).basis) == 2


@pytest.mark.parametrize("live", ["opened", "cell", "sealed"])
def test_so_is_a_text_of_which_any_part_was_recorded_live(committee: Committee, live: str) -> None:
    batch = committee.imports()
    within = {name: None if name == live else batch for name in ("opened", "cell", "sealed")}
    committee.opens(1, within=within["opened"], known="2009-01-05")
    committee.assesses(1, {A: "X"}, within=within["cell"], known="2009-02-05")
    committee.seals(1, within=within["sealed"], known="2009-03-05")
    with pytest.raises(NotDecided):
        committee.one(c.ApproveMatrix, batch, **APPROVAL)


def test_so_is_a_text_that_came_late_and_carries_cells_recorded_live(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    batch = committee.imports()
    committee.opens(2, seeded_from=1, within=batch)
    committee.seals(2, within=batch)
    with pytest.raises(NotDecided):
        committee.one(c.ApproveMatrix, batch, state="KEN", revision=2, decision="of-old")


def test_a_text_or_approval_recorded_live_is_published_by_import_only_with_consent(committee: Committee) -> None:
    committee.imports_revision()
    committee.approves(1)
    later = committee.imports("later")
    with pytest.raises(NoConsent):
        committee.one(c.PublishMatrix, later, **PUBLICATION)
    committee.one(c.GiveConsent, later, state="KEN", scope="publish")
    committee.one(c.PublishMatrix, later, **PUBLICATION)


def test_what_came_late_and_was_approved_late_is_struck_and_repaired_by_import_alone(committee: Committee) -> None:
    acts = committee.imports_revision()
    later = committee.imports("later")
    corrected = committee.corrects(acts["cell"], {"value": "?"}, within=later)
    committee.voids(corrected, within=later)
    committee.assesses(1, {B: "?"}, within=later, known="2009-02-06", noticed="2010-01-01")
    committee.voids(acts["approved"], within=later)
    committee.voids(acts["sealed"], within=later)
    committee.voids(acts["opened"], within=later)
    assert committee.shows()["revision"] is None


def test_an_import_strikes_or_repairs_nothing_that_was_approved_live(committee: Committee) -> None:
    acts = committee.imports_revision()
    approved = committee.approves(1)
    later = committee.imports("later")
    for target in (acts["cell"], acts["approved"], approved):
        with pytest.raises(NeedsSecondPerson):
            committee.voids(target, within=later)
    with pytest.raises(NeedsSecondPerson):
        committee.corrects(acts["cell"], {"value": "?"}, within=later)
    with pytest.raises(NeedsSecondPerson):
        committee.assesses(1, {B: "?"}, within=later, known="2009-02-06", noticed="2010-01-01")


def test_an_import_does_not_undo_what_was_voided_live(committee: Committee) -> None:
    acts = committee.imports_revision()
    void = committee.voids_by_two(acts["cell"])
    with pytest.raises(NeedsSecondPerson):
        committee.voids(void, within=committee.imports("later"))


def test_an_authority_that_was_imported_is_a_claim_and_allows_nothing(committee: Committee) -> None:
    committee.opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    committee.seals(1)
    committee.approves(1)
    claimed = committee.allows(assessed, within=committee.imports())
    with pytest.raises(NeedsSecondPerson, match="claim"):
        committee.corrects(assessed, {"value": "?"}, causation=claimed)


def test_what_is_recorded_live_is_of_no_batch(committee: Committee) -> None:
    batch = committee.imports()
    with pytest.raises(NotPermitted, match="batch"):
        committee.opens(1, causation=batch.id)
