"""Who presides: given members, when offices are held and left, then who may sign and close, or a refusal."""

from typing import Any

import pytest

from domain.committee.groups import AlreadyEstablished, CloseGroup, EstablishGroup, groups
from domain.committee.members import SeatMember
from domain.committee.offices import (
    ChairVacant,
    HoldOffice,
    LeaveOffice,
    NotAMember,
    OfficeHeld,
    OfficeTaken,
    offices,
    presiding,
)
from domain.decision import Adopt, DoNotAdopt, NotDecided, Propose, ProposedItem
from domain.programme import TransmitProgramme
from domain.recorded import Recorded
from domain.refusals import MalformedInput, NotFound
from domain.undermining import RestsOnIt
from tests.committee import Committee


@pytest.fixture
def committee() -> Committee:
    """On 2 January 2012 Kenya and Uganda are members of the Committee, until the end of 2013 and 2012."""
    committee = Committee()
    committee.registers("UGA")
    for state, last in (("KEN", "2013-12-31"), ("UGA", "2012-12-31")):
        committee.one(SeatMember, state=state, valid_from="2011-01-01", valid_to=last)
    return committee


def hold(committee: Committee, office: str, state: str, first: str, last: str | None, **members: Any) -> Recorded:
    return committee.one(HoldOffice, office=office, state=state, valid_from=first, valid_to=last, **members)


def leave(committee: Committee, office: str, state: str, last: str, **members: Any) -> Recorded:
    return committee.one(LeaveOffice, office=office, state=state, valid_to=last, reason="recalled", **members)


def presides(committee: Committee, day: str) -> str | None:
    found = presiding(committee.record.history("committee/offices").standing(), day)
    return None if found is None else found.state


def test_a_member_holds_the_chair_for_a_year(committee: Committee) -> None:
    event = hold(committee, "chair", "KEN", "2012-01-01", "2012-12-31")
    assert event.body == OfficeHeld(
        office="chair", group=None, state="KEN", valid_from="2012-01-01", valid_to="2012-12-31"
    )
    assert [presides(committee, day) for day in ("2011-12-31", "2012-01-01", "2012-12-31", "2013-01-01")] == [
        None,
        "KEN",
        "KEN",
        None,
    ]


def test_the_chair_is_held_by_one_member_at_a_time(committee: Committee) -> None:
    hold(committee, "chair", "KEN", "2012-01-01", "2012-12-31")
    with pytest.raises(OfficeTaken, match="KEN holds this office from 2012-01-01 to 2012-12-31"):
        hold(committee, "chair", "UGA", "2012-12-31", "2012-12-31")


def test_there_are_several_vice_chairs_each_once(committee: Committee) -> None:
    hold(committee, "vice-chair", "KEN", "2012-01-01", "2012-12-31")
    hold(committee, "vice-chair", "UGA", "2012-01-01", "2012-12-31")
    with pytest.raises(OfficeTaken):
        hold(committee, "vice-chair", "UGA", "2012-06-01", None)


def test_an_office_ends_with_the_membership_at_the_latest(committee: Committee) -> None:
    with pytest.raises(NotAMember, match="UGA is no member of the Committee on 2013-01-31"):
        hold(committee, "chair", "UGA", "2012-01-01", "2013-01-31")


def test_who_leaves_the_chair_makes_it_free(committee: Committee) -> None:
    hold(committee, "chair", "KEN", "2012-01-01", "2012-12-31")
    leave(committee, "chair", "KEN", "2012-03-31")
    hold(committee, "chair", "UGA", "2012-04-01", "2012-12-31")
    assert [presides(committee, day) for day in ("2012-03-31", "2012-04-01")] == ["KEN", "UGA"]


def test_nobody_leaves_an_office_that_they_do_not_hold(committee: Committee) -> None:
    hold(committee, "chair", "KEN", "2012-01-01", "2012-12-31")
    for office, state, last in (("chair", "UGA", "2012-03-31"), ("chair", "KEN", "2013-03-31")):
        with pytest.raises(NotFound, match="does not hold this office"):
            leave(committee, office, state, last)


def test_an_office_left_stays_on_record_while_its_leaving_does(committee: Committee) -> None:
    held = hold(committee, "chair", "KEN", "2012-01-01", "2012-12-31")
    left = leave(committee, "chair", "KEN", "2012-03-31")
    with pytest.raises(RestsOnIt, match="rests on the office of chair held by KEN"):
        committee.voids(held)
    committee.voids(left)
    committee.voids(held)
    assert offices(committee.record.history("committee/offices").standing()) == ()


# Signing and closing


def adopt(committee: Committee, decision: str = "report") -> Recorded:
    item = ProposedItem(number=1, text="adopt the report")
    committee.one(Propose, decision=decision, title="Report", items=(item,))
    return committee.one(Adopt, decision=decision, meeting="m", actor="chair")


def test_while_the_chair_is_vacant_nothing_is_adopted_closed_or_transmitted(committee: Committee) -> None:
    hold(committee, "chair", "KEN", "2011-01-01", "2011-12-31")
    with pytest.raises(ChairVacant, match="vacant on 2012-01-02"):
        adopt(committee)
    with pytest.raises(ChairVacant):
        committee.one(DoNotAdopt, decision="report", meeting="m", reason="no consensus", actor="chair")
    with pytest.raises(ChairVacant):
        committee.one(TransmitProgramme, programme=12)


def test_an_acting_chair_lets_the_work_go_on(committee: Committee) -> None:
    hold(committee, "chair", "KEN", "2011-01-01", "2011-12-31")
    hold(committee, "acting-chair", "UGA", "2012-01-01", "2012-01-31")
    assert adopt(committee).header.type == "decision.adopted"
    assert presides(committee, "2012-01-02") == "UGA"


def test_a_record_that_never_named_a_chair_knows_of_no_vacancy(committee: Committee) -> None:
    assert adopt(committee).header.type == "decision.adopted"


def test_late_history_is_signed_by_nobody_today(committee: Committee) -> None:
    hold(committee, "chair", "KEN", "2012-01-01", "2012-12-31")
    item = ProposedItem(number=1, text="adopt the report of 2009")
    batch = committee.imports()
    committee.one(Propose, batch, decision="old", title="Report", items=(item,), known="2009-05-01")
    assert (
        committee.one(Adopt, batch, decision="old", meeting="m", known="2009-05-02").header.type == "decision.adopted"
    )


# Working groups


def establish(committee: Committee, group: str = "assistance", **members: Any) -> Recorded:
    said: dict[str, Any] = {"title": "Assistance", "title_fr": "Assistance", "valid_from": "2011-06-17"}
    return committee.one(EstablishGroup, group=group, **said | members)


def test_a_working_group_is_chaired_by_one_member_at_a_time(committee: Committee) -> None:
    establish(committee)
    establish(committee, "monitoring")
    hold(committee, "group-chair", "KEN", "2012-01-01", "2012-12-31", group="assistance")
    hold(committee, "group-chair", "KEN", "2012-01-01", "2012-12-31", group="monitoring")
    with pytest.raises(OfficeTaken):
        hold(committee, "group-chair", "UGA", "2012-06-01", "2012-12-31", group="assistance")


def test_the_chair_of_a_group_names_one_that_there_is(committee: Committee) -> None:
    with pytest.raises(MalformedInput, match="names the group"):
        hold(committee, "group-chair", "KEN", "2012-01-01", "2012-12-31")
    with pytest.raises(NotFound, match="there is no working group assistance on 2012-01-01"):
        hold(committee, "group-chair", "KEN", "2012-01-01", "2012-12-31", group="assistance")


def test_a_working_group_is_established_once_until_it_is_closed(committee: Committee) -> None:
    establish(committee)
    with pytest.raises(AlreadyEstablished):
        establish(committee, valid_from="2013-06-01")
    committee.one(CloseGroup, group="assistance", valid_to="2012-05-31", reason="end of the programme")
    establish(committee, valid_from="2012-06-01")
    found = groups(committee.record.history("committee/groups").standing())
    assert [(each.valid_from, each.valid_to) for each in found] == [("2011-06-17", "2012-05-31"), ("2012-06-01", None)]


def test_a_group_rests_on_an_adopted_decision_if_it_names_one(committee: Committee) -> None:
    with pytest.raises(NotDecided):
        establish(committee, decision="groups")
    adoption = adopt(committee, "groups")
    establish(committee, decision="groups")
    with pytest.raises(RestsOnIt, match="rests on the adoption of decision groups"):
        committee.voids(adoption)


def test_a_group_that_someone_chairs_is_not_recorded_in_error(committee: Committee) -> None:
    group = establish(committee)
    hold(committee, "group-chair", "KEN", "2012-01-01", "2012-12-31", group="assistance")
    with pytest.raises(RestsOnIt, match="rests on working group assistance"):
        committee.voids(group)
