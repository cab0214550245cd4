"""The dialogue about a matrix that was sent: comments, clarification, replies, and why there is no report."""

from typing import Any

import pytest

from domain.correcting import FixedMember
from domain.deciding import Command
from domain.exchange.awaiting import Awaited, awaited
from domain.exchange.clarification import AnswerClarification, AskClarification
from domain.exchange.comments import CellCommented, Comment, CommentOnMatrix
from domain.exchange.non_reporting import ExplainNonReporting, NotPublic, SendPrefilled, reason
from domain.exchange.replying import AskReply, RecordReply
from domain.exchange.sending import MatrixSent, NotSent
from domain.matrix.file import NotSealed, OutOfOrder, UnknownCell
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.submission import DeclareNoChange
from domain.undermining import RestsOnIt
from tests.committee import A, B, Committee
from tests.domain.foundations import receives, registers
from tests.histories.made_up import source

OF_KENYA = ("committee", "expert", "secretariat", "state:KEN")


@pytest.fixture
def committee() -> Committee:
    """On 2 January 2012 Kenya's first revision is sealed and sent; it is 1 March 2012."""
    committee = Committee()
    committee.sealed(1, {A: "X"})
    committee.sends(1)
    return committee.on("2012-03-01")


def comments(committee: Committee, *said: tuple[str, str], **members: Any) -> tuple[Recorded, ...]:
    about: dict[str, Any] = {"state": "KEN", "revision": 1, "received": "2012-02-01"}
    made = tuple(Comment(cell=cell, text=text) for cell, text in said)
    return committee.give(CommentOnMatrix, comments=made, **about | members)


def asks(committee: Committee, name: str = "ken-1", **members: Any) -> Recorded:
    about: dict[str, Any] = {"state": "KEN", "text": "Which article?", "cells": (A, B), "revision": 1}
    return committee.one(AskClarification, clarification=name, **about | members)


def answers(committee: Committee, name: str = "ken-1", **members: Any) -> Recorded:
    about: dict[str, Any] = {"state": "KEN", "text": "Article 4", "received": "2012-03-01T12:00:00.000000Z"}
    return committee.on("2012-04-01").one(AnswerClarification, clarification=name, **about | members)


def no_change(committee: Committee, **members: Any) -> Recorded:
    about: dict[str, Any] = {"state": "KEN", "since": "2011", "received": "2012-02-01"}
    return committee.one(DeclareNoChange, submission="same", **about | members)


def replies(committee: Committee, submission: str = "same", **members: Any) -> Recorded:
    about: dict[str, Any] = {"state": "KEN", "revision": 1, "submission": submission}
    return committee.one(RecordReply, **about | members)


def open_questions(committee: Committee) -> list[Awaited]:
    return list(awaited(committee.record.history("exchange/KEN").standing()))


# Comments


def test_a_comment_is_on_a_cell_of_the_text_that_was_sent_and_changes_no_value(committee: Committee) -> None:
    first, second = comments(committee, (A, "repealed"), (B, "see article 4"))
    assert isinstance(first.body, CellCommented)
    assert (first.body.manifest, first.body.text) == (committee.manifest(1), "repealed")
    assert [each.header.subject for each in (first, second)] == [A, B]
    assert (first.header.known_at, first.header.audience) == ("2012-02-02T04:59:59.999999Z", OF_KENYA)
    assert committee.values("sent") == committee.values() == {A: "X"}


@pytest.mark.parametrize(
    ("said", "members", "refusal"),
    [
        ((), {}, MalformedInput),
        (((A, ""), (A, "")), {}, MalformedInput),
        ((("T1/op1-99-all-statement", ""),), {}, UnknownCell),
        (((A, ""),), {"received": "2011-12-31"}, NotSent),
        (((A, ""),), {"revision": 2}, NotSealed),
        (((A, ""),), {"revision": 3}, NotFound),
        (((A, ""),), {"letter": "2012/1"}, NotFound),
        (((A, ""),), {"document": "none"}, NotFound),
    ],
)
def test_a_comment_is_refused_on_what_was_not_sent_or_is_not_on_record(
    committee: Committee, said: tuple[tuple[str, str], ...], members: dict[str, Any], refusal: Any
) -> None:
    committee.opens(2)
    with pytest.raises(refusal):
        comments(committee, *said, **members)


def test_what_is_sealed_is_commented_on_once_it_is_sent_unless_the_sending_was_lost(committee: Committee) -> None:
    committee.sealed(2, {A: "?"})
    with pytest.raises(NotSent):
        comments(committee, (A, ""), revision=2)
    comments(committee, (A, ""), revision=2, within=committee.imports(), received="2012-03-01T12:00:00.000000Z")


def test_a_sending_stands_while_it_is_commented_on(committee: Committee) -> None:
    (comment,) = comments(committee, (A, "repealed"))
    sending = next(event for event in committee.record.events if isinstance(event.body, MatrixSent))
    with pytest.raises(RestsOnIt, match=comment.id):
        committee.voids(sending)
    with pytest.raises(FixedMember):
        committee.corrects(comment, {"cell": B})
    with pytest.raises(NotSent):
        committee.corrects(comment, {"received_at": "2012-01-01T12:00:00.000000Z"})
    committee.voids(committee.corrects(comment, {"text": "repealed in 2010"}))
    committee.voids(comment)
    committee.voids(sending)


# Clarification


def test_a_clarification_is_awaited_until_every_cell_is_answered(committee: Committee) -> None:
    asks(committee, reply_by="2012-04-30")
    waiting = Awaited(of="ken-1", since="2012-03-01", reply_by="2012-04-30")
    assert open_questions(committee) == [waiting]
    answers(committee, cells=(A,))
    assert open_questions(committee) == [waiting]
    answers(committee, cells=(B,))
    assert open_questions(committee) == []


def test_an_answer_without_cells_is_of_all(committee: Committee) -> None:
    asks(committee)
    answers(committee)
    assert open_questions(committee) == []


@pytest.mark.parametrize(
    ("members", "refusal"),
    [
        ({"name": "other"}, NotFound),
        ({"cells": ("T1/op1-9-all-statement",)}, MalformedInput),
        ({"received": "2012-02-01"}, OutOfOrder),
        ({"letter": "2012/1"}, NotFound),
    ],
)
def test_an_answer_is_to_what_was_asked_and_after_it(
    committee: Committee, members: dict[str, Any], refusal: Any
) -> None:
    asks(committee)
    with pytest.raises(refusal):
        answers(committee, **members)


def test_a_clarification_has_a_name_of_its_own_and_asks_about_cells_there_are(committee: Committee) -> None:
    asked = asks(committee)
    with pytest.raises(Conflict):
        asks(committee)
    with pytest.raises(UnknownCell):
        asks(committee, "ken-2", cells=("T1/op1-99-all-statement",))
    with pytest.raises(MalformedInput):
        asks(committee, "ken-2", reply_by="2012-02-30")
    answered = answers(committee)
    with pytest.raises(RestsOnIt, match=answered.id):
        committee.voids(asked)


# Replies


def test_no_change_since_is_a_submission_and_here_only_what_it_answers(committee: Committee) -> None:
    committee.one(AskReply, state="KEN", revision=1, reply_by="2012-02-15")
    assert open_questions(committee) == [Awaited(of=committee.manifest(1), since="2012-01-02", reply_by="2012-02-15")]
    declared = no_change(committee)
    reply = replies(committee)
    assert reply.header.known_at == declared.header.known_at
    assert open_questions(committee) == []
    with pytest.raises(RestsOnIt, match=reply.id):
        committee.voids(declared)


def test_a_later_day_takes_the_place_of_an_earlier_one(committee: Committee) -> None:
    for day in ("2012-02-15", "2012-05-15"):
        committee.one(AskReply, state="KEN", revision=1, reply_by=day)
    assert [each.reply_by for each in open_questions(committee)] == ["2012-05-15"]


@pytest.mark.parametrize(
    ("kind", "members", "refusal"),
    [
        (AskReply, {"reply_by": "2012-01-01"}, MalformedInput),
        (AskReply, {"reply_by": "2012-02-30"}, MalformedInput),
        (AskReply, {"reply_by": "2012-02-15", "letter": "2012/9"}, NotFound),
        (AskReply, {"reply_by": "2012-02-15", "revision": 2}, NotSent),
        (RecordReply, {"submission": "none"}, NotFound),
        (RecordReply, {"submission": "of-france"}, MalformedInput),
        (RecordReply, {"submission": "too-early"}, NotSent),
        (RecordReply, {"submission": "in-time", "revision": 2}, NotSent),
    ],
)
def test_a_reply_is_by_the_state_to_what_was_sent_to_it(
    committee: Committee, kind: type[Command], members: dict[str, Any], refusal: Any
) -> None:
    committee.registers("FRA")
    committee.sealed(2, {A: "?"})
    receives(committee, "of-france", state="FRA", received="2012-02-01")
    receives(committee, "too-early", received="2011-12-01")
    receives(committee, "in-time", received="2012-02-01")
    about: dict[str, Any] = {"state": "KEN", "revision": 1}
    with pytest.raises(refusal):
        committee.one(kind, **about | members)


def test_a_reply_is_recorded_once(committee: Committee) -> None:
    receives(committee, "same", received="2012-02-01")
    replies(committee)
    with pytest.raises(Conflict):
        replies(committee)


# Why there is no report


def test_a_reason_has_a_source(committee: Committee) -> None:
    explained: dict[str, Any] = {"state": "KEN", "reason": "no national authority yet"}
    with pytest.raises(MalformedInput):
        committee.one(ExplainNonReporting, **explained)
    with pytest.raises(NotFound):
        committee.one(ExplainNonReporting, **explained, document="none")
    committee.one(ExplainNonReporting, **explained, source="said at a workshop")
    registers(committee)
    explained["reason"] = "a draft is ready"
    committee.one(ExplainNonReporting, **explained, document="report-1")
    found = reason(committee.record.history("exchange/KEN").standing())
    assert found is not None
    assert found.reason == "a draft is ready"


def sealed_from(committee: Committee, distribution: str | None) -> None:
    if distribution is not None:
        registers(committee, distribution=distribution)
    sources = () if distribution is None else (source(),)
    committee.opens(2)
    committee.assesses(2, {A: "X", B: ""}, sources=sources)
    committee.seals(2)


def test_a_matrix_filled_in_from_public_sources_is_sent_like_any_other(committee: Committee) -> None:
    sealed_from(committee, "general")
    sent, prefilled = committee.give(SendPrefilled, state="KEN", revision=2)
    assert (sent.header.type, prefilled.header.type) == ("exchange.matrix-sent", "exchange.matrix-prefilled")
    assert committee.values("sent") == {A: "X", B: ""}
    with pytest.raises(RestsOnIt, match=prefilled.id):
        committee.voids(sent)


@pytest.mark.parametrize("distribution", ["restricted", None])
def test_what_is_not_public_is_not_filled_in_for_a_state(committee: Committee, distribution: str | None) -> None:
    sealed_from(committee, distribution)
    with pytest.raises(NotPublic, match="does not come from public sources"):
        committee.give(SendPrefilled, state="KEN", revision=2)
