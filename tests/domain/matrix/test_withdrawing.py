"""Withdrawing a revision: the one before is at work again, what was approved remains."""

import pytest

from domain.matrix.assessing import RevisionGivenUp
from tests.committee import NOON, A, Committee


def test_after_a_withdrawal_the_revision_before_is_the_working_one(committee: Committee) -> None:
    committee.on("2012-03-01").sealed(1, {A: "X"})
    committee.on("2012-05-01").opens(2)
    assert committee.values() == {}
    committee.on("2012-06-01").withdraws(2)
    assert committee.values() == {A: "X"}
    assert committee.shows(as_of="2012-05-20" + NOON)["revision"] == 2
    with pytest.raises(RevisionGivenUp):
        committee.withdraws(2)
    with pytest.raises(RevisionGivenUp):
        committee.seals(2)


def test_the_approvals_of_a_withdrawn_revision_remain_and_so_does_what_was_seeded_from_it(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    committee.approves(1)
    committee.opens(2, seeded_from=1)
    committee.withdraws(1)
    assert committee.values("approved") == {A: "X"}
    assert committee.values("working") == {A: "X"}
