"""Action plans: given what a State submitted, when a version is recorded, then it is there beside the earlier ones."""

from typing import Any

import pytest

from domain.practice.plans import NoPlan, PlanBrought, RecordPlan
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.foundations import receives


def plans(committee: Committee, version: int = 1, **members: Any) -> Recorded:
    said: dict[str, Any] = {"plan": "ken-plan", "state": "KEN", "submission": "sub-1"}
    return committee.one(RecordPlan, version=version, **said | members)


def test_a_plan_comes_by_a_submission_and_is_revised_by_another(committee: Committee) -> None:
    receives(committee, kind="action-plan")
    received = receives(committee, "sub-2", kind="action-plan")
    first = plans(committee, valid_from="2012-01-01", valid_to="2014-12-31")
    assert first.body == PlanBrought(
        plan="ken-plan",
        state="KEN",
        version=1,
        submission="sub-1",
        valid_from="2012-01-01",
        valid_to="2014-12-31",
        note="",
    )
    assert first.header.audience == ("committee", "expert", "secretariat", "state:KEN")
    revised = plans(committee, 2, submission="sub-2")
    with pytest.raises(RestsOnIt, match=revised.id):
        committee.voids(received)


def test_a_version_is_recorded_once_of_one_states_plan(committee: Committee) -> None:
    committee.registers("FRA")
    receives(committee, kind="action-plan")
    receives(committee, "of-france", state="FRA", kind="action-plan")
    plans(committee)
    with pytest.raises(Conflict, match="version 1"):
        plans(committee)
    with pytest.raises(Conflict, match="is of KEN"):
        plans(committee, 2, state="FRA", submission="of-france")


def test_what_brought_no_plan_of_that_state_brings_none(committee: Committee) -> None:
    committee.registers("FRA")
    receives(committee)
    with pytest.raises(NoPlan, match="of kind other"):
        plans(committee)
    receives(committee, "of-france", state="FRA", kind="action-plan")
    with pytest.raises(NoPlan, match="of FRA"):
        plans(committee, submission="of-france")
    with pytest.raises(NotFound):
        plans(committee, submission="never")


def test_the_days_of_a_plan_are_in_order_also_when_put_right(committee: Committee) -> None:
    receives(committee, kind="action-plan")
    with pytest.raises(MalformedInput):
        plans(committee, valid_from="2014-01-01", valid_to="2012-01-01")
    plan = plans(committee, valid_from="2012-01-01")
    with pytest.raises(MalformedInput):
        committee.corrects(plan, {"valid_to": "2011-01-01"})
