"""What is to be done about what States said, letters without a reply, and sources that are gone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.correspondence.handling import CloseLetter
from domain.correspondence.letters import ReceiveLetter, SendLetter
from domain.deciding import Command
from domain.document import WithdrawDocument
from domain.exchange.clarification import AnswerClarification, AskClarification
from domain.exchange.comments import Comment, CommentOnMatrix
from domain.exchange.replying import AskReply, RecordReply
from domain.law.records import RecordLaw, RepealLaw
from domain.matrix import commands as c
from interfaces.bootstrap import facts_of
from ledger.record import Record
from projections.worklist.item import Item
from projections.worklist.listing import worklist
from tests.projections.kenya import ACTORS, SECRET, A, asking, assess, cite, document, make, value

SEC: dict[str, Any] = {"actor": "sec"}
KEN: dict[str, Any] = {"state": "KEN", **SEC}
DRAFT = "T2017/op1-1-all-statement"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with make(tmp_path) as made:
        yield made


def things(record: Record, what: str, actor: str = "sec", *states: str, **asked: Any) -> list[Item]:
    found = worklist(asking(record, actor, **asked), facts_of(record, replay=True), states)
    return [each for each in found.items if each.what == what]


def comments(record: Record) -> None:
    said = (Comment(cell=A, text="the Act was amended"),)
    record.submit(CommentOnMatrix(id="comment", revision=1, comments=said, received="2013-07-01", **KEN))


def test_a_comment_waits_until_its_cell_is_looked_at_or_another_revision_is_sealed(record: Record) -> None:
    what = "comment, not looked at since"
    comments(record)
    (item,) = things(record, what)
    assert (item.about, item.note, item.since[:10]) == (f"KEN/1 {A}", "the Act was amended", "2013-07-02")
    assert item.do == "assess KEN/2, or confirm KEN/2"
    assert things(record, what, as_of="2013-06-30") == []
    record.submit(c.SealRevision(id="seal-2", revision=2, **KEN))
    assert things(record, what) == []


def test_a_comment_is_an_answer_to_what_was_sent(record: Record) -> None:
    assert len(things(record, "sent, not answered")) == 1
    comments(record)
    assert things(record, "sent, not answered") == []


def test_a_sending_says_by_when_a_reply_was_asked_and_ends_with_the_reply(record: Record) -> None:
    record.submit(AskReply(id="ask", revision=1, reply_by="2013-08-31", known="2013-06-03", **KEN))
    (item,) = things(record, "sent, not answered")
    assert item.note == "reply by 2013-08-31"
    record.submit(RecordReply(id="reply", revision=1, submission="ken-2", **KEN))
    assert things(record, "sent, not answered") == []


def test_a_clarification_is_awaited_until_all_of_it_is_answered(record: Record) -> None:
    what = "clarification awaited"
    about: dict[str, Any] = {"clarification": "which-act", "text": "which Act?", **KEN}
    asked = AskClarification(id="q", cells=(A, DRAFT), reply_by="2019-03-01", known="2019-01-10", **about)
    record.submit(asked)
    (item,) = things(record, what)
    assert (item.about, item.note) == ("which-act", "reply by 2019-03-01")
    record.submit(AnswerClarification(id="a", cells=(A,), received="2019-02-01", **about))
    assert [each.note for each in things(record, what)] == ["answered in part; reply by 2019-03-01"]
    record.submit(AnswerClarification(id="b", received="2019-02-20", **about))
    assert things(record, what) == []
    assert len(things(record, what, as_of="2019-01-31")) == 1


def writes(record: Record, number: str, *to: str) -> None:
    said: dict[str, Any] = {"title": "Points of contact", "dated": "2019-01-15", "reply_by": "2019-03-01"}
    record.submit(SendLetter(id=f"letter-{number}", letter=number, addressees=to, known="2019-01-15", **said, **SEC))


def test_a_letter_waits_for_each_of_whom_it_asked_a_reply(record: Record) -> None:
    what = "reply to a letter awaited"
    writes(record, "2019/1", "state:KEN", "state:FRA", "other:institute")
    assert [(each.state, each.note) for each in things(record, what)] == [
        ("KEN", "state:KEN; reply by 2019-03-01"),
        ("FRA", "state:FRA; reply by 2019-03-01"),
        (None, "other:institute; reply by 2019-03-01"),
    ]
    assert [each.state for each in things(record, what, "sec", "FRA")] == ["FRA"]
    said: dict[str, Any] = {"letter": "2019/2", "sender": "state:KEN", "title": "", "received": "2019-02-01"}
    record.submit(ReceiveLetter(id="answer", answers="2019/1", **said, **SEC))
    assert [each.state for each in things(record, what)] == ["FRA", None]
    record.submit(CloseLetter(id="close", letter="2019/1", reason="answered by telephone", **SEC))
    assert things(record, what) == []


def test_a_letter_that_asks_the_committee_waits_for_its_reply(record: Record) -> None:
    what = "reply to a letter asked of us"
    said: dict[str, Any] = {"letter": "2019/5", "sender": "state:KEN", "title": "", "received": "2019-02-01"}
    record.submit(ReceiveLetter(id="asks", reply_by="2019-02-28", **said, **SEC))
    (item,) = things(record, what)
    assert (item.state, item.about, item.note) == ("KEN", "2019/5", "state:KEN; reply by 2019-02-28")
    answer = SendLetter(
        id="we", letter="2019/6", addressees=("state:KEN",), title="", dated="2019-02-20", answers="2019/5", **SEC
    )
    record.submit(answer)
    assert things(record, what) == []


def gone() -> list[Command]:
    """A report that is withdrawn, and a law that is repealed, on which a cell of the draft rests."""
    return [
        document("gazette", SECRET),
        RecordLaw(id="law", law="act", title="Act", topics=("op1",), documents=("gazette",), known="2013-01-15", **KEN),
        assess("on-law", "2018-03-01", value(DRAFT), revision=2, source=cite("gazette", locator="passim")),
        RepealLaw(id="repeal", law="act", in_force_to="2018-12-31", known="2019-01-15", **SEC),
        WithdrawDocument(id="gone", document="ken-2013", reason="a new one", known="2019-05-01", **SEC),
    ]


def test_cells_whose_source_is_gone_are_told_by_source_since_it_was_known(record: Record) -> None:
    what = "source no longer there"
    assert things(record, what) == []
    for command in gone():
        record.submit(command)
    found = things(record, what)
    assert (found[0].since[:10], found[0].about) == ("2019-01-16", "KEN/2 on law/act")
    assert found[0].note == DRAFT
    assert {each.about.partition(" on ")[2] for each in found[1:]} == {"ken-2013"}
    assert {each.about for each in things(record, what, as_of="2019-02-01")} == {"KEN/2 on law/act"}
    assert things(record, what, "sec", "FRA") == []
    record.submit(assess("anew", "2019-06-01", value(DRAFT), revision=2, source=cite("ken-secret")))
    assert "KEN/2 on law/act" not in {each.about for each in things(record, what)}


@pytest.mark.parametrize("as_of", [None, "2019-02-15"])
def test_who_may_not_see_what_waits_is_told_how_much_is_withheld_in_all(record: Record, as_of: str | None) -> None:
    comments(record)
    writes(record, "2019/1", "state:KEN", "state:FRA")
    record.submit(AskClarification(id="q", clarification="q", text="?", known="2019-01-10", **KEN))
    for command in gone():
        record.submit(command)
    whole = worklist(asking(record, "sec", as_of=as_of), facts_of(record, replay=True))
    kinds = {each.what for each in whole.items}
    assert kinds >= {
        "comment, not looked at since",
        "clarification awaited",
        "reply to a letter awaited",
        "source no longer there",
    }
    for actor in ACTORS:
        found = worklist(asking(record, actor, as_of=as_of), facts_of(record, replay=True), ("KEN", "FRA"))
        of_one = worklist(asking(record, actor, as_of=as_of), facts_of(record, replay=True), ("FRA",))
        assert found.withheld == of_one.withheld, actor
        told = {each.what for each in found.items}
        if actor in ("someone", "france"):
            assert found.items == ()
        elif actor == "kenya":
            assert "source no longer there" not in told
            assert "reply to a letter awaited" not in told
            assert {"comment, not looked at since", "clarification awaited"} <= told
        else:
            assert told == kinds
