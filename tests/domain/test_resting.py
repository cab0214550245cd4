"""What rests on what: a fact is not taken back while another that stands rests on it."""

from typing import Any

import pytest

from domain.deadline import RecordStep
from domain.decision import Adopt, Propose, ProposedItem
from domain.mandate import Rule
from domain.mapping import MappingAdopted
from domain.matrix import commands as c
from domain.recorded import Recorded
from domain.refusals import NotFound
from domain.state import StateRegistered
from domain.template import TemplateAdopted
from domain.undermining import RestsOnIt, SourceDoesNotStand
from tests.committee import A, Committee
from tests.domain.foundations import (
    Holding,
    actor_by_role,
    adoption_by_dropping,
    adoption_by_step,
    adopts,
    document_by_cell,
    document_by_programme,
    document_by_reading,
    document_by_step,
    document_by_submission,
    document_by_translation,
    done,
    first,
    mandate_by_programme,
    mandated,
    mapping_by_seeding,
    programme_by_extension,
    programme_by_step,
    programme_by_transmission,
    proposal_by_adoption,
    proposal_by_circulation,
    registers,
    state_by_consent,
    state_by_name,
    state_by_no_change,
    state_by_revision,
    state_by_submission,
    submission_by_reading,
)


def held_by(committee: Committee, base: Recorded, resting: Recorded) -> None:
    """Check that `base` falls only after `resting`, and that `resting` does not stand again before `base`."""
    with pytest.raises(RestsOnIt, match=resting.id):
        committee.voids(base)
    void_of_resting = committee.voids(resting)
    void_of_base = committee.voids(base)
    with pytest.raises(SourceDoesNotStand):
        committee.voids(void_of_resting)
    committee.voids(void_of_base)
    committee.voids(void_of_resting)


@pytest.mark.parametrize(
    "holding",
    [
        state_by_revision,
        state_by_submission,
        state_by_no_change,
        state_by_consent,
        state_by_name,
        mapping_by_seeding,
        mandate_by_programme,
        programme_by_step,
        programme_by_extension,
        programme_by_transmission,
        document_by_cell,
        document_by_programme,
        document_by_submission,
        document_by_translation,
        document_by_reading,
        document_by_step,
        submission_by_reading,
        proposal_by_circulation,
        proposal_by_adoption,
        adoption_by_step,
        adoption_by_dropping,
        actor_by_role,
    ],
)
def test_a_fact_falls_only_after_what_rests_on_it(committee: Committee, holding: Holding) -> None:
    held_by(committee, *holding(committee))


def test_an_approval_holds_the_adoption_of_its_item_and_no_other(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    items = (ProposedItem(number=1, text="", rests_on=(committee.manifest(1),)), ProposedItem(number=2, text=""))
    committee.one(Propose, decision="d-1", title="", items=items)
    one, other = (committee.one(Adopt, decision="d-1", meeting="m", items=(number,)) for number in (1, 2))
    approved = committee.one(c.ApproveMatrix, state="KEN", revision=1, decision="d-1")
    with pytest.raises(RestsOnIt, match=approved.id):
        committee.voids(one)
    committee.voids(other)
    committee.voids_by_two(approved)
    committee.voids(one)


def test_what_never_was_on_record_holds_nothing_up(committee: Committee) -> None:
    approved = committee.imports_revision(decision="never-entered")["approved"]
    committee.voids_by_two(committee.voids_by_two(approved))
    assert committee.values("approved") == {A: "X"}


def test_a_programme_may_fall_while_another_names_the_same_duties(committee: Committee) -> None:
    registers(committee)
    eleventh = adopts(committee, 11, "WEB", "REVIEW")
    twelfth = adopts(committee, 12, "WEB")
    step = done(committee)
    committee.voids(twelfth)
    with pytest.raises(RestsOnIt, match=step.id):
        committee.voids(eleventh)


def test_a_resolution_may_fall_while_another_runs_when_the_programme_began(committee: Committee) -> None:
    registers(committee)
    by_mistake = mandated(committee, "1977-again", "2011-04-20", "2021-04-25")
    mandated(committee, "2325", "2016-12-15", None)
    right = mandated(committee, "1977", "2011-04-20", "2021-04-25")
    programme = adopts(committee)
    committee.voids(by_mistake)
    with pytest.raises(RestsOnIt, match=programme.id):
        committee.voids(right)
    with pytest.raises(RestsOnIt, match=programme.id):
        committee.corrects(right, {"valid_to": "2012-01-31"})


def test_a_resolution_without_an_end_changes_one_that_runs_and_bears_no_programme(committee: Committee) -> None:
    registers(committee)
    mandated(committee, "1977", "2011-04-20", "2021-04-25")
    changing = mandated(committee, "2055", "2011-06-29", None)
    adopts(committee)
    committee.voids(changing)


def test_a_resolution_without_an_end_holds_the_programme_begun_under_it_alone(committee: Committee) -> None:
    registers(committee)
    alone = mandated(committee, "1540", "2004-04-28", None)
    programme = adopts(committee)
    with pytest.raises(RestsOnIt, match=programme.id):
        committee.voids(alone)
    mandated(committee, "1977", "2011-04-20", "2021-04-25")
    committee.voids(alone)


def test_what_was_done_of_a_yearly_duty_holds_the_resolution_whose_rule_it_met(committee: Committee) -> None:
    rule = Rule(duty="REV", wording="before the end of December", paragraph="9", month=12, policy="end of month")
    mandated(committee, "1977", "2011-04-20", "2021-04-25", rules=(rule,))
    changing = mandated(committee, "2325", "2016-12-15", None, rules=(rule,))
    registers(committee)
    about: dict[str, Any] = {
        "deadline": "annual-review/2016",
        "duty": "REV-2016",
        "step": "adopted",
        "document": "report-1",
    }
    done_by_rule = committee.one(RecordStep, **about)
    with pytest.raises(RestsOnIt, match=done_by_rule.id):
        committee.voids(changing)
    with pytest.raises(RestsOnIt, match="the rule of REV by 2325"):
        committee.corrects(changing, {"rules": []})
    committee.voids(done_by_rule)
    committee.voids(changing)


def test_a_template_on_which_a_revision_was_ever_opened_is_not_voided(committee: Committee) -> None:
    template = first(committee, TemplateAdopted, template="T3")
    mapping = first(committee, MappingAdopted, to_template="T3")
    opened = committee.opens(1, "T3")
    committee.voids(mapping)
    for _ in range(2):
        with pytest.raises(RestsOnIt, match=opened.id):
            committee.voids(template)
        if committee.shows()["revision"] is not None:
            committee.voids(opened)


def test_a_template_without_revisions_falls_after_its_mappings(committee: Committee) -> None:
    template, mapping = (
        first(committee, TemplateAdopted, template="T3"),
        first(committee, MappingAdopted, to_template="T3"),
    )
    held_by(committee, template, mapping)


def test_no_matrix_is_opened_for_a_state_that_was_registered_in_error(committee: Committee) -> None:
    committee.voids(first(committee, StateRegistered, state="KEN"))
    with pytest.raises(NotFound, match="KEN"):
        committee.opens(1)


def test_what_stands_again_holds_its_ground_and_is_named_itself(committee: Committee) -> None:
    document, cited = document_by_cell(committee)
    committee.voids(committee.voids(cited))
    with pytest.raises(RestsOnIt, match=f"matrix.cell-assessed {cited.id}"):
        committee.voids(document)


def test_what_stands_again_holds_its_ground_even_where_that_was_recorded_anew_since(committee: Committee) -> None:
    document, cited = document_by_cell(committee)
    void = committee.voids(cited)
    committee.voids(document)
    anew = registers(committee)
    committee.voids(void)
    with pytest.raises(RestsOnIt, match=cited.id):
        committee.voids(anew)
