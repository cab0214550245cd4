"""Approving and sending: one manifest, by a decision on exactly it."""

from typing import Any

import pytest

from domain.matrix import commands as c
from domain.matrix.approving import AlreadyApproved, NotDecided
from domain.matrix.file import NotSealed, OutOfOrder
from domain.refusals import Conflict
from tests.committee import A, Committee, body


def test_an_approval_is_not_known_before_its_decision_was_adopted(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    with pytest.raises(OutOfOrder):
        committee.approves(1, known=sealed.header.known_at)


def test_an_approval_rests_on_an_adopted_decision_on_exactly_that_manifest(committee: Committee) -> None:
    sealed = committee.sealed(1, {A: "X"})
    with pytest.raises(NotDecided):
        committee.one(c.ApproveMatrix, state="KEN", revision=1, decision="none")
    approved = committee.approves(1)
    assert sealed.id in body(approved).basis
    assert len(body(approved).basis) == 2
    with pytest.raises(Conflict):
        committee.one(c.ApproveMatrix, state="KEN", revision=1, decision="d", manifest="0" * 64)


def test_nothing_is_approved_or_sent_before_its_seal_or_without_one(committee: Committee) -> None:
    committee.opens(1)
    with pytest.raises(NotSealed):
        committee.one(c.ApproveMatrix, state="KEN", revision=1, decision="d")
    with pytest.raises(NotSealed):
        committee.sends(1)
    committee.on("2012-05-01").seals(1)
    with pytest.raises(OutOfOrder):
        committee.approves(1, known="2012-04-30")
    with pytest.raises(OutOfOrder):
        committee.sends(1, known="2012-04-30")


def test_after_a_voided_approval_the_earlier_one_stands(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    committee.approves(1)
    committee.sealed(2, {A: "?"})
    second = committee.approves(2)
    assert committee.values("approved") == {A: "?"}
    void = committee.voids_by_two(second)
    assert committee.values("approved") == {A: "X"}
    committee.voids_by_two(void)
    assert committee.values("approved") == {A: "?"}


def test_what_was_sent_is_the_manifest_whatever_is_done_after(committee: Committee) -> None:
    committee.opens(1)
    (assessed,) = committee.assesses(1, {A: "X"})
    committee.seals(1)
    sent = committee.sends(1)
    committee.corrects(assessed, {"value": "?"})
    assert committee.values("sent") == {A: "X"}
    assert committee.values("working") == {A: "?"}
    assert sent.header.audience == ("committee", "expert", "secretariat", "state:KEN")


def test_a_decision_approves_a_manifest_once(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    approved = committee.approves(1)
    again: dict[str, Any] = {"state": "KEN", "revision": 1, "decision": body(approved).decision_id}
    with pytest.raises(AlreadyApproved, match=approved.id):
        committee.one(c.ApproveMatrix, **again)
    committee.approves(1)
    void = committee.voids_by_two(approved)
    anew = committee.one(c.ApproveMatrix, **again)
    with pytest.raises(AlreadyApproved, match=anew.id):
        committee.voids_by_two(void)


def test_a_reversal_does_not_bring_back_an_approval_beside_the_one_that_took_its_place(committee: Committee) -> None:
    acts = committee.imports_revision()
    committee.voids(acts["approved"], within=committee.imports("list-of-errors"))
    again: dict[str, Any] = {"state": "KEN", "revision": 1, "decision": "old", "known": "2009-05-05"}
    committee.one(c.ApproveMatrix, committee.imports("found-after-all"), **again)
    with pytest.raises(AlreadyApproved):
        committee.reverses("list-of-errors")
