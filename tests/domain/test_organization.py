"""Organizations: encouraged to designate points of contact, spoken with, worked with towards objectives."""

from typing import Any

import pytest

from domain.access import reader
from domain.decision import NotDecided
from domain.organization.contact_point import (
    AskContactPoint,
    ConfirmContactPoint,
    ContactPoint,
    DesignateContactPoint,
    contact_point,
)
from domain.organization.dialogue import LogDialogue
from domain.organization.objectives import AppraiseObjective, SetObjective
from domain.organization.registering import RegisterOrganization
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.foundations import adopts, decided, registers


@pytest.fixture
def committee() -> Committee:
    """The World Customs Organization is on record, and a letter."""
    committee = Committee()
    registers(committee)
    organization(committee)
    return committee


def organization(committee: Committee, name: str = "wco", **members: Any) -> Recorded:
    about: dict[str, Any] = {"kind": "international", "title": "World Customs Organization", "title_fr": "OMD"}
    return committee.one(RegisterOrganization, organization=name, **about | members)


def designates(committee: Committee, dated: str = "2011-12-01", **members: Any) -> Recorded:
    return committee.one(DesignateContactPoint, organization="wco", dated=dated, **members)


def stands(committee: Committee) -> ContactPoint:
    return contact_point(committee.record.history("organization/wco").standing())


def test_an_organization_is_put_on_record_once_and_is_of_a_known_kind(committee: Committee) -> None:
    with pytest.raises(Conflict):
        organization(committee)
    with pytest.raises(MalformedInput, match="no kind of organization"):
        organization(committee, "other", kind="club")
    committee.voids(committee.record.events[-1])
    assert organization(committee).header.audience == ("public",)


def test_an_organization_is_asked_then_designates_then_confirms(committee: Committee) -> None:
    committee.one(AskContactPoint, organization="wco", dated="2011-06-01", reply_by="2011-08-31")
    assert stands(committee) == ContactPoint(asked="2011-06-01", reply_by="2011-08-31")
    designates(committee, document="report-1")
    committee.one(ConfirmContactPoint, organization="wco", dated="2012-01-01")
    assert stands(committee) == ContactPoint("2011-06-01", "2011-08-31", "2011-12-01", "2012-01-01")


def test_a_new_designation_is_not_confirmed_by_an_older_letter(committee: Committee) -> None:
    designates(committee, "2010-01-01")
    committee.one(ConfirmContactPoint, organization="wco", dated="2011-01-01")
    designates(committee, "2011-12-01")
    assert stands(committee) == ContactPoint(designated="2011-12-01")


def test_what_becomes_known_late_does_not_change_how_far_an_organization_has_come(committee: Committee) -> None:
    batch = committee.imports()
    committee.one(ConfirmContactPoint, batch, organization="wco", dated="2011-12-24", known="2011-12-30")
    designates(committee, within=batch, known="2012-01-01")
    assert stands(committee) == ContactPoint(designated="2011-12-01", confirmed="2011-12-24")


@pytest.mark.parametrize(
    ("kind", "members", "refusal"),
    [
        (AskContactPoint, {"organization": "none", "dated": "2011-06-01"}, NotFound),
        (AskContactPoint, {"dated": "2011-06-31"}, MalformedInput),
        (AskContactPoint, {"dated": "2011-06-01", "reply_by": "2011-05-01"}, MalformedInput),
        (DesignateContactPoint, {"dated": "2011-06-01", "document": "none"}, NotFound),
        (ConfirmContactPoint, {"dated": "2011-06-01"}, NotFound),
        (LogDialogue, {"kind": "gossip", "day": "2011-06-01", "text": ""}, MalformedInput),
        (LogDialogue, {"kind": "event", "day": "2011-06-01", "text": "", "documents": ("none",)}, NotFound),
    ],
)
def test_a_point_of_contact_and_a_dialogue_are_refused_without_what_they_are_about(
    committee: Committee, kind: Any, members: dict[str, Any], refusal: Any
) -> None:
    about: dict[str, Any] = {"organization": "wco"}
    with pytest.raises(refusal):
        committee.one(kind, **about | members)


def test_an_organization_stands_while_its_designation_or_dialogue_does(committee: Committee) -> None:
    registered = committee.record.events[-1]
    entry = committee.one(LogDialogue, organization="wco", kind="visit-coordinated", day="2011-11-01", text="Kenya")
    with pytest.raises(RestsOnIt, match=entry.id):
        committee.voids(registered)
    committee.voids(entry)
    committee.voids(registered)


def test_a_confirmation_is_asked_again_when_it_is_corrected(committee: Committee) -> None:
    designates(committee)
    confirmed = committee.one(ConfirmContactPoint, organization="wco", dated="2012-01-01")
    with pytest.raises(NotFound, match="by 2011-11-01"):
        committee.corrects(confirmed, {"dated": "2011-11-01"})
    assert committee.corrects(confirmed, {"dated": "2011-12-02"}).header.strikes == confirmed.id


def test_an_objective_is_set_by_a_decision_and_appraised_under_a_later_programme(committee: Committee) -> None:
    about: dict[str, Any] = {"objective": "cooperation-1", "text": "", "decision": "d-1", "goals": ("training",)}
    with pytest.raises(NotDecided):
        committee.one(SetObjective, **about)
    _, adoption = decided(committee)
    made = committee.one(SetObjective, **about)
    assert made.header.stream == "organization/objectives/cooperation-1"
    with pytest.raises(Conflict):
        committee.one(SetObjective, **about)
    later: dict[str, Any] = {"objective": "cooperation-1", "programme": 11, "text": "half done"}
    with pytest.raises(NotFound, match="programme 11"):
        committee.one(AppraiseObjective, **later)
    programme = adopts(committee)
    other: dict[str, Any] = later | {"objective": "other"}
    with pytest.raises(NotFound, match="objective other"):
        committee.one(AppraiseObjective, **other)
    appraised = committee.one(AppraiseObjective, **later)
    for base, resting in ((adoption, made), (made, appraised), (programme, appraised)):
        with pytest.raises(RestsOnIt, match=resting.id):
            committee.voids(base)


def test_an_actor_speaks_for_an_organization_on_record_and_for_no_other(committee: Committee) -> None:
    committee.grants("wco-1", "organization", scope="wco")
    now = committee.record.recorded_at()
    assert reader(committee.record, "wco-1").audiences(now) == {"organization:wco", "public"}
    with pytest.raises(NotFound):
        committee.grants("upu-1", "organization", scope="upu")
    with pytest.raises(MalformedInput):
        committee.grants("upu-2", "organization")
