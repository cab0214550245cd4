"""Reversing a batch: a fact and what rests on it fall together, but not what others rest on."""

import pytest

from domain.refusals import NotFound
from domain.state import RegisterState
from domain.undermining import RestsOnIt, SourceDoesNotStand
from tests.committee import A, Committee
from tests.domain.foundations import document_by_cell, receives, registers
from tests.histories.made_up import source


def imports_a_state(committee: Committee) -> None:
    """Import a State with a document, a submission and a matrix that cites it."""
    batch = committee.imports()
    names = {"iso2": "XX", "m49": "000", "name": "X", "name_fr": "X", "regional_group": ""}
    committee.one(RegisterState, within=batch, state="XXX", admitted=1945, **names)
    registers(committee, within=batch)
    receives(committee, within=batch, state="XXX", documents=("report-1",))
    committee.state = "XXX"
    committee.opens(1, within=batch)
    committee.assesses(1, {A: "X"}, within=batch, sources=(source(),))


def test_a_batch_is_reversed_with_a_fact_and_what_rests_on_it_together(committee: Committee) -> None:
    imports_a_state(committee)
    committee.reverses()
    with pytest.raises(NotFound):
        committee.opens(2)


def test_a_batch_is_not_reversed_while_something_else_rests_on_a_fact_of_it(committee: Committee) -> None:
    imports_a_state(committee)
    submission = receives(committee, "sub-2", state="XXX")
    with pytest.raises(RestsOnIt, match=submission.id):
        committee.reverses()
    committee.voids(submission)
    committee.state = "KEN"
    committee.opens(1)
    (cited,) = committee.assesses(1, {A: "X"}, sources=(source(),))
    with pytest.raises(RestsOnIt, match=cited.id):
        committee.reverses()
    committee.voids(cited)
    committee.reverses()


def test_the_void_of_a_citation_is_not_reversed_once_its_document_fell(committee: Committee) -> None:
    document, cited = document_by_cell(committee)
    committee.voids(cited, within=committee.imports())
    void = committee.voids(document)
    with pytest.raises(SourceDoesNotStand, match="report-1"):
        committee.reverses()
    committee.voids(void)
    committee.reverses()
    assert committee.values() == {A: "X"}
