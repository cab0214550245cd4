"""The roster of expertise and the directories of those who left: given who served, when one is listed or confirmed."""

from datetime import date
from typing import Any

import pytest

from domain.actor import RegisterActor
from domain.committee.directories import (
    ConfirmDirectory,
    DirectoryConfirmed,
    Entry,
    NotFormer,
    confirm_by,
)
from domain.committee.experts import AppointExpert
from domain.committee.members import SeatMember
from domain.committee.roster import AlreadyListed, EndExpertise, ListExpertise, former_experts, roster
from domain.recorded import Recorded
from domain.refusals import MalformedInput, NotFound
from domain.undermining import RestsOnIt
from tests.committee import Committee

KENYAN = Entry(person="person-1", state="KEN")


@pytest.fixture
def committee() -> Committee:
    """On 2 January 2012 an expert has left, another serves, and Kenya was a member until the end of 2011."""
    committee = Committee()
    for name, last in (("expert-1", "2011-12-31"), ("expert-2", "2013-12-31")):
        committee.one(RegisterActor, name=name)
        committee.one(AppointExpert, expert=name, region="Africa", valid_from="2011-05-01", valid_to=last)
    committee.one(SeatMember, state="KEN", valid_from="2010-01-01", valid_to="2011-12-31")
    return committee


def lists(committee: Committee, expert: str = "expert-1", **members: Any) -> Recorded:
    said: dict[str, Any] = {"expertise": ("export control",), "languages": ("en", "fr"), "valid_from": "2012-01-01"}
    return committee.one(ListExpertise, expert=expert, **said | members)


def confirms(committee: Committee, *entries: Entry, directory: str = "former-members", **members: Any) -> Recorded:
    said: dict[str, Any] = {"day": "2012-01-02", "entries": entries}
    return committee.one(ConfirmDirectory, directory=directory, **said | members)


def test_a_former_expert_is_on_the_roster_until_they_leave_it(committee: Committee) -> None:
    event = lists(committee)
    assert event.header.audience == ("committee", "expert", "secretariat")
    with pytest.raises(AlreadyListed):
        lists(committee)
    ended = committee.one(EndExpertise, expert="expert-1", valid_to="2012-06-30", reason="at their own wish")
    (on_it,) = roster(committee.record.history("committee/roster").standing())
    assert on_it.valid_to == "2012-06-30"
    with pytest.raises(RestsOnIt, match=ended.id):
        committee.voids(event)
    lists(committee, valid_from="2012-07-01")
    with pytest.raises(NotFound):
        committee.one(EndExpertise, expert="expert-2", valid_to="2012-06-30", reason="")


def test_the_roster_names_registered_actors_and_their_fields(committee: Committee) -> None:
    with pytest.raises(NotFound, match="actor expert-9 is not registered"):
        lists(committee, "expert-9")
    with pytest.raises(MalformedInput, match="in what somebody is an expert"):
        lists(committee, expertise=())
    listed = lists(committee, valid_to="2012-12-31")
    with pytest.raises(MalformedInput):
        committee.corrects(listed, {"valid_to": "2011-12-31"})
    (registered,) = committee.record.history("actor/expert-1").standing()
    with pytest.raises(RestsOnIt):
        committee.voids(registered)


def test_who_is_a_former_expert_follows_from_the_appointments(committee: Committee) -> None:
    appointed = committee.record.history("committee/experts").standing()
    assert former_experts(appointed, "2011-12-31") == frozenset()
    assert former_experts(appointed, "2012-01-01") == {"expert-1"}
    assert former_experts(appointed, "2014-01-01") == {"expert-1", "expert-2"}


def test_the_network_of_former_members_is_confirmed_and_to_be_confirmed_again(committee: Committee) -> None:
    assert confirm_by((), "former-members") is None
    event = confirms(committee, KENYAN)
    assert event.body == DirectoryConfirmed(
        directory="former-members", day="2012-01-02", entries=(KENYAN,), document_id=None, note=""
    )
    assert event.header.audience == ("secretariat",)
    standing = committee.record.history("committee/directories").standing()
    assert confirm_by(standing, "former-members") == date(2012, 7, 2)
    assert confirm_by(standing, "former-experts") is None


def test_a_directory_of_those_who_left_holds_those_who_left(committee: Committee) -> None:
    committee.registers("FRA")
    committee.one(SeatMember, state="FRA", valid_from="2010-01-01")
    for entry in (Entry(person="person-2", state="FRA"), Entry(person="person-2", state=None)):
        with pytest.raises(NotFormer):
            confirms(committee, entry)
    for entry in (Entry(person="expert-2", state=None), Entry(person="expert-1", state="KEN")):
        with pytest.raises(NotFormer):
            confirms(committee, entry, directory="former-experts")
    confirms(committee, Entry(person="expert-1", state=None), directory="former-experts")


def test_a_directory_is_confirmed_on_a_day_that_has_come_with_everybody_once(committee: Committee) -> None:
    with pytest.raises(MalformedInput, match="is no directory"):
        confirms(committee, KENYAN, directory="friends")
    with pytest.raises(MalformedInput, match="has not come"):
        confirms(committee, KENYAN, day="2012-01-03")
    with pytest.raises(MalformedInput, match="named twice"):
        confirms(committee, KENYAN, KENYAN)
    with pytest.raises(NotFound):
        confirms(committee, Entry(person="person-2", state="XXX"))
    with pytest.raises(NotFound):
        confirms(committee, KENYAN, document="never")
    confirmed = confirms(committee, KENYAN)
    with pytest.raises(NotFormer):
        committee.corrects(confirmed, {"day": "2011-12-31"})


def test_late_history_knows_former_members_whose_terms_are_not_on_record(committee: Committee) -> None:
    committee.registers("FRA")
    batch = committee.imports()
    members: dict[str, Any] = {"day": "2009-01-01", "entries": (Entry(person="person-2", state="FRA"),)}
    committee.one(ConfirmDirectory, batch, directory="former-members", known="2009-01-01", **members)
