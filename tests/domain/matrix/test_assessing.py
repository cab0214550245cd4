"""Assessing cells: one event for each, on what its author saw, in a revision that is open."""

import pytest

from domain.matrix import commands as c
from domain.matrix.assessing import CellNamedTwice, NothingToDo, RevisionGivenUp, RevisionSealed
from domain.matrix.file import OutOfOrder, UnknownCell, ValueNotAllowed
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from tests.committee import NOON, A, B, Committee, body
from tests.histories.made_up import cell, source


def test_assessing_gives_one_event_for_each_cell_with_its_sources(committee: Committee) -> None:
    committee.opens(1)
    first, second = committee.assesses(1, {A: "X", B: "?"}, sources=(source("paper-1"),))
    assert (first.header.subject, second.header.subject) == (A, B)
    assert first.header.stream == "matrix/KEN/1"
    assert body(first).sources == (source("paper-1"),)
    assert first.header.command_id == second.header.command_id
    assert committee.values() == {A: "X", B: "?"}


def test_a_cell_cites_only_documents_that_are_on_record(committee: Committee) -> None:
    committee.opens(1)
    for members in ({}, {"within": committee.imports()}):
        with pytest.raises(NotFound, match="document never is not on record") as refused:
            committee.assesses(1, {A: "X"}, sources=(source("paper-1"), source("never")), **members)
        assert refused.value.where == "sources[1].document_id"
    cited = c.AssessedCell(cell=B, value="X", sources=(source("never"),))
    with pytest.raises(NotFound) as refused:
        committee.give(c.AssessCells, state="KEN", revision=1, cells=(c.AssessedCell(cell=A, value="X"), cited))
    assert refused.value.where == "cells[1].sources[0].document_id"
    assert committee.values() == {}


def test_a_cell_set_to_blank_is_not_a_cell_where_nothing_stands(committee: Committee) -> None:
    committee.opens(1)
    committee.assesses(1, {A: ""})
    assert committee.values() == {A: ""}


def test_an_assessment_names_the_event_that_its_author_saw_carried_or_own(committee: Committee) -> None:
    committee.opens(1)
    (seen,) = committee.assesses(1, {A: "X"})
    committee.seals(1)
    committee.opens(2, seeded_from=1)
    (again,) = committee.assesses(2, {A: "?"})
    (once_more,) = committee.assesses(2, {A: "X"})
    assert (body(seen).replaces, body(again).replaces) == (None, seen.id)
    assert body(once_more).replaces == again.id


def test_who_saw_another_event_than_stands_is_told_to_look_again(committee: Committee) -> None:
    committee.opens(1)
    (seen,) = committee.assesses(1, {A: "X"})
    committee.seals(1)
    committee.opens(2, seeded_from=1)
    corrected = committee.corrects(seen, {"value": "?"})

    def replacing(event: Recorded) -> c.AssessedCell:
        return c.AssessedCell(cell=A, value="NA", replaces=event.id)

    with pytest.raises(Conflict):
        committee.give(c.AssessCells, state="KEN", revision=2, cells=(replacing(seen),))
    (assessed,) = committee.give(c.AssessCells, state="KEN", revision=2, cells=(replacing(corrected),))
    assert body(assessed).replaces == corrected.id


def test_a_value_or_cell_that_the_template_does_not_have_is_refused_with_its_place(committee: Committee) -> None:
    committee.opens(1, "T2")
    with pytest.raises(ValueNotAllowed) as refused:
        committee.assesses(1, {cell("T2", 2): "X", cell("T2", 1): "NA"})
    assert refused.value.where == "cells[1].value"
    with pytest.raises(UnknownCell):
        committee.assesses(1, {A: "X"})
    assert committee.values() == {}


def test_no_cell_and_a_cell_named_twice_are_refused(committee: Committee) -> None:
    committee.opens(1)
    with pytest.raises(NothingToDo):
        committee.assesses(1, {})
    twice = (c.AssessedCell(cell=A, value="X"), c.AssessedCell(cell=A, value="?"))
    with pytest.raises(CellNamedTwice):
        committee.give(c.AssessCells, state="KEN", revision=1, cells=twice)


def test_a_cell_is_not_known_before_its_revision_was_opened(committee: Committee) -> None:
    committee.on("2012-05-01").opens(1)
    with pytest.raises(OutOfOrder):
        committee.assesses(1, {A: "X"}, known="2012-04")


def test_a_sealed_revision_refuses_new_cells(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    with pytest.raises(RevisionSealed):
        committee.assesses(1, {B: "X"})


def test_a_withdrawn_revision_refuses_new_cells_but_an_import_of_what_was_known_before(committee: Committee) -> None:
    committee.on("2012-03-01").opens(1)
    committee.on("2012-04-01").withdraws(1)
    with pytest.raises(RevisionGivenUp):
        committee.assesses(1, {A: "X"})
    batch = committee.on("2012-05-01").imports()
    committee.assesses(1, {A: "X"}, within=batch, known="2012-03-10")
    with pytest.raises(RevisionGivenUp):
        committee.assesses(1, {B: "X"}, within=batch, known="2012-04-10")
    assert committee.values(as_of="2012-03-20" + NOON) == {A: "X"}


def test_a_law_is_in_force_from_a_day_until_that_day_or_later(committee: Committee) -> None:
    committee.opens(1)
    for until, taken in (("2004-12-31", False), ("2005-01-01", True)):
        of_the_law = c.AssessedCell(cell=B, value="X", in_force_from="2005-01-01", in_force_to=until)
        cells = (c.AssessedCell(cell=A, value="X"), of_the_law)
        if taken:
            committee.give(c.AssessCells, state="KEN", revision=1, cells=cells)
        else:
            with pytest.raises(MalformedInput, match="the period ends before it begins") as refused:
                committee.give(c.AssessCells, state="KEN", revision=1, cells=cells)
            assert refused.value.where == "cells[1].in_force_to"
