"""What is to be done next: on letters handed on, on requests for assistance, and about the consent of States."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.assistance.procedure import AcknowledgeRequest, CirculateRequest, SendRequestOn
from domain.assistance.requests import AuthenticateRequest, RequestAssistance, StateWish
from domain.correspondence.handling import CloseLetter, HandOnLetter
from domain.correspondence.letters import ReceiveLetter
from domain.duty_station import Holiday, ListHolidays
from domain.matrix import commands as c
from interfaces.bootstrap import facts_of
from ledger.record import Record
from projections.worklist.item import Item
from projections.worklist.listing import worklist
from tests.projections.kenya import ACTORS, asking, history, make

SEC: dict[str, Any] = {"actor": "sec"}
KEN: dict[str, Any] = {"state": "KEN", **SEC}
LETTER, STEP = "next step on a letter", "step of a request for assistance"
ASKED, SHOWN, SILENT = "consent asked, not answered", "published, consent ended", "approved, consent not asked"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with make(tmp_path) as made:
        yield made


def things(record: Record, what: str, actor: str = "sec", *states: str, **asked: Any) -> list[Item]:
    found = worklist(asking(record, actor, **asked), facts_of(record, replay=True), states)
    return [each for each in found.items if each.what == what]


def hands_on(record: Record, key: str, holder: str, step: str, known: str, due: str | None = None) -> None:
    record.submit(HandOnLetter(id=key, letter="2019/7", holder=holder, next_step=step, due=due, known=known, **SEC))


def test_a_letter_is_with_whom_it_was_handed_to_last_until_it_is_closed(record: Record) -> None:
    said: dict[str, Any] = {"letter": "2019/7", "sender": "state:KEN", "title": "", "received": "2019-02-01"}
    record.submit(ReceiveLetter(id="came", **said, **SEC))
    assert things(record, LETTER) == []
    hands_on(record, "to-experts", "expert", "draft a reply", "2019-02-04", "2019-02-15")
    (item,) = things(record, LETTER)
    assert (item.state, item.about, item.note) == ("KEN", "2019/7", "expert: draft a reply; by 2019-02-15")
    hands_on(record, "to-chair", "chair", "sign it", "2019-02-14")
    assert [(each.note, each.since[:10]) for each in things(record, LETTER)] == [("chair: sign it", "2019-02-15")]
    assert [each.note[:6] for each in things(record, LETTER, as_of="2019-02-10")] == ["expert"]
    assert things(record, LETTER, "sec", "FRA") == []
    assert things(record, LETTER, "kenya") == []
    record.submit(CloseLetter(id="close", letter="2019/7", reason="answered", known="2019-03-01", **SEC))
    assert things(record, LETTER) == []


def asks_for_help(record: Record, *, holidays: bool = True, requesters: tuple[str, ...] = ("KEN",)) -> None:
    """Have it requested on Monday 16 December 2013; five full working days end on the 23rd."""
    christmas = (Holiday(day="2013-12-25", name="Christmas Day"),)
    if holidays:
        for year in (2013, 2014):
            days = christmas[: 2014 - year]
            record.submit(ListHolidays(id=f"days-{year}", year=year, holidays=days, known="2013-01-02", **SEC))
    said: dict[str, Any] = {"subject": "border control", "needs": "training", "received": "2013-12-16"}
    record.submit(RequestAssistance(id="asks", request="border", requesters=requesters, **said, **SEC))


def notes(record: Record, **asked: Any) -> list[str]:
    return [each.note for each in things(record, STEP, **asked)]


def test_a_request_says_which_steps_are_to_be_taken_on_which_day(record: Record) -> None:
    asks_for_help(record)
    of_it: dict[str, Any] = {"request": "border", **SEC}
    (item,) = things(record, STEP)
    assert (item.state, item.about, item.note) == (
        "KEN",
        "border",
        "step 1, authenticated: by 2013-12-23 (internal)",
    )
    record.submit(AuthenticateRequest(id="real", known="2013-12-17", **of_it))
    record.submit(CirculateRequest(id="circulated", known="2013-12-17", **of_it))
    record.submit(AcknowledgeRequest(id="acknowledged", known="2013-12-18", **of_it))
    assert notes(record, as_of="2013-12-20") == [
        "step 4, sent-on: from 2013-12-24",
        "step 5, summary-posted: from 2013-12-24",
    ]
    record.submit(SendRequestOn(id="on", states=("FRA",), known="2013-12-27", **of_it))
    record.submit(StateWish(id="wish", sending="after-five-days", posting="not", known="2013-12-28", **of_it))
    assert notes(record, as_of="2014-12-15") == []
    assert notes(record, as_of="2014-12-16") == ["step 8, if-met-asked: from 2014-12-16"]


def test_without_the_holidays_a_step_has_no_day_and_says_why(record: Record) -> None:
    asks_for_help(record, holidays=False)
    assert notes(record) == ["step 1: the holidays that its day depends on are not on record"]


def test_a_joint_request_is_told_for_each_of_its_states(record: Record) -> None:
    asks_for_help(record, requesters=("KEN", "UGA"))
    assert [each.state for each in things(record, STEP, "sec", "UGA")] == [None]
    assert things(record, STEP, "sec", "FRA") == []


def test_a_consent_that_was_asked_waits_until_the_state_answers(record: Record) -> None:
    said: dict[str, Any] = {"scope": "share", "partners": ("state:FRA",), "reply_by": "2019-04-01"}
    record.submit(c.AskConsent(id="asks", known="2019-03-01", **said, **KEN))
    (item,) = things(record, ASKED)
    assert (item.state, item.about, item.note) == ("KEN", "KEN share", "reply by 2019-04-01")
    assert [len(things(record, ASKED, actor)) for actor in ("france", "someone")] == [0, 0]
    record.submit(c.RefuseConsent(id="no", scope="share", known="2019-03-20", **KEN))
    assert things(record, ASKED) == []
    assert len(things(record, ASKED, as_of="2019-03-10")) == 1


def test_an_approval_waits_for_no_word_where_one_was_asked_for_or_the_state_refused(tmp_path: Path) -> None:
    commands = [each for each in history() if each.id not in ("consent", "publish-1")]
    with make(tmp_path, commands) as record:
        assert [each.about for each in things(record, SILENT)] == ["KEN/1"]
        record.submit(c.AskConsent(id="asks", scope="publish", known="2014-01-10", **KEN))
        assert (things(record, SILENT), len(things(record, ASKED))) == ([], 1)
        record.submit(c.RefuseConsent(id="no", scope="publish", known="2014-02-10", **KEN))
        assert (things(record, SILENT), things(record, ASKED)) == ([], [])


def test_what_is_still_published_after_the_consent_ended_is_to_be_taken_down(record: Record) -> None:
    assert things(record, SHOWN) == []
    record.submit(c.WithdrawConsent(id="no", scope="publish", known="2020-01-01", **KEN))
    (item,) = things(record, SHOWN)
    assert (item.about, item.since[:10], item.do) == ("KEN/1", "2020-01-02", "unpublish KEN/1, then publish-site")
    told = {actor for actor in ACTORS if things(record, SHOWN, actor)}
    assert told == {"sec", "sec2", "expert", "member", "chair", "auditor", "kenya"}
    assert things(record, SHOWN, as_of="2019-12-31") == []
    record.submit(c.UnpublishMatrix(id="down", revision=1, known="2020-01-02", **KEN))
    assert things(record, SHOWN) == []
