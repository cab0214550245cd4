"""Opening a revision: numbered, empty or seeded from a sealed one, its cells carried by the mapping."""

import msgspec
import pytest

from domain.canonical import sha256
from domain.deciding import KnownInTheFuture
from domain.matrix import commands as c
from domain.matrix.decide import RevisionTaken
from domain.matrix.documents import CarryOver
from domain.matrix.file import NotSealed, OutOfOrder
from domain.refusals import NotFound
from tests.committee import A, B, C, Committee, body
from tests.histories.made_up import cell


def test_a_revision_is_opened_with_the_next_number_and_nothing_in_it(committee: Committee) -> None:
    first = committee.one(c.OpenRevision, state="KEN", template="T1")
    second = committee.one(c.OpenRevision, state="KEN", template="T1")
    assert (body(first).revision, body(second).revision) == (1, 2)
    assert (body(first).seeded_from, body(first).carried) == (None, None)
    assert first.header.stream == "matrix/KEN"
    assert committee.values() == {}


def test_a_revision_number_is_never_used_again_even_after_a_void(committee: Committee) -> None:
    committee.voids(committee.opens(7))
    with pytest.raises(RevisionTaken):
        committee.opens(7)


def test_a_revision_of_a_state_or_template_not_on_record_is_refused(committee: Committee) -> None:
    with pytest.raises(NotFound, match="template"):
        committee.opens(1, "T9")
    committee.state = "XXX"
    with pytest.raises(NotFound, match="State"):
        committee.opens(1)


def test_a_revision_is_seeded_from_a_sealed_one_only(committee: Committee) -> None:
    committee.opens(1)
    with pytest.raises(NotSealed):
        committee.opens(2, seeded_from=1)
    with pytest.raises(NotFound):
        committee.opens(2, seeded_from=5)


def test_a_seeded_revision_is_not_opened_before_its_source_was_sealed(committee: Committee) -> None:
    committee.on("2012-05-01").sealed(1, {A: "X"})
    with pytest.raises(OutOfOrder):
        committee.on("2012-06-01").opens(2, seeded_from=1, known="2012-04-30")


def test_seeding_within_a_template_carries_every_cell_without_events(committee: Committee) -> None:
    committee.sealed(1, {A: "X", B: ""})
    before = committee.record.position
    opened = committee.opens(2, seeded_from=1)
    assert committee.record.position == before + 1
    assert committee.values() == {A: "X", B: ""}
    carried = committee.record.documents[body(opened).carried]
    document = msgspec.json.decode(carried, type=CarryOver)
    assert [row.cell for row in document.cells] == [cell("T1", item) for item in range(1, 7)]
    assert sha256(carried) == body(opened).carried
    assert {row.cell for row in document.cells if row.event_id} == {A, B}


def test_seeding_on_the_next_template_carries_by_the_mapping(committee: Committee) -> None:
    committee.sealed(1, {A: "?", B: "NA", C: "X", cell("T1", 4): "X", cell("T1", 5): "X", cell("T1", 6): "X"})
    opened = committee.opens(2, "T2", seeded_from=1)
    assert committee.values() == {
        cell("T2", 1): "?",
        cell("T2", 2): "NA",
        cell("T2", 3, "cw"): "X",
        cell("T2", 3, "bw"): "X",
        cell("T2", 4): "X",
    }
    document = msgspec.json.decode(committee.record.documents[body(opened).carried], type=CarryOver)
    merged = next(row for row in document.cells if row.cell == cell("T2", 4))
    assert merged.from_cells == (cell("T1", 4), cell("T1", 5)), "in the order of the source template"


def test_a_merged_row_whose_sources_disagree_shows_nothing(committee: Committee) -> None:
    committee.sealed(1, {cell("T1", 4): "X", cell("T1", 5): "?"})
    committee.opens(2, "T2", seeded_from=1)
    assert committee.values() == {}


def test_a_row_that_does_not_allow_the_carried_value_shows_nothing(committee: Committee) -> None:
    committee.sealed(1, {A: "NA"})
    committee.opens(2, "T2", seeded_from=1)
    assert committee.values() == {}


def test_seeding_without_a_mapping_on_record_is_refused(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    with pytest.raises(NotFound, match="mapping"):
        committee.opens(2, "T3", seeded_from=1)


def test_an_importer_dates_an_opening_as_it_was_but_not_in_the_future(committee: Committee) -> None:
    assert committee.opens(1, known="2009-03").header.known_at == "2009-04-01T03:59:59.999999Z"
    with pytest.raises(KnownInTheFuture):
        committee.opens(2, known="2013")
