"""Late facts and repairs: what enters a sealed revision, and what it leaves as it was."""

import pytest

from domain.matrix.assessing import NotTheLastRevision
from domain.matrix.file import OutOfOrder
from tests.committee import NOON, A, B, C, Committee


def test_a_late_fact_enters_a_sealed_revision_by_import_and_leaves_its_manifest(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    committee.on("2012-04-01").approves(1)
    batch = committee.on("2012-06-01").imports()
    (late,) = committee.assesses(1, {A: "?"}, within=batch, known="2012-05-02")
    assert committee.values("approved") == {A: "X"}
    assert committee.values("working") == {A: "?"}
    assert committee.shows("approved")["cells"][0]["later_fact"] == late.id
    assert committee.shows("working")["cells"][0]["later_fact"] is None
    assert committee.shows("approved", as_of="2012-05-01" + NOON)["cells"][0]["later_fact"] is None


def test_a_late_fact_is_not_read_through_a_seeding_but_said_beside_the_cell(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    batch = committee.on("2012-04-01").imports()
    (late,) = committee.assesses(1, {A: "?"}, within=batch)
    committee.on("2012-05-01").opens(2, seeded_from=1)
    assert committee.values() == {A: "X"}
    assert committee.shows()["cells"][0]["later_fact"] == late.id


def test_a_late_fact_belongs_to_the_revision_last_opened_when_it_became_known(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    committee.on("2012-05-01").sealed(2, {A: "?"})
    batch = committee.on("2012-06-01").imports()
    with pytest.raises(NotTheLastRevision):
        committee.assesses(1, {B: "X"}, within=batch, known="2012-05-20")
    with pytest.raises(NotTheLastRevision):
        committee.assesses(1, {B: "X"}, within=batch)
    assert committee.assesses(1, {B: "X"}, within=batch, known="2012-04-20")
    assert committee.assesses(2, {C: "X"}, within=batch, known="2012-05-20")


def test_once_the_last_revision_is_withdrawn_late_facts_enter_the_one_before(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    committee.on("2012-05-01").sealed(2, {A: "?"})
    committee.on("2012-06-01").withdraws(2)
    batch = committee.on("2012-07-01").imports()
    with pytest.raises(NotTheLastRevision):
        committee.assesses(2, {B: "X"}, within=batch, known="2012-06-20")
    assert committee.assesses(1, {B: "X"}, within=batch, known="2012-06-20")


def test_a_late_fact_may_be_older_than_the_seal(committee: Committee) -> None:
    committee.on("2012-03-01").opens(1)
    committee.on("2012-05-01").seals(1)
    batch = committee.on("2012-06-01").imports()
    (late,) = committee.assesses(1, {A: "X"}, within=batch, known="2012-04-01")
    assert committee.values(as_of="2012-04-20" + NOON) == {A: "X"}
    committee.on("2012-07-01").opens(2, seeded_from=1)
    assert committee.values() == {}
    assert committee.shows()["cells"][0]["later_fact"] == late.id


def test_a_repair_enters_a_sealed_revision_and_is_no_late_fact(committee: Committee) -> None:
    committee.on("2012-03-01").opens(1)
    committee.on("2012-05-01").seals(1)
    committee.on("2012-06-01").assesses(1, {A: "X"}, known="2012-04-01", noticed="2012-06-01")
    committee.on("2012-07-01").opens(2, seeded_from=1)
    assert committee.values() == {A: "X"}
    assert committee.values(as_of="2012-05-20" + NOON) == {A: "X"}
    assert committee.values(as_of="2012-05-20" + NOON, reading="stood") == {}


def test_a_repair_of_imprecise_date_stands_at_the_seal_and_a_later_one_is_refused(committee: Committee) -> None:
    committee.on("2012-03-01").opens(1)
    sealed = committee.on("2012-05-10").seals(1)
    committee.on("2012-06-02")
    (repair,) = committee.assesses(1, {A: "X"}, known="2012-05", noticed="2012-06-01")
    assert repair.header.known_at == sealed.header.known_at
    assert repair.header.known_precision == "month"
    with pytest.raises(OutOfOrder):
        committee.assesses(1, {A: "X"}, known="2012-05-20", noticed="2012-06-01")


def test_a_later_fact_is_the_last_in_order_of_all_on_the_way_that_is_read(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    old_files = committee.on("2012-04-01").imports("old-files")
    (of_source,) = committee.assesses(1, {A: "?"}, within=old_files)
    committee.on("2012-05-01").opens(2, seeded_from=1)
    committee.on("2012-06-01").seals(2)
    committee.approves(2)
    new_files = committee.on("2012-07-01").imports("new-files")
    (of_own,) = committee.assesses(2, {A: "NA"}, within=new_files)
    assert committee.shows("approved")["cells"][0]["later_fact"] == of_own.id
    moved = committee.on("2012-09-01").corrects(of_source, known="2012-08-01")
    assert committee.shows("approved")["cells"][0]["later_fact"] == moved.id
    assert committee.shows("working")["cells"][0]["later_fact"] == moved.id
