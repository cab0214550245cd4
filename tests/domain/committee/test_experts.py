"""The group of experts: given those who serve, when one is appointed or leaves, then an event or a refusal."""

from typing import Any

import pytest

from domain.actor import RegisterActor
from domain.committee.experts import (
    AlreadyAppointed,
    AppointExpert,
    ExpertAppointed,
    ReleaseExpert,
    TooManyExperts,
    experts,
)
from domain.recorded import Recorded
from domain.refusals import NotFound
from domain.undermining import RestsOnIt
from tests.committee import Committee


@pytest.fixture
def committee() -> Committee:
    """On 2 January 2012 ten persons are registered."""
    committee = Committee()
    for number in range(1, 11):
        committee.one(RegisterActor, name=f"expert-{number}")
    return committee


def appoint(committee: Committee, number: int, first: str = "2012-01-01", **members: Any) -> Recorded:
    said: dict[str, Any] = {"region": "Africa", "valid_from": first, "valid_to": "2013-12-31"}
    return committee.one(AppointExpert, expert=f"expert-{number}", **said | members)


def release(committee: Committee, number: int, last: str) -> Recorded:
    return committee.one(ReleaseExpert, expert=f"expert-{number}", valid_to=last, reason="end of contract")


def test_an_expert_is_appointed_by_id_from_a_region(committee: Committee) -> None:
    event = appoint(committee, 1)
    assert event.body == ExpertAppointed(
        expert="expert-1", region="Africa", valid_from="2012-01-01", valid_to="2013-12-31"
    )
    assert event.header.audience == ("committee", "expert", "secretariat")


def test_up_to_eight_experts_serve_and_from_29_june_2012_nine(committee: Committee) -> None:
    for number in range(1, 9):
        appoint(committee, number)
    with pytest.raises(TooManyExperts, match=r"resolution 1977 .* allows 8"):
        appoint(committee, 9)
    appoint(committee, 9, "2012-06-29")
    with pytest.raises(TooManyExperts, match=r"resolution 2055 .* allows 9"):
        appoint(committee, 10, "2012-07-01")


def test_who_leaves_makes_room(committee: Committee) -> None:
    for number in range(1, 9):
        appoint(committee, number)
    release(committee, 3, "2012-01-31")
    appoint(committee, 9, "2012-02-01")
    found = experts(committee.record.history("committee/experts").standing())
    assert {each.expert: each.valid_to for each in found}["expert-3"] == "2012-01-31"


def test_an_expert_is_appointed_once_at_a_time(committee: Committee) -> None:
    appoint(committee, 1)
    with pytest.raises(AlreadyAppointed):
        appoint(committee, 1, "2013-12-31")
    appoint(committee, 1, "2014-01-01", valid_to=None)


def test_an_expert_is_a_registered_actor_who_leaves_only_what_they_have(committee: Committee) -> None:
    with pytest.raises(NotFound, match="actor expert-11 is not registered"):
        appoint(committee, 11)
    with pytest.raises(NotFound, match="expert-1 is no expert on 2012-05-01"):
        release(committee, 1, "2012-05-01")


def test_an_actor_stays_on_record_while_an_appointment_stands(committee: Committee) -> None:
    (registered,) = committee.record.history("actor/expert-1").standing()
    appoint(committee, 1)
    with pytest.raises(RestsOnIt, match="rests on actor expert-1"):
        committee.voids(registered)
