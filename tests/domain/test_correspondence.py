"""The register of correspondence: letters in and out, what is awaited from whom, who holds the next step."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.correspondence.awaiting import Awaited, Registered, asked_of_us, awaited, letters, next_steps
from domain.correspondence.handling import CirculateLetter, CloseLetter, HandOnLetter, LetterIsClosed
from domain.correspondence.letters import LetterReceived, ReceiveLetter, SendLetter
from domain.deciding import KnownInTheFuture
from domain.organization.registering import RegisterOrganization
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.foundations import registers

OF_KENYA = ("committee", "expert", "secretariat", "state:KEN")
NOTE = "2012/1"


@pytest.fixture
def committee() -> Committee:
    """On 1 March 2012 nothing is in the register."""
    return Committee().on("2012-03-01")


def sends(committee: Committee, letter: str = NOTE, **members: Any) -> Recorded:
    about: dict[str, Any] = {"addressees": ("state:KEN",), "title": "Draft matrix", "dated": "2012-02-01"}
    return committee.one(SendLetter, letter=letter, **about | members)


def receives(committee: Committee, letter: str = "2012/2", **members: Any) -> Recorded:
    about: dict[str, Any] = {"sender": "state:KEN", "title": "Comments", "received": "2012-02-20"}
    return committee.one(ReceiveLetter, letter=letter, **about | members)


def register(committee: Committee) -> Sequence[Registered]:
    streams = {each.header.stream for each in committee.record.events}
    found = [
        event
        for stream in sorted(streams)
        if stream.startswith("correspondence/")
        for event in committee.record.history(stream).standing()
    ]
    return letters(sorted(found, key=lambda event: (event.header.known_at, event.position)))


def test_a_letter_is_known_when_it_was_received_and_is_for_its_state_to_see(committee: Committee) -> None:
    received = receives(committee, dated="2012-02-17", their_reference="152/20")
    assert isinstance(received.body, LetterReceived)
    assert (received.header.stream, received.header.audience) == ("correspondence/2012/2", OF_KENYA)
    assert received.header.known_at == received.body.received_at == "2012-02-21T04:59:59.999999Z"


def test_a_number_that_is_taken_is_refused_with_the_next_that_is_free(committee: Committee) -> None:
    for number in ("2012/2", "2012/3"):
        receives(committee, number)
    with pytest.raises(Conflict) as refused:
        receives(committee, "2012/2")
    assert refused.value.remedy == "2012/4 is the next that is free"


def test_a_note_to_several_states_is_the_committees_alone(committee: Committee) -> None:
    committee.registers("FRA")
    assert sends(committee, addressees=("state:KEN", "state:FRA")).header.audience == OF_KENYA[:3]


@pytest.mark.parametrize(
    ("members", "refusal", "where"),
    [
        ({"letter": "2011/9"}, MalformedInput, "letter"),
        ({"dated": "2012-02-21"}, MalformedInput, "dated"),
        ({"dated": "2012-02-10", "reply_by": "2012-02-01"}, MalformedInput, "reply_by"),
        ({"received": "2012-04-01"}, KnownInTheFuture, "received"),
        ({"sender": "state:XXX"}, NotFound, "sender"),
        ({"sender": "organization:wco"}, NotFound, "sender"),
        ({"sender": "sector:gossips"}, MalformedInput, "sender"),
        ({"documents": ("none",)}, NotFound, "documents"),
        ({"answers": "2012/7"}, NotFound, "answers"),
    ],
)
def test_a_letter_received_is_refused_with_what_is_wrong_in_it(
    committee: Committee, members: dict[str, Any], refusal: Any, where: str
) -> None:
    with pytest.raises(refusal) as refused:
        receives(committee, **{"letter": "2012/2"} | members)
    assert refused.value.where == where


@pytest.mark.parametrize(
    ("members", "where"),
    [
        ({"addressees": ()}, "addressees"),
        ({"addressees": ("state:KEN", "state:KEN")}, "addressees"),
        ({"letter": "2013/1"}, "letter"),
        ({"dated": "2012-02-30"}, "dated"),
    ],
)
def test_a_letter_sent_is_refused_with_what_is_wrong_in_it(
    committee: Committee, members: dict[str, Any], where: str
) -> None:
    with pytest.raises(MalformedInput) as refused:
        sends(committee, **{"letter": NOTE} | members)
    assert refused.value.where == where


def test_a_number_is_given_once_and_free_again_where_it_was_in_error(committee: Committee) -> None:
    first = sends(committee)
    with pytest.raises(Conflict):
        receives(committee, NOTE)
    committee.voids(first)
    receives(committee, NOTE)


def test_an_answer_goes_the_other_way(committee: Committee) -> None:
    sends(committee)
    with pytest.raises(MalformedInput, match="the same way"):
        sends(committee, "2012/3", answers=NOTE)
    receives(committee, answers=NOTE)


def test_a_reply_is_awaited_since_the_letter_until_it_comes_or_needs_none(committee: Committee) -> None:
    committee.registers("FRA")
    sends(committee, addressees=("state:KEN", "state:FRA"), reply_by="2012-02-15")
    sends(committee, "2012/3")
    kenya, france = (
        Awaited(letter=NOTE, party=party, since="2012-02-01", reply_by="2012-02-15")
        for party in ("state:KEN", "state:FRA")
    )
    assert list(awaited(register(committee))) == [kenya, france]
    receives(committee, answers=NOTE)
    assert list(awaited(register(committee))) == [france]
    committee.one(CloseLetter, letter=NOTE, reason="France wrote by telephone")
    assert list(awaited(register(committee))) == []


def test_the_committee_too_is_asked_for_replies(committee: Committee) -> None:
    receives(committee, reply_by="2012-02-27")
    asked = Awaited(letter="2012/2", party="state:KEN", since="2012-02-20", reply_by="2012-02-27")
    assert list(asked_of_us(register(committee))) == [asked]
    sends(committee, "2012/3", dated="2012-02-29", answers="2012/2")
    assert list(asked_of_us(register(committee))) == []


def test_the_next_step_is_of_whom_the_letter_was_handed_on_to_last(committee: Committee) -> None:
    receives(committee)
    committee.one(CirculateLetter, letter="2012/2", recipients=("member", "expert"))
    for holder in ("expert", "chair"):
        committee.one(HandOnLetter, letter="2012/2", holder=holder, next_step="answer", due="2012-03-15")
    assert [step.holder for step in next_steps(register(committee))] == ["chair"]
    assert register(committee)[0].circulated == ("expert", "member")
    committee.one(CloseLetter, letter="2012/2", reason="no answer needed")
    assert list(next_steps(register(committee))) == []


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        (CirculateLetter, {"recipients": ("state",)}),
        (CirculateLetter, {"recipients": ("member", "member")}),
        (CirculateLetter, {"recipients": ()}),
        (HandOnLetter, {"holder": "public", "next_step": ""}),
        (HandOnLetter, {"holder": "chair", "next_step": "", "due": "2012-13-01"}),
    ],
)
def test_letters_go_to_roles_of_the_committee(committee: Committee, kind: Any, members: dict[str, Any]) -> None:
    receives(committee)
    with pytest.raises(MalformedInput):
        committee.one(kind, letter="2012/2", **members)


def test_on_a_closed_letter_there_is_no_next_step_unless_history_enters_late(committee: Committee) -> None:
    receives(committee)
    with pytest.raises(NotFound):
        committee.one(CloseLetter, letter="2012/9", reason="")
    closed = committee.one(CloseLetter, letter="2012/2", reason="answered", known="2012-02-25")
    handed: dict[str, Any] = {"letter": "2012/2", "holder": "expert", "next_step": "read"}
    with pytest.raises(LetterIsClosed, match=closed.id):
        committee.one(HandOnLetter, **handed, known="2012-02-22")
    with pytest.raises(LetterIsClosed):
        committee.one(CloseLetter, letter="2012/2", reason="again")
    committee.one(HandOnLetter, committee.imports(), **handed, known="2012-02-22")


def test_a_letter_stands_while_something_rests_on_it(committee: Committee) -> None:
    registers(committee)
    note = sends(committee, documents=("report-1",))
    answer = receives(committee, answers=NOTE)
    with pytest.raises(RestsOnIt, match=answer.id):
        committee.voids(note)
    closed = committee.one(CloseLetter, letter="2012/2", reason="answered")
    with pytest.raises(RestsOnIt, match=closed.id):
        committee.voids(answer)


def test_a_corrected_letter_satisfies_the_rules_of_its_entry(committee: Committee) -> None:
    received = receives(committee)
    with pytest.raises(NotFound):
        committee.corrects(received, {"sender": "state:XXX"})
    corrected = committee.corrects(received, {"received_at": "2012-02-21T12:00:00.000000Z"})
    assert corrected.header.known_at == "2012-02-21T12:00:00.000000Z"


def test_an_organization_that_wrote_stays_on_record(committee: Committee) -> None:
    about: dict[str, Any] = {"kind": "international", "title": "", "title_fr": ""}
    organization = committee.one(RegisterOrganization, organization="wco", **about)
    letter = receives(committee, sender="organization:wco")
    with pytest.raises(RestsOnIt, match=letter.id):
        committee.voids(organization)


@given(st.permutations(range(4)))
def test_what_is_awaited_does_not_depend_on_the_order_in_which_letters_became_known(order: list[int]) -> None:
    committee = Committee().on("2012-03-01")
    sends(committee, reply_by="2012-02-15")
    receives(committee, answers=NOTE)
    sends(committee, "2012/3", reply_by="2012-02-15")
    committee.one(CirculateLetter, letter="2012/3", recipients=("member",))
    found = committee.record.events[-4:]
    shuffled = letters(found[place] for place in order)
    assert [each.letter for each in awaited(shuffled)] == ["2012/3"]
    assert {each.entry.letter: each.circulated for each in shuffled}["2012/3"] == ("member",)
