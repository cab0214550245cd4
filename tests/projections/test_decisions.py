"""What the Committee decided, what it had before it, and what rests on it; and what is kept for reference."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.actor import GrantRole, WithdrawRole
from domain.canonical import sha256
from domain.correcting import Correct, MarkInError
from domain.decision import Adopt, AuthoriseCorrection, Circulate, DoNotAdopt, Propose, ProposedItem
from domain.matrix import commands as c
from domain.refusals import MalformedInput, NotFound
from domain.state import RenameState
from interfaces.bootstrap import facts_of
from ledger.record import Record
from projections.decision import DecisionView, decision
from projections.kinds import KINDS
from projections.views.decisions import decisions
from projections.views.references import Entry, references
from tests.projections.kenya import ACTORS, REPORT, SECRET, asking, make

SEC: dict[str, Any] = {"actor": "sec"}


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with make(tmp_path) as made:
        yield made


def decided(record: Record) -> None:
    """A proposal of three items about Kenya's matrix, circulated and taken in two meetings, and what followed."""
    record.submit(c.SealRevision(id="seal-2", state="KEN", revision=2, **SEC))
    sealed = [e for e in record.recorded() if e.header.type == "matrix.revision-sealed"][-1].body
    approve = ProposedItem(number=1, text="approve", rests_on=(sealed.manifest,))  # type: ignore[attr-defined]
    others = (ProposedItem(number=2, text="note", rests_on=(sha256(SECRET),)), ProposedItem(number=3, text="publish"))
    record.submit(Propose(id="propose", decision="2020-1", title="Kenya", items=(approve, *others), **SEC))
    sent = (sha256(REPORT), sealed.manifest, "0" * 64)  # type: ignore[attr-defined]
    record.submit(Circulate(id="send", decision="2020-1", recipients=("member",), documents=sent, **SEC))
    record.submit(Adopt(id="adopt", actor="chair", decision="2020-1", meeting="first", items=(1,)))
    refused: dict[str, Any] = {"items": (3,), "reason": "no consensus"}
    record.submit(DoNotAdopt(id="refuse", actor="chair", decision="2020-1", meeting="second", **refused))
    record.submit(c.ApproveMatrix(id="approve-2", state="KEN", revision=2, decision="2020-1", **SEC))


def shown(record: Record, name: str = "2020-1", actor: str = "sec", **asked: Any) -> DecisionView:
    return decision(asking(record, actor, **asked), facts_of(record, replay=True), name)


def test_a_decision_is_told_with_its_items_what_was_circulated_and_how_it_was_taken(record: Record) -> None:
    decided(record)
    found = shown(record)
    assert [(each.number, each.outcome) for each in found.items] == [(1, "adopted"), (2, None), (3, "not adopted")]
    assert [each.what for item in found.items for each in item.rests_on] == ["KEN/2", "ken-secret"]
    (sent,) = found.circulations
    assert sent.recipients == ("member",)
    assert [(each.kind, each.what) for each in sent.documents] == [
        ("document", "ken-2013"),
        ("manifest", "KEN/2"),
        (None, None),
    ]
    assert [(each.outcome, each.items, each.meeting, each.reason) for each in found.outcomes] == [
        ("adopted", (1,), "first", None),
        ("not adopted", (3,), "second", "no consensus"),
    ]
    assert [(each.what, each.about, each.item) for each in found.resting] == [("approved", "KEN/2", 1)]


def test_what_rests_on_a_decision_of_which_nothing_is_left_is_told_all_the_same(record: Record) -> None:
    (line,) = decisions(asking(record)).decisions
    assert (line.decision, line.title, line.proposed, line.items) == ("2013-1", None, None, 0)
    found = shown(record, "2013-1")
    assert (found.proposed, [each.about for each in found.resting]) == (None, ["KEN/1"])
    with pytest.raises(NotFound, match="no decision '2013-2'"):
        shown(record, "2013-2")
    with pytest.raises(NotFound):
        shown(record, "2013-1", as_of="2013-08-31")


def test_an_authority_to_correct_is_told_with_what_was_done_on_it(record: Record) -> None:
    given: dict[str, Any] = {"decision": "put-right", "reason": "seen"}
    record.submit(AuthoriseCorrection(id="allow", actor="sec2", target="first#3", **given))
    (before,) = shown(record, "put-right").authorities
    assert (before.target_type, before.target_stream, before.used_by) == ("matrix.cell-assessed", "matrix/KEN/1", ())
    correction = Correct(
        id="done", actor="sec", target="first#3", reason="typing error", changes={"note": "x"}, causation="allow#0"
    )
    record.submit(correction)
    assert shown(record, "put-right").authorities[0].used_by == (record.last_position,)
    assert shown(record, "put-right", recorded_by=str(record.last_position - 1)).authorities[0].used_by == ()


def test_an_adoption_recorded_in_error_leaves_its_item_open(record: Record) -> None:
    record.submit(Propose(id="p", decision="d", title="t", items=(ProposedItem(number=1, text="note"),), **SEC))
    record.submit(Adopt(id="a", actor="chair", decision="d", meeting="m"))
    assert shown(record, "d").items[0].outcome == "adopted"
    record.submit(MarkInError(id="v", target="a#0", reason="another meeting", **SEC))
    assert shown(record, "d").items[0].outcome is None
    (line,) = [each for each in decisions(asking(record)).decisions if each.decision == "d"]
    assert (line.adopted, line.meetings) == ((), ())


def test_decisions_are_the_committees_and_restricted_documents_are_named_to_none_else(record: Record) -> None:
    decided(record)
    for actor in ACTORS:
        found = decisions(asking(record, actor))
        assert bool(found.decisions) == (actor not in {"kenya", "france", "someone"}), actor
        assert bool(found.withheld) != bool(found.decisions)
        one = shown(record, actor=actor)
        assert bool(one.items) == bool(found.decisions)
    (secret,) = shown(record, actor="member").items[1].rests_on
    assert (secret.what, secret.withheld) == (("ken-secret", False) if member_reads(record) else (None, True))


def member_reads(record: Record) -> bool:
    registered = next(e for e in record.recorded() if e.header.stream == "document/ken-secret")
    return "committee" in registered.header.audience


def entries(record: Record, kind: str, actor: str = "sec", **asked: Any) -> dict[str, Entry]:
    return {each.name: each for each in references(asking(record, actor, **asked), kind).listed}


def test_states_are_listed_under_their_names_as_known_at_a_date(record: Record) -> None:
    record.submit(RenameState(id="rename", state="TUR", name="Another name", name_fr="Un autre nom", **SEC))
    assert entries(record, "states")["TUR"].told["name"] == "Another name"
    before = str(record.last_position - 1)
    assert entries(record, "states", recorded_by=before)["TUR"].told["name"] != "Another name"
    assert len(entries(record, "states", "someone")) == 193


def test_actors_are_listed_with_the_roles_that_they_hold_on_the_day(record: Record) -> None:
    assert entries(record, "actors")["kenya"].told["roles"] == "state:KEN"
    record.submit(GrantRole(id="also", to="kenya", granted_role="expert", valid_to="2000-01-01", **SEC))
    record.submit(WithdrawRole(id="left", of="kenya", withdrawn_role="state", scope="KEN", reason="left", **SEC))
    assert entries(record, "actors")["kenya"].told["roles"] == ""
    hidden = references(asking(record, "expert"), "actors")
    assert (hidden.listed, hidden.withheld > 0) == ((), True)


def test_every_kind_is_listed_and_another_is_refused_by_name(record: Record) -> None:
    listed = {kind: len(references(asking(record), kind).listed) for kind in KINDS}
    assert {kind for kind, count in listed.items() if count} >= {
        "states", "templates", "mappings", "actors", "exchanges", "consents", "publications", "batches", "types"
    }  # fmt: skip
    assert entries(record, "publications")["KEN/1"].told["what"] == "published"
    assert entries(record, "consents")["KEN"].told["scope"] == "publish"
    assert entries(record, "batches")["history"].told["source"] == "a test"
    with pytest.raises(MalformedInput, match="nothing is listed as 'state'"):
        references(asking(record), "state")


def test_who_may_not_read_an_act_finds_it_withheld_in_its_list(record: Record) -> None:
    for kind, readers in {
        "publications": set(ACTORS),
        "exchanges": set(ACTORS) - {"france", "someone"},
        "consents": set(ACTORS) - {"france", "someone"},
        "batches": {"sec", "sec2", "auditor"},
    }.items():
        for actor in ACTORS:
            found = references(asking(record, actor), kind)
            assert (len(found.listed), found.withheld) == ((1, 0) if actor in readers else (0, 1)), (kind, actor)
