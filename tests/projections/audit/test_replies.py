"""A State had time to reply, in the exchange or by a letter, and its matrix was approved: when is that found."""

from typing import Any

import pytest

from domain.correspondence.letters import ReceiveLetter, SendLetter
from domain.exchange.clarification import AnswerClarification, AskClarification
from domain.exchange.replying import AskReply, RecordReply
from domain.submission import ReceiveSubmission
from projections.audit import replies
from tests.committee import A, Committee
from tests.projections.audit.given import Office


@pytest.fixture
def committee() -> Committee:
    """Kenya's first revision is sealed and sent to it on 2 January 2012."""
    committee = Committee()
    committee.sealed(1, {A: "X"})
    committee.sends(1)
    return committee


def approved(committee: Committee, day: str = "2012-02-15") -> list[str]:
    """Approve the revision on a day, and return what is found."""
    approval = committee.on(day).approves(1)
    found = Office.of(committee.record).found(replies.CHECK)
    assert {position for position, _ in found} <= {approval.position}
    return [what for _, what in found]


def test_an_approval_while_a_reply_to_what_was_sent_is_awaited_is_found(committee: Committee) -> None:
    committee.one(AskReply, state="KEN", revision=1, reply_by="2012-02-15")
    assert approved(committee) == [
        "revision 1 of KEN was approved on 2012-02-15, while a reply to what was sent was awaited until 2012-02-15"
    ]


def test_an_approval_after_the_day_or_after_the_reply_is_no_finding(committee: Committee) -> None:
    committee.one(AskReply, state="KEN", revision=1, reply_by="2012-02-14")
    assert approved(committee) == []


def test_an_approval_after_the_reply_is_no_finding(committee: Committee) -> None:
    committee.one(AskReply, state="KEN", revision=1, reply_by="2012-03-01")
    committee.on("2012-02-01")
    committee.one(
        ReceiveSubmission, submission="reply", state="KEN", kind="comment", received="2012-01-31", documents=()
    )
    committee.one(RecordReply, state="KEN", revision=1, submission="reply")
    assert approved(committee) == []


def test_a_reply_known_only_after_the_approval_does_not_excuse_it(committee: Committee) -> None:
    committee.one(AskReply, state="KEN", revision=1, reply_by="2012-03-01")
    assert len(approved(committee)) == 1
    committee.on("2012-02-20")
    committee.one(
        ReceiveSubmission, submission="reply", state="KEN", kind="comment", received="2012-02-20", documents=()
    )
    committee.one(RecordReply, state="KEN", revision=1, submission="reply")
    assert len(Office.of(committee.record).found(replies.CHECK)) == 1


@pytest.mark.parametrize(("answered", "count"), [(False, 1), (True, 0)])
def test_an_approval_while_a_clarification_is_awaited_is_found(
    committee: Committee, answered: bool, count: int
) -> None:
    about: dict[str, Any] = {"clarification": "q-1", "state": "KEN", "text": "which law?"}
    committee.one(AskClarification, **about, reply_by="2012-02-20")
    committee.on("2012-02-10")
    if answered:
        committee.one(AnswerClarification, **about, received="2012-02-10")
    found = approved(committee)
    assert [("clarification q-1 was awaited until 2012-02-20" in what) for what in found] == [True] * count


def writes(committee: Committee, dated: str, to: tuple[str, ...] = ("state:KEN",), **members: Any) -> None:
    about: dict[str, Any] = {"letter": "2012/1", "title": "", "language": "en", "reply_by": "2012-02-20"}
    committee.one(SendLetter, **about | members, addressees=to, dated=dated)


def test_a_letter_to_the_state_since_the_sending_that_asks_for_a_reply_is_looked_at(committee: Committee) -> None:
    writes(committee.on("2012-01-05"), "2012-01-05")
    (what,) = approved(committee)
    assert what.endswith("while a reply to letter 2012/1 was awaited until 2012-02-20")


def test_a_letter_that_was_answered_is_no_finding(committee: Committee) -> None:
    writes(committee.on("2012-01-05"), "2012-01-05")
    committee.on("2012-01-20")
    said: dict[str, Any] = {"letter": "2012/2", "sender": "state:KEN", "title": "", "language": "en"}
    committee.one(ReceiveLetter, **said, received="2012-01-20", answers="2012/1")
    assert approved(committee) == []


def test_a_letter_from_before_the_sending_or_to_another_state_is_no_finding(committee: Committee) -> None:
    committee.registers("FRA")
    writes(committee, "2011-12-01", letter="2011/1")
    writes(committee.on("2012-01-05"), "2012-01-05", ("state:FRA",), letter="2012/3")
    assert approved(committee) == []


def test_a_letter_that_asked_for_the_reply_is_told_once_and_closed_by_the_reply(committee: Committee) -> None:
    writes(committee.on("2012-01-05"), "2012-01-05")
    committee.one(AskReply, state="KEN", revision=1, reply_by="2012-02-20", letter="2012/1")
    (what,) = approved(committee)
    assert "a reply to what was sent" in what
