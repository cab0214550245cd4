"""Erasing a person: on authority, never under a hold, and never undone."""

from typing import Any

import pytest

from domain.contact.commands import EndContact, EraseContact
from domain.contact.proposing import Erased
from domain.decision import NotDecided
from domain.holds import LiftHold, OnHold, PlaceHold, running
from domain.refusals import Conflict, MalformedInput, NotFound, NotPermitted
from domain.striking import CannotBeStruck
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.contact.test_contacts import confirms, known, proposes

DOCUMENT = "paper-1"


@pytest.fixture
def committee() -> Committee:
    """A contact of Kenya was confirmed on 2 May 2012."""
    committee = Committee().on("2012-05-02")
    proposes(committee)
    confirms(committee)
    return committee


def holds(committee: Committee) -> None:
    covers = ("contact/c-1",)
    committee.one(
        PlaceHold, hold="inquiry", covers=covers, file_class="contacts", reason="an inquiry", document=DOCUMENT
    )


def test_a_person_is_erased_on_the_authority_of_a_document(committee: Committee) -> None:
    erased = committee.one(EraseContact, contact="c-1", reason="the person asks for it", document=DOCUMENT)
    assert erased.header.audience == ("committee", "expert", "secretariat", "state:KEN")
    assert known(committee).erased == erased


def test_an_erasure_names_one_authority_that_is_on_record(committee: Committee) -> None:
    with pytest.raises(MalformedInput, match="one authority is named"):
        committee.one(EraseContact, contact="c-1", reason="why")
    with pytest.raises(NotFound, match="document letter-9 is not on record"):
        committee.one(EraseContact, contact="c-1", reason="why", document="letter-9")
    with pytest.raises(NotDecided, match="decision d-1 is not adopted"):
        committee.one(EraseContact, contact="c-1", reason="why", decision="d-1")
    with pytest.raises(NotPermitted):
        committee.one(EraseContact, contact="c-1", reason="why", document=DOCUMENT, actor="chair")


def test_nobody_is_erased_while_a_hold_runs(committee: Committee) -> None:
    holds(committee)
    with pytest.raises(OnHold, match="hold inquiry covers contact/c-1: an inquiry"):
        committee.one(EraseContact, contact="c-1", reason="why", document=DOCUMENT)
    committee.one(LiftHold, hold="inquiry", reason="it is over", document=DOCUMENT)
    committee.one(EraseContact, contact="c-1", reason="why", document=DOCUMENT)


def test_a_person_is_erased_here_and_now_once_and_for_ever(committee: Committee) -> None:
    with pytest.raises(Conflict, match="here and now"):
        committee.one(EraseContact, contact="c-1", reason="why", document=DOCUMENT, known="2012-05-01")
    with pytest.raises(Conflict, match="here and now"):
        committee.one(EraseContact, committee.imports(), contact="c-1", reason="why", document=DOCUMENT)
    erased = committee.one(EraseContact, contact="c-1", reason="why", document=DOCUMENT)
    with pytest.raises(CannotBeStruck, match=r"contact\.erased cannot be struck"):
        committee.voids(erased)
    with pytest.raises(Erased, match="contact c-1 was erased, by event"):
        committee.one(EraseContact, contact="c-1", reason="why", document=DOCUMENT)
    with pytest.raises(Erased, match="contact c-1 was erased"):
        proposes(committee)
    with pytest.raises(Erased, match="contact c-1 was erased"):
        committee.one(EndContact, contact="c-1", valid_to="2012-06-01", ending="left")


def test_the_authority_of_an_erasure_is_not_struck(committee: Committee) -> None:
    registered = next(each for each in committee.record.events if each.header.stream == f"document/{DOCUMENT}")
    committee.one(EraseContact, contact="c-1", reason="why", document=DOCUMENT)
    with pytest.raises(RestsOnIt, match=r"rests on document paper-1"):
        committee.voids(registered)


def test_a_hold_covers_streams_that_there_are_and_has_a_name_of_its_own(committee: Committee) -> None:
    said: dict[str, Any] = {"file_class": "contacts", "reason": "an inquiry", "document": DOCUMENT}
    with pytest.raises(NotFound, match="there is no stream contact/c-9"):
        committee.one(PlaceHold, hold="inquiry", covers=("contact/c-9",), **said)
    with pytest.raises(MalformedInput, match="one stream at least"):
        committee.one(PlaceHold, hold="inquiry", covers=(), **said)
    holds(committee)
    with pytest.raises(Conflict, match="hold inquiry is on record already"):
        holds(committee)
    with pytest.raises(NotFound, match="no hold other runs"):
        committee.one(LiftHold, hold="other", reason="why", document=DOCUMENT)


def test_a_hold_ends_on_authority_alone_and_a_lift_in_error_lets_it_run_on(committee: Committee) -> None:
    holds(committee)
    placed = committee.record.events[-1]
    with pytest.raises(CannotBeStruck, match=r"record\.hold-placed cannot be struck"):
        committee.voids(placed)
    with pytest.raises(CannotBeStruck):
        committee.corrects(placed, {"covers": ["document/other"]})
    lifted = committee.one(LiftHold, hold="inquiry", reason="it is over", document=DOCUMENT)
    committee.voids(lifted)
    assert [each.hold for each in running(committee.record.history("record/holds").standing())] == ["inquiry"]


def test_a_hold_is_placed_here_and_now(committee: Committee) -> None:
    with pytest.raises(Conflict, match="here and now"):
        committee.one(
            PlaceHold,
            committee.imports(),
            hold="inquiry",
            covers=("contact/c-1",),
            file_class="contacts",
            reason="an inquiry",
            document=DOCUMENT,
        )
