"""Treaties: given one on record, when a State acts by it, then an event and its status on any day, or a refusal."""

from itertools import permutations
from typing import Any

import pytest

from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.treaty import (
    NoSource,
    RecordTreatyAction,
    RegisterTreaty,
    TreatyActionTaken,
    TreatyRegistered,
    WrongOrder,
    status,
)
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.foundations import registers


@pytest.fixture
def committee() -> Committee:
    """On 2 January 2012 a treaty and a notice of its depositary are on record."""
    committee = Committee()
    registers(committee)
    treaty(committee)
    return committee


def treaty(committee: Committee, within: Recorded | None = None, **members: Any) -> Recorded:
    said: dict[str, Any] = {"treaty": "cwc", "name": "Convention", "name_fr": "Convention", "opened_on": "1993-01-13"}
    return committee.one(RegisterTreaty, within, **said | members)


def acts(committee: Committee, action: str, day: str, within: Recorded | None = None, **members: Any) -> Recorded:
    said: dict[str, Any] = {"treaty": "cwc", "state": "KEN", "document": "report-1"}
    return committee.one(RecordTreatyAction, within, action=action, day=day, **said | members)


def on(committee: Committee, day: str) -> str:
    return status(committee.record.history("treaty/cwc").standing(), "KEN", day)


def test_a_treaty_is_registered_once_for_everybody_to_read(committee: Committee) -> None:
    (event,) = committee.record.history("treaty/cwc").standing()
    assert event.body == TreatyRegistered(
        treaty="cwc",
        name="Convention",
        name_fr="Convention",
        opened_on="1993-01-13",
        in_force_from=None,
        documents=(),
    )
    assert event.header.audience == ("public",)
    with pytest.raises(Conflict):
        treaty(committee)


def test_a_state_signs_ratifies_is_a_party_and_withdraws_and_is_shown_so_on_each_day(committee: Committee) -> None:
    event = acts(committee, "signature", "1993-01-15")
    assert event.body == TreatyActionTaken(
        treaty="cwc", state="KEN", action="signature", day="1993-01-15", document_id="report-1", note=""
    )
    acts(committee, "ratification", "1997-04-25")
    acts(committee, "entry-into-force", "1997-05-25")
    acts(committee, "withdrawal", "2009-01-01")
    days = ("1993-01-14", "1993-01-15", "1997-04-25", "1997-05-25", "2008-12-31", "2009-01-01")
    assert [on(committee, day) for day in days] == ["none", "signed", "bound", "party", "party", "withdrawn"]
    assert status(committee.record.history("treaty/cwc").standing(), "FRA", "2012-01-01") == "none"


@pytest.mark.parametrize("action", ["ratification", "entry-into-force", "withdrawal"])
def test_what_follows_from_another_act_is_not_the_first(committee: Committee, action: str) -> None:
    with pytest.raises(WrongOrder, match=f"no {action} on 1997-04-25"):
        acts(committee, action, "1997-04-25")


def test_what_is_done_once_is_not_done_twice(committee: Committee) -> None:
    acts(committee, "accession", "1997-04-25")
    for action in ("accession", "signature", "succession"):
        with pytest.raises(WrongOrder):
            acts(committee, action, "1998-01-01")


def test_an_act_entered_later_does_not_take_the_ground_from_one_that_follows(committee: Committee) -> None:
    acts(committee, "signature", "1993-01-15")
    acts(committee, "ratification", "1997-04-25")
    with pytest.raises(WrongOrder, match="no ratification on 1997-04-25"):
        acts(committee, "acceptance", "1994-01-01")


def test_a_source_says_what_a_state_did(committee: Committee) -> None:
    with pytest.raises(NoSource):
        acts(committee, "signature", "1993-01-15", document=None)
    with pytest.raises(NotFound):
        acts(committee, "signature", "1993-01-15", document="never")
    with pytest.raises(NotFound):
        acts(committee, "signature", "1993-01-15", treaty="never")
    with pytest.raises(NotFound):
        acts(committee, "signature", "1993-01-15", state="XXX")
    with pytest.raises(MalformedInput, match="no action by a treaty"):
        acts(committee, "applause", "1993-01-15")


def test_nobody_signs_before_the_treaty_was_opened(committee: Committee) -> None:
    with pytest.raises(MalformedInput, match="opened on 1993-01-13 only"):
        acts(committee, "signature", "1993-01-12")
    acts(committee, "signature", "1993-01-13")
    (registered, _) = committee.record.history("treaty/cwc").standing()
    with pytest.raises(MalformedInput, match="opened on 1993-02-01 only"):
        committee.corrects(registered, {"opened_on": "1993-02-01"})
    with pytest.raises(MalformedInput, match="opened on"):
        treaty(committee, treaty="other", in_force_from="1990-01-01")


def test_a_day_put_right_keeps_the_order(committee: Committee) -> None:
    signed = acts(committee, "signature", "1993-01-15")
    ratified = acts(committee, "ratification", "1997-04-25")
    with pytest.raises(WrongOrder):
        committee.corrects(signed, {"day": "1998-01-01"})
    with pytest.raises(RestsOnIt, match=ratified.id):
        committee.voids(signed)
    committee.corrects(signed, {"day": "1997-04-25"})
    assert on(committee, "1997-04-25") == "bound"


def test_what_binds_a_state_holds_what_follows(committee: Committee) -> None:
    bond = acts(committee, "accession", "1997-04-25")
    party = acts(committee, "entry-into-force", "1997-05-25")
    with pytest.raises(RestsOnIt, match=party.id):
        committee.voids(bond)
    committee.voids(party)
    committee.voids(bond)


def test_late_history_is_the_same_in_whatever_order_it_is_entered(committee: Committee) -> None:
    history = (("signature", "1993-01-15"), ("ratification", "1997-04-25"), ("entry-into-force", "1997-05-25"))
    days = ("1993-01-15", "1997-04-25", "1997-05-25")
    for number, order in enumerate(permutations(history)):
        name = f"treaty-{number}"
        batch = committee.imports(f"batch-{number}")
        treaty(committee, batch, treaty=name, known="1999")
        for action, day in order:
            acts(committee, action, day, batch, treaty=name, document=None, known="1999")
        standing = committee.record.history(f"treaty/{name}").standing()
        assert [status(standing, "KEN", day) for day in days] == ["signed", "bound", "party"]
