"""Correcting and voiding what others rest on: what a correction may change, and what comes back."""

from typing import Any

import pytest

from domain.correcting import FixedMember
from domain.undermining import RestsOnIt, SourceDoesNotStand
from tests.committee import A, Committee
from tests.domain.foundations import (
    Holding,
    actor_by_role,
    adopts,
    body_of,
    document_by_cell,
    done,
    mandate_by_programme,
    mapping_by_seeding,
    programme_by_step,
    proposal_by_adoption,
    registers,
    submission_by_reading,
)
from tests.histories.made_up import source


def test_a_programme_is_not_corrected_so_that_a_duty_on_record_is_lost(committee: Committee) -> None:
    registers(committee)
    programme = adopts(committee, 11, "WEB", "REVIEW")
    step = done(committee)
    kept, lost = ([each for each in body_of(programme)["duties"] if each["duty"] != name] for name in ("REVIEW", "WEB"))
    with pytest.raises(RestsOnIt, match=step.id):
        committee.corrects(programme, {"duties": lost})
    committee.corrects(programme, {"duties": kept})


def test_a_correction_does_not_cite_what_was_recorded_in_error(committee: Committee) -> None:
    committee.voids(registers(committee))
    registers(committee, "report-2")
    committee.opens(1)
    (cell_event,) = committee.assesses(1, {A: "X"}, sources=(source("report-2"),))
    wrong, right = (body_of(cell_event)["sources"] for _ in range(2))
    wrong[0]["document_id"] = "report-1"
    with pytest.raises(SourceDoesNotStand, match="report-1"):
        committee.corrects(cell_event, {"sources": wrong})
    committee.corrects(cell_event, {"sources": right})


def test_a_corrected_citation_holds_the_document_that_it_names_and_no_longer_the_other(committee: Committee) -> None:
    one, other = registers(committee), registers(committee, "report-2")
    committee.opens(1)
    (cell_event,) = committee.assesses(1, {A: "X"}, sources=(source("report-1"),))
    sources = body_of(cell_event)["sources"]
    sources[0]["document_id"] = "report-2"
    corrected = committee.corrects(cell_event, {"sources": sources})
    committee.voids(one)
    with pytest.raises(RestsOnIt, match=corrected.id):
        committee.voids(other)
    with pytest.raises(SourceDoesNotStand):
        committee.voids(corrected)


def test_cells_of_a_revision_opened_in_error_hold_no_document_and_stand_again_only_with_it(
    committee: Committee,
) -> None:
    document = registers(committee)
    opened = committee.opens(1)
    committee.assesses(1, {A: "X"}, sources=(source(),))
    void_of_opening = committee.voids(opened)
    void_of_document = committee.voids(document)
    with pytest.raises(SourceDoesNotStand, match="report-1"):
        committee.voids(void_of_opening)
    committee.voids(void_of_document)
    committee.voids(void_of_opening)
    assert committee.values() == {A: "X"}


@pytest.mark.parametrize(
    ("holding", "changes"),
    [
        (document_by_cell, {"document": "report-9"}),
        (submission_by_reading, {"submission": "sub-9"}),
        (programme_by_step, {"programme": 12}),
        (mapping_by_seeding, {"to_template": "T3"}),
        (mandate_by_programme, {"mandate": "2325"}),
        (proposal_by_adoption, {"decision": "d-9"}),
        (actor_by_role, {"actor": "expert-9"}),
    ],
)
def test_what_a_fact_is_about_is_not_corrected(committee: Committee, holding: Holding, changes: dict[str, Any]) -> None:
    base, _ = holding(committee)
    with pytest.raises(FixedMember):
        committee.corrects(base, changes)
