"""What is to be done: by one rule with what stands beside a matrix, at any date, for who may see it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.correcting import MarkInError
from domain.deciding import Command
from domain.matrix import commands as c
from domain.submission import DeclareNoChange, ReadSubmission, WithdrawSubmission
from interfaces.bootstrap import facts_of
from ledger.record import Record
from projections.waiting import waiting
from projections.worklist.listing import Worklist, worklist
from tests.projections.kenya import ACTORS, ask, asking, history, make

SEC: dict[str, Any] = {"actor": "sec", "state": "KEN"}


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with make(tmp_path) as made:
        yield made


def listed(record: Record, actor: str = "sec", *states: str, **asked: Any) -> Worklist:
    return worklist(asking(record, actor, **asked), facts_of(record, replay=True), states)


def things(record: Record, **asked: Any) -> list[tuple[str, str]]:
    return [(each.what, each.about) for each in listed(record, **asked).items]


def test_what_came_in_is_told_the_oldest_first_with_the_verb_that_deals_with_it(record: Record) -> None:
    found = listed(record)
    assert [(each.since[:10], each.what, each.about) for each in found.items] == [
        ("2013-06-02", "sent, not answered", "KEN/1"),
        ("2013-06-11", "received, not yet reflected", "ken-2"),
        ("2018-01-11", "opened, not sealed", "KEN/2"),
    ]
    assert [each.do.split()[0] for each in found.items] == ["receive", "assess", "seal"]
    assert (found.withheld, found.states) == (0, None)


@pytest.mark.parametrize("reading", ["corrected", "stood"])
@pytest.mark.parametrize("as_of", ["2013-01-31", "2013-02-28", "2013-06-30", "2013-08", None])
def test_what_is_not_reflected_is_what_stands_beside_the_matrix(
    record: Record, as_of: str | None, reading: str
) -> None:
    asked: dict[str, Any] = {"as_of": as_of, "reading": reading}
    beside = [each.event_id for each in waiting(ask(record, **asked), record)]
    found = listed(record, **asked).items
    assert [each.event_id for each in found if each.what == "received, not yet reflected"] == beside


def test_a_submission_read_with_nothing_new_or_taken_back_is_done_until_that_is_found_to_be_an_error(
    record: Record,
) -> None:
    came = ("received, not yet reflected", "ken-2")
    for command in (
        ReadSubmission(id="read", actor="sec", submission="ken-2"),
        WithdrawSubmission(id="back", actor="sec", submission="ken-2", reason="by mistake"),
    ):
        record.submit(command)
        assert came not in things(record)
        record.submit(
            MarkInError(id=f"void-{command.id}", actor="sec", target=f"{command.id}#0", reason="another State's")
        )
        assert came in things(record)


def test_a_draft_waits_for_its_seal_and_a_seal_for_the_committee(record: Record) -> None:
    record.submit(c.SealRevision(id="seal-2", revision=2, **SEC))
    assert ("sealed, not approved", "KEN/2") in things(record)
    assert ("opened, not sealed", "KEN/2") not in things(record)
    assert ("opened, not sealed", "KEN/2") in things(record, as_of="2018-12-31")
    record.submit(c.WithdrawRevision(id="withdraw-2", revision=2, reason="begun again", **SEC))
    assert not [each for each in things(record) if each[1] == "KEN/2"]


def test_a_sending_waits_until_the_state_answers(record: Record) -> None:
    sent = ("sent, not answered", "KEN/1")
    assert sent in things(record)
    record.submit(DeclareNoChange(id="none", submission="ken-9", since="2013-06", received="2014-01-01", **SEC))
    assert sent not in things(record)
    assert sent in things(record, as_of="2013-12-31")


def test_an_approval_waits_for_a_word_on_publication(tmp_path: Path) -> None:
    commands = [each for each in history() if each.id not in ("consent", "publish-1")]
    with make(tmp_path, commands) as record:
        asked = ("approved, consent not asked", "KEN/1")
        assert asked in things(record)
        record.submit(c.GiveConsent(id="yes", scope="publish", **SEC))
        assert asked not in things(record)


def test_a_remark_on_a_draft_waits_until_its_row_is_looked_at(record: Record) -> None:
    remark = c.RemarkRow(id="remark", revision=2, section="op1", item=2, remark="see page 3", **SEC)
    record.submit(remark)
    (item,) = [each for each in listed(record).items if each.what == "remark on a draft"]
    assert (item.about, item.note) == ("KEN/2 op1-2", "see page 3")
    cells: Command = c.ConfirmCells(id="looked", revision=2, cells=("T2017/op1-1-all-statement",), **SEC)
    record.submit(cells)
    assert ("remark on a draft", "KEN/2 op1-2") in things(record)
    record.submit(c.ConfirmCells(id="also", revision=2, cells=("T2017/op1-2-all-statement",), **SEC))
    assert ("remark on a draft", "KEN/2 op1-2") not in things(record)


def test_nothing_waits_in_a_revision_that_was_opened_in_error(record: Record) -> None:
    record.submit(MarkInError(id="draft-void", actor="sec", target="draft#0", reason="in error"))
    record.submit(MarkInError(id="open-void", actor="sec", target="open-2#0", reason="in error"))
    assert not [each for each in things(record) if each[1] == "KEN/2"]


@pytest.mark.parametrize("as_of", [None, "2013-07-31"])
def test_who_may_not_see_what_waits_is_told_how_much_is_withheld_in_all(record: Record, as_of: str | None) -> None:
    whole = len(listed(record, as_of=as_of).items)
    seen = {actor: listed(record, actor, as_of=as_of) for actor in ACTORS}
    committee = {"sec", "sec2", "expert", "member", "chair", "auditor"}
    assert {actor for actor, found in seen.items() if len(found.items) == whole} == committee
    for actor, found in seen.items():  # the number is the same whatever is asked, or it would tell of a State
        asked = {listed(record, actor, state, as_of=as_of).withheld for state in ("KEN", "FRA")}
        assert asked == {found.withheld}
        assert (found.withheld > 0) == (actor not in committee)
    assert {each.what for each in seen["kenya"].items} == {"sent, not answered", "received, not yet reflected"}
    assert (seen["someone"].items, seen["france"].items) == ((), ())


def test_whose_roles_are_limited_to_states_is_told_of_these_unless_others_are_named(record: Record) -> None:
    assert (listed(record, "kenya").states, listed(record, "france").states) == (("KEN",), ("FRA",))
    assert (listed(record, "expert").states, listed(record, "someone").states) == (None, None)
    assert listed(record, "sec", "FRA").items == ()
    assert len(listed(record, "sec", "KEN", "FRA").items) == 3
