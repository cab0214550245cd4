"""Confirming, remarking, examining, superseding: what says that someone looked, and changes no answer."""

from typing import Any

import pytest

from domain.deciding import Command
from domain.matrix import commands as c
from domain.matrix.assessing import NothingToDo
from domain.matrix.file import NotSealed, OutOfOrder, UnknownCell
from domain.refusals import Conflict, NotFound
from tests.committee import A, Committee
from tests.histories.made_up import cell


def test_what_only_says_that_someone_looked_never_changes_an_answer(committee: Committee) -> None:
    for revision in (1, 2):
        committee.sealed(revision, {A: "X"})
        committee.approves(revision)
    before = [committee.values(standing) for standing in ("working", "approved")]
    (confirmed,) = committee.give(c.ConfirmCells, state="KEN", revision=1, cells=(A,))
    remarked = committee.one(c.RemarkRow, state="KEN", revision=1, section="op1", item=1, remark="see p. 3")
    examined = committee.one(c.ExamineMatrix, state="KEN", revision=1, manifest=committee.manifest(1))
    superseded = committee.one(c.SupersedeMatrix, state="KEN", revision=1, by_revision=2)
    assert [committee.values(standing) for standing in ("working", "approved")] == before
    assert (confirmed.header.subject, remarked.header.subject) == (A, None)
    assert {each.header.stream for each in (confirmed, remarked)} == {"matrix/KEN/1"}
    assert {each.header.stream for each in (examined, superseded)} == {"matrix/KEN"}


def test_what_is_not_there_is_not_confirmed_remarked_examined_or_superseded(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    with pytest.raises(UnknownCell):
        committee.give(c.ConfirmCells, state="KEN", revision=1, cells=(cell("T1", 9),))
    with pytest.raises(NothingToDo):
        committee.give(c.ConfirmCells, state="KEN", revision=1, cells=())
    with pytest.raises(NotFound):
        committee.one(c.RemarkRow, state="KEN", revision=1, section="op1", item=9, remark="")
    with pytest.raises(NotSealed):
        committee.one(c.ExamineMatrix, state="KEN", revision=1, manifest="0" * 64)
    with pytest.raises(NotFound):
        committee.one(c.SupersedeMatrix, state="KEN", revision=1, by_revision=2)


def test_a_revision_is_not_superseded_by_itself(committee: Committee) -> None:
    committee.sealed(1, {A: "X"})
    committee.approves(1)
    with pytest.raises(Conflict):
        committee.one(c.SupersedeMatrix, state="KEN", revision=1, by_revision=1)


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        (c.ConfirmCells, {"cells": (A,)}),
        (c.RemarkRow, {"section": "op1", "item": 1, "remark": ""}),
        (c.ExamineMatrix, {}),
        (c.WithdrawRevision, {"reason": ""}),
    ],
)
def test_nothing_is_done_to_a_revision_before_it_was_opened(
    committee: Committee, kind: type[Command], members: dict[str, Any]
) -> None:
    committee.on("2012-05-01").opens(1)
    with pytest.raises(OutOfOrder):
        committee.give(kind, state="KEN", revision=1, known="2012-04-30", **members)
