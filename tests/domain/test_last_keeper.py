"""The last of the Secretariat keeps the role, whatever is struck."""

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
