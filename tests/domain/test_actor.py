"""Actors: given who holds which role, when it is granted, passed on or taken back, then who holds it on which day."""

from typing import Any

import pytest

from domain import actor
from domain.actor import (
    ActorRegistered,
    DelegateRole,
    GrantRole,
    RegisterActor,
    RoleDelegated,
    RoleGranted,
    RoleWithdrawn,
    WithdrawRole,
)
from domain.audiences import SECRETARIAT
from domain.deciding import Command
from domain.decision import Adopt, Propose, ProposedItem
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound, NotPermitted
from domain.state import RenameState
from tests.committee import Committee
from tests.memory_record import MemoryRecord


def founded() -> MemoryRecord:
    record = MemoryRecord()
    record.submit(RegisterActor(id="a", actor="sec", name="sec"))
    record.submit(GrantRole(id="b", actor="sec", to="sec", granted_role="secretariat"))
    return record


def test_the_last_of_the_secretariat_keeps_the_role_until_another_has_it() -> None:
    record = founded()
    with pytest.raises(Conflict):
        record.submit(WithdrawRole(id="c", actor="sec", of="sec", withdrawn_role="secretariat", reason="leaves"))
    record.submit(RegisterActor(id="d", actor="sec", name="sec2"))
    record.submit(GrantRole(id="e", actor="sec", to="sec2", granted_role="secretariat"))
    record.submit(WithdrawRole(id="f", actor="sec", of="sec", withdrawn_role="secretariat", reason="leaves"))
    with pytest.raises(NotPermitted):
        record.submit(RegisterActor(id="g", actor="sec", name="expert"))


def test_a_person_has_not_seen_what_is_not_on_record_yet() -> None:
    committee = Committee()
    with pytest.raises(MalformedInput):
        committee.give(RenameState, state="KEN", name="Kenya", name_fr="Kenya", seen_position=10_000)


@pytest.fixture
def committee() -> Committee:
    """Return the Committee on 2 January 2012, a vice-chair and another expert registered without a role."""
    committee = Committee()
    for name in ("vice-chair", "expert", "kenya"):
        committee.one(RegisterActor, name=name)
    return committee


def grants(committee: Committee, to: str, role: str, scope: str = "", **period: Any) -> Recorded:
    return committee.one(GrantRole, to=to, granted_role=role, scope=scope, **period)


def delegates(committee: Committee, by: str, role: str, to: str = "vice-chair", **members: Any) -> Recorded:
    return committee.one(DelegateRole, actor=by, to=to, delegated_role=role, **members)


def held(committee: Committee, name: str, day: str) -> set[str]:
    """Return the roles that an actor holds on a day, by what stands now."""
    standing = committee.record.history(actor.stream(name)).standing()
    return {f"{role} {scope}".strip() for role, scope in actor.roles(standing, day)}


# Registering and granting


def test_an_actor_is_registered_once_under_an_opaque_id(committee: Committee) -> None:
    event = committee.one(RegisterActor, name="office-1", kind="office")
    assert event.body == ActorRegistered(actor="office-1", kind="office")
    assert (event.header.stream, event.header.audience) == ("actor/office-1", SECRETARIAT)
    with pytest.raises(Conflict, match="office-1"):
        committee.one(RegisterActor, name="office-1")


def test_the_id_of_an_actor_registered_in_error_is_not_given_to_another(committee: Committee) -> None:
    committee.voids(committee.one(RegisterActor, name="office-1"))
    with pytest.raises(Conflict):
        committee.one(RegisterActor, name="office-1")
    with pytest.raises(NotFound):
        grants(committee, "office-1", "member")


def test_a_role_is_granted_for_a_period_and_held_from_its_first_to_its_last_day(committee: Committee) -> None:
    event = grants(committee, "vice-chair", "member", valid_from="2012-02-01", valid_to="2013-12-31")
    assert event.body == RoleGranted(
        actor="vice-chair", role="member", scope="", valid_from="2012-02-01", valid_to="2013-12-31", granted_by="sec"
    )
    days = ("2012-01-31", "2012-02-01", "2013-12-31", "2014-01-01")
    assert [held(committee, "vice-chair", day) for day in days] == [set(), {"member"}, {"member"}, set()]


def test_a_state_acts_through_who_holds_the_role_state_for_it(committee: Committee) -> None:
    grants(committee, "kenya", "state", "KEN")
    assert held(committee, "kenya", "2012-01-02") == {"state KEN"}


REFUSED_ROLES = [
    ("emperor", "", MalformedInput, "role"),
    ("state", "", MalformedInput, "scope"),
    ("member", "KEN", MalformedInput, "scope"),
    ("state", "TCD", NotFound, "scope"),
]


@pytest.mark.parametrize(("role", "scope", "refusal", "where"), REFUSED_ROLES)
def test_a_role_is_one_of_seven_and_that_of_a_state_names_one_on_record(
    committee: Committee, role: str, scope: str, refusal: type[MalformedInput | NotFound], where: str
) -> None:
    with pytest.raises(refusal) as refused:
        grants(committee, "vice-chair", role, scope)
    assert refused.value.where == where
    with pytest.raises(refusal) as refused:
        delegates(committee, "chair", role, scope=scope)
    assert refused.value.where == where


def test_a_period_does_not_end_before_it_begins(committee: Committee) -> None:
    period: dict[str, Any] = {"valid_from": "2012-06-01", "valid_to": "2012-05-31"}
    with pytest.raises(MalformedInput) as refused:
        grants(committee, "vice-chair", "member", **period)
    assert refused.value.where == "valid_to"
    with pytest.raises(MalformedInput) as refused:
        delegates(committee, "chair", "chair", **period)
    assert refused.value.where == "valid_to"


def test_who_is_not_registered_is_granted_and_delegated_nothing(committee: Committee) -> None:
    with pytest.raises(NotFound, match="nobody"):
        grants(committee, "nobody", "member")
    with pytest.raises(NotFound, match="nobody"):
        delegates(committee, "chair", "chair", to="nobody")


# Delegating


def test_a_chair_passes_the_chair_on_for_a_week_and_keeps_it(committee: Committee) -> None:
    event = delegates(committee, "chair", "chair", valid_from="2012-03-05", valid_to="2012-03-09")
    assert event.body == RoleDelegated(
        actor="vice-chair",
        role="chair",
        scope="",
        valid_from="2012-03-05",
        valid_to="2012-03-09",
        delegated_by="chair",
    )
    assert (event.header.stream, event.header.audience, event.header.role) == (
        "actor/vice-chair",
        SECRETARIAT,
        "chair",
    )
    days = ("2012-03-04", "2012-03-05", "2012-03-09", "2012-03-10")
    assert [held(committee, "vice-chair", day) for day in days] == [set(), {"chair"}, {"chair"}, set()]
    assert all(held(committee, "chair", day) == {"chair"} for day in days)


def test_an_acting_chair_adopts_while_the_delegation_lasts_and_not_after(committee: Committee) -> None:
    delegates(committee, "chair", "chair", valid_to="2012-03-09")
    for decision in ("2012-1", "2012-2"):
        item = ProposedItem(number=1, text="a text", rests_on=())
        committee.one(Propose, decision=decision, title="", items=(item,))
    adopted = committee.on("2012-03-09").one(Adopt, decision="2012-1", meeting="m", actor="vice-chair")
    assert (adopted.header.actor, adopted.header.role) == ("vice-chair", "chair")
    with pytest.raises(NotPermitted):
        committee.on("2012-03-10").one(Adopt, decision="2012-2", meeting="m", actor="vice-chair")


def test_who_holds_no_role_delegates_none(committee: Committee) -> None:
    with pytest.raises(NotPermitted):
        delegates(committee, "expert", "chair")


def test_a_role_that_one_does_not_hold_is_not_passed_on_not_even_by_the_secretariat(committee: Committee) -> None:
    grants(committee, "expert", "expert")
    for by, role in (("expert", "chair"), ("sec", "chair"), ("chair", "secretariat")):
        with pytest.raises(Conflict, match=f"{by} does not hold the role {role}"):
            delegates(committee, by, role)
    assert held(committee, "vice-chair", "2012-01-02") == set()


def test_a_state_passes_on_its_own_file_and_no_others(committee: Committee) -> None:
    grants(committee, "kenya", "state", "KEN")
    delegates(committee, "kenya", "state", scope="KEN")
    assert held(committee, "vice-chair", "2012-01-02") == {"state KEN"}
    with pytest.raises(Conflict):
        delegates(committee, "kenya", "state", scope="FRA")


@pytest.fixture
def until_2013(committee: Committee) -> Committee:
    """Return the Committee with an expert whose term runs from 1 January 2012 to 31 December 2013."""
    grants(committee, "expert", "expert", valid_from="2012-01-01", valid_to="2013-12-31")
    return committee


@pytest.mark.parametrize(
    "period",
    [
        {"valid_to": "2013-12-31"},
        {"valid_from": "2012-01-01", "valid_to": "2012-06-30"},
        {"valid_from": "2013-12-31", "valid_to": "2013-12-31"},
    ],
)
def test_a_role_is_passed_on_within_ones_own_term(until_2013: Committee, period: dict[str, str]) -> None:
    delegates(until_2013, "expert", "expert", **period)
    assert held(until_2013, "vice-chair", period["valid_to"]) == {"expert"}


@pytest.mark.parametrize(
    "period",
    [
        {},
        {"valid_to": "2014-01-01"},
        {"valid_from": "2011-12-31", "valid_to": "2012-06-30"},
        {"valid_from": "2013-06-01"},
        {"valid_from": "2014-01-01", "valid_to": "2014-06-30"},
    ],
)
def test_a_role_is_not_passed_on_beyond_ones_own_term(until_2013: Committee, period: dict[str, str]) -> None:
    with pytest.raises(Conflict, match="does not hold the role expert"):
        delegates(until_2013, "expert", "expert", **period)
    assert held(until_2013, "vice-chair", "2012-06-01") == set()


def test_between_two_terms_nobody_acts_for_who_does_not_hold_the_role(until_2013: Committee) -> None:
    grants(until_2013, "expert", "expert", valid_from="2015-01-01")
    with pytest.raises(Conflict):
        delegates(until_2013, "expert", "expert", valid_to="2015-06-30")


def test_what_was_delegated_is_passed_on_only_as_long_as_it_lasts(committee: Committee) -> None:
    delegates(committee, "chair", "chair", valid_to="2012-03-09")
    with pytest.raises(Conflict):
        delegates(committee, "vice-chair", "chair", to="expert")
    delegates(committee, "vice-chair", "chair", to="expert", valid_to="2012-03-09")
    assert held(committee, "expert", "2012-03-09") == {"chair"}


def test_a_term_that_has_not_begun_or_is_over_passes_nothing_on(until_2013: Committee) -> None:
    grants(until_2013, "vice-chair", "member", valid_from="2012-02-01")
    with pytest.raises(NotPermitted):
        delegates(until_2013, "vice-chair", "member", to="kenya")
    until_2013.on("2014-01-02")
    with pytest.raises(NotPermitted):
        delegates(until_2013, "expert", "expert", to="kenya", valid_to="2013-12-31")


def test_who_will_be_in_the_chair_passes_it_on_only_once_in_it(committee: Committee) -> None:
    grants(committee, "expert", "member")
    grants(committee, "expert", "chair", valid_from="2012-02-01")
    with pytest.raises(Conflict):
        delegates(committee, "expert", "chair", valid_from="2012-02-01")
    delegates(committee.on("2012-02-01"), "expert", "chair", valid_from="2012-02-01")
    assert held(committee, "vice-chair", "2012-02-01") == {"chair"}


def test_a_delegation_of_the_past_enters_late_by_the_day_on_which_it_was_known(until_2013: Committee) -> None:
    batch = until_2013.on("2020-01-02").imports()
    period = {"valid_from": "2013-07-01", "valid_to": "2013-09-30"}
    delegates(until_2013, "expert", "expert", within=batch, known="2013-06-28", **period)
    assert held(until_2013, "vice-chair", "2013-07-01") == {"expert"}
    with pytest.raises(Conflict):
        delegates(until_2013, "expert", "expert", within=batch, known="2014-06-28", **period)


# Taking back


def test_a_delegated_role_is_taken_back_as_a_granted_one_is(committee: Committee) -> None:
    delegates(committee, "chair", "chair")
    event = committee.one(WithdrawRole, of="vice-chair", withdrawn_role="chair", reason="back from travel")
    assert event.body == RoleWithdrawn(actor="vice-chair", role="chair", scope="", reason="back from travel")
    assert (held(committee, "vice-chair", "2012-01-02"), held(committee, "chair", "2012-01-02")) == (set(), {"chair"})


def test_a_delegation_recorded_in_error_gave_nothing(committee: Committee) -> None:
    committee.voids(delegates(committee, "chair", "chair"))
    assert held(committee, "vice-chair", "2012-01-02") == set()


def test_a_role_that_nobody_holds_is_not_taken_back(committee: Committee) -> None:
    grants(committee, "kenya", "state", "KEN")
    for of, role, scope in (("vice-chair", "chair", ""), ("kenya", "state", "FRA"), ("nobody", "member", "")):
        with pytest.raises(NotFound, match=of):
            committee.one(WithdrawRole, of=of, withdrawn_role=role, scope=scope, reason="left")


def test_a_role_taken_back_in_the_past_is_entered_late_by_the_day_on_which_it_was_known(until_2013: Committee) -> None:
    batch = until_2013.on("2020-01-02").imports()
    left: dict[str, Any] = {"of": "expert", "withdrawn_role": "expert", "reason": "left"}
    with pytest.raises(NotFound):
        until_2013.one(WithdrawRole, known="2013-03-01", **left)
    assert until_2013.one(WithdrawRole, within=batch, known="2013-03-01", **left).header.position > batch.position


@pytest.mark.parametrize(
    ("command", "members"),
    [
        (RegisterActor, {"name": "friend"}),
        (GrantRole, {"to": "vice-chair", "granted_role": "chair"}),
        (WithdrawRole, {"of": "sec2", "withdrawn_role": "secretariat", "reason": "left"}),
    ],
)
def test_only_the_secretariat_registers_grants_and_takes_back(
    committee: Committee, command: type[Command], members: dict[str, Any]
) -> None:
    with pytest.raises(NotPermitted):
        committee.one(command, actor="chair", **members)
