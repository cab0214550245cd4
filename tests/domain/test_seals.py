"""Seals over the heads of all streams, and changes of the signing key: who gives them, in which order, and for ever."""

from typing import Any

import pytest

from domain.correcting import MarkInError
from domain.log_keys import ChangeKey, LogOpened, OpenNextLog, next_log, opening_statement, statement
from domain.refusals import Conflict, MalformedInput, NotPermitted
from domain.seals import SealHeads
from domain.striking import CannotBeStruck
from tests.committee import Committee

ROOT, LOG = "0" * 64, "example.org/ledger1540/1"
FIRST, SECOND, THIRD = (f"example.org/log+0000000{n}+{'A' * 44}" for n in (1, 2, 3))


@pytest.fixture
def committee() -> Committee:
    return Committee()


def seals(committee: Committee, through: int, **members: Any) -> Any:
    said: dict[str, Any] = {"through": through, "streams": 1, "root": ROOT, "actor": "system"} | members
    return committee.one(SealHeads, **said)


def changes(committee: Committee, from_key: str, to_key: str, **members: Any) -> Any:
    return committee.one(ChangeKey, from_key=from_key, to_key=to_key, note="signed", **members)


def test_the_system_seals_heads_and_nobody_else_does(committee: Committee) -> None:
    for actor in ("sec", "exp"):
        with pytest.raises(NotPermitted):
            seals(committee, 3, actor=actor)
    sealed = seals(committee, 3)
    assert (sealed.header.stream, sealed.header.actor, sealed.header.role) == ("record/seals", "system", "system")
    assert sealed.header.audience == ("public",)


def test_a_seal_goes_further_than_the_last_and_no_further_than_the_record(committee: Committee) -> None:
    last = committee.record.position
    with pytest.raises(MalformedInput, match="not on record"):
        seals(committee, last + 1)
    with pytest.raises(MalformedInput, match="streams"):
        seals(committee, last, streams=last + 1)
    seals(committee, last)
    with pytest.raises(Conflict, match="sealed through position"):
        seals(committee, last)
    seals(committee, last + 1)


def test_a_seal_and_a_change_of_key_are_never_struck(committee: Committee) -> None:
    for event in (seals(committee, 3), changes(committee, FIRST, SECOND)):
        with pytest.raises(CannotBeStruck):
            committee.one(MarkInError, target=event.id, reason="wrong")


def test_a_key_passes_on_from_the_one_in_use_to_one_that_never_was(committee: Committee) -> None:
    with pytest.raises(NotPermitted):
        changes(committee, FIRST, SECOND, actor="exp")
    with pytest.raises(MalformedInput, match="no verifier key"):
        changes(committee, "first", SECOND)
    with pytest.raises(Conflict, match="to itself"):
        changes(committee, FIRST, FIRST)
    changes(committee, FIRST, SECOND)
    with pytest.raises(Conflict, match="key in use"):
        changes(committee, FIRST, THIRD)
    with pytest.raises(Conflict, match="was in use before"):
        changes(committee, SECOND, FIRST)
    changes(committee, SECOND, THIRD)


def opens(committee: Committee, **members: Any) -> Any:
    last = committee.record.position + 12
    said: dict[str, Any] = {
        "from_log": LOG,
        "from_key": FIRST,
        "to_key": SECOND,
        "last": last,
        "checkpoints": ("signed",),
        "note": "signed",
        "authority": "decision 2014/3",
    }
    return committee.one(OpenNextLog, **(said | members))


def test_the_next_log_is_opened_by_the_secretariat_where_more_was_signed_than_is_there(committee: Committee) -> None:
    kept = committee.record.position
    for members, refusal in (
        ({"actor": "exp"}, NotPermitted),
        ({"from_log": "example.org/other/1"}, Conflict),
        ({"last": kept}, Conflict),
        ({"authority": " "}, MalformedInput),
        ({"to_key": "no key"}, MalformedInput),
        ({"to_key": FIRST}, Conflict),
    ):
        with pytest.raises(refusal):
            opens(committee, **members)
    opened = opens(committee)
    assert isinstance(opened.body, LogOpened)
    assert (opened.body.to_log, opened.body.kept, opened.body.last) == (next_log(LOG), kept, kept + 12)
    assert (opened.header.stream, opened.header.audience) == ("record/keys", ("public",))
    with pytest.raises(CannotBeStruck):
        committee.one(MarkInError, target=opened.id, reason="no")
    with pytest.raises(Conflict, match="the key in use is"):
        changes(committee, FIRST, THIRD)
    changes(committee, SECOND, THIRD)


def test_what_is_signed_where_a_log_is_opened_names_both_logs_what_is_kept_and_what_was_signed() -> None:
    said = opening_statement("example.org/log/1", (FIRST, SECOND), 40, 52)
    assert said == f"ledger1540/log-opened/v1\nexample.org/log/1\nexample.org/log/2\n40\n52\n{FIRST}\n{SECOND}\n"


def test_what_both_keys_sign_names_the_log_and_both_keys() -> None:
    assert (
        statement("example.org/log", FIRST, SECOND)
        == f"ledger1540/key-changed/v1\nexample.org/log\n{FIRST}\n{SECOND}\n"
    )
