"""The last of the Secretariat keeps the role, whatever is struck."""

from typing import Any

import pytest

from domain.actor import GrantRole, LastKeeper, RoleGranted, WithdrawRole
from domain.records import ReverseBatch
from tests.committee import Committee
from tests.domain.foundations import first


def test_the_last_grant_of_the_secretariat_is_not_taken_back_by_any_strike(committee: Committee) -> None:
    of_the_first, of_the_second = (
        first(committee, RoleGranted, actor=name, role="secretariat") for name in ("sec", "sec2")
    )
    committee.voids(of_the_second)
    with pytest.raises(LastKeeper, match="sec"):
        committee.voids(of_the_first)
    for member, value in (("role", "expert"), ("valid_to", "2011-12-31")):
        with pytest.raises(LastKeeper):
            committee.corrects(of_the_first, {member: value})


@pytest.mark.parametrize("ends", ["2012-01-02", "2012-01-01"])
def test_who_holds_the_role_until_today_is_no_other_keeper(committee: Committee, ends: str) -> None:
    of_the_second = first(committee, RoleGranted, actor="sec2", role="secretariat")
    committee.corrects(of_the_second, {"valid_to": ends})
    with pytest.raises(LastKeeper, match="sec is the last"):
        committee.one(WithdrawRole, of="sec", withdrawn_role="secretariat", reason="leaves")
    of_the_first = first(committee, RoleGranted, actor="sec", role="secretariat")
    with pytest.raises(LastKeeper, match="after today"):
        committee.corrects(of_the_first, {"valid_to": "2012-01-02"})
    committee.corrects(of_the_first, {"valid_to": "2012-01-03"})


def test_on_the_day_on_which_the_last_roles_end_nobody_of_the_secretariat_goes_before_another_comes(
    committee: Committee,
) -> None:
    for name in ("sec", "sec2"):
        committee.corrects(first(committee, RoleGranted, actor=name, role="secretariat"), {"valid_to": "2012-01-05"})
    committee.on("2012-01-05")
    taken: dict[str, Any] = {"of": "sec2", "withdrawn_role": "secretariat", "reason": "leaves"}
    with pytest.raises(LastKeeper):
        committee.one(WithdrawRole, **taken)
    committee.grants("sec3", "secretariat")
    committee.one(WithdrawRole, **taken)


def test_nor_does_a_withdrawal_stand_again_that_would_leave_nobody(committee: Committee) -> None:
    withdrawn = committee.one(WithdrawRole, of="sec2", withdrawn_role="secretariat", reason="leaves")
    committee.voids(withdrawn)
    gone = committee.one(WithdrawRole, of="sec", withdrawn_role="secretariat", reason="leaves", actor="sec2")
    void = next(event for event in committee.record.events if event.header.strikes == withdrawn.id)
    with pytest.raises(LastKeeper):
        committee.voids(void, actor="sec2")
    committee.voids(gone, actor="sec2")
    committee.voids(void)


def test_a_batch_with_the_last_grant_is_not_reversed(committee: Committee) -> None:
    batch = committee.imports()
    committee.one(GrantRole, batch, to="chair", granted_role="secretariat")
    for name in ("sec", "sec2"):
        committee.one(WithdrawRole, of=name, withdrawn_role="secretariat", reason="leaves", actor="chair")
    with pytest.raises(LastKeeper):
        committee.give(ReverseBatch, batch="old-files", reason="wrong", actor="chair")
