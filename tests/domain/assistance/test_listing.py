"""The official list: given the consent of a State, when its request or offer is listed, then it stands there."""

from typing import Any

import pytest

from domain.assistance.going import AlreadyTaken, NotAuthenticated
from domain.assistance.listing import ListOfficially, TakeOffList, may_be_listed
from domain.matrix.commands import GiveConsent, WithdrawConsent
from domain.matrix.publishing import NoConsent
from domain.recorded import Recorded
from domain.refusals import MalformedInput, NotFound
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.assistance.asking import at_work, authentic, offers, requests


@pytest.fixture
def committee() -> Committee:
    """An authentic request of Kenya."""
    committee = at_work()
    authentic(committee)
    return committee


def consents(committee: Committee, state: str = "KEN", scope: str = "official-list") -> Recorded:
    return committee.one(GiveConsent, state=state, scope=scope, valid_from="2013-12-01")


def test_a_request_stands_on_the_list_with_the_consent_of_its_state(committee: Committee) -> None:
    with pytest.raises(NoConsent, match="not all of KEN consent to stand on the official list"):
        committee.one(ListOfficially, request="border")
    consents(committee, scope="publish")
    with pytest.raises(NoConsent):
        committee.one(ListOfficially, request="border")
    consents(committee)
    listed = committee.one(ListOfficially, request="border")
    assert listed.header.audience == ("committee", "expert", "secretariat", "state:KEN")


def test_a_joint_request_stands_there_with_the_consent_of_all(committee: Committee) -> None:
    authentic(committee, "joint", requesters=("KEN", "UGA"))
    consents(committee)
    with pytest.raises(NoConsent):
        committee.one(ListOfficially, request="joint")
    consents(committee, "UGA")
    committee.one(ListOfficially, request="joint")


def test_an_offer_of_a_state_needs_its_consent_and_that_of_an_organization_none(committee: Committee) -> None:
    offers(committee)
    with pytest.raises(NoConsent, match="FRA"):
        committee.one(ListOfficially, offer="training")
    offers(committee, "course", organization="wco")
    committee.one(ListOfficially, offer="course")


def test_a_consent_taken_back_takes_what_is_listed_off_the_list(committee: Committee) -> None:
    consents(committee)
    committee.one(ListOfficially, request="border")
    assert may_be_listed(committee.context(), ("KEN",))
    committee.one(WithdrawConsent, state="KEN", scope="official-list")
    assert not may_be_listed(committee.context(), ("KEN",))


def test_a_thing_is_listed_once_and_taken_off_where_it_stands(committee: Committee) -> None:
    consents(committee)
    with pytest.raises(NotFound, match="not on the official list"):
        committee.one(TakeOffList, request="border", reason="")
    committee.one(ListOfficially, request="border")
    with pytest.raises(AlreadyTaken):
        committee.one(ListOfficially, request="border")
    committee.one(TakeOffList, request="border", reason="the State asked")
    committee.one(ListOfficially, request="border")


def test_one_thing_is_listed_at_a_time_and_it_is_authentic(committee: Committee) -> None:
    offers(committee)
    requests(committee, "informal")
    neither_or_both: tuple[dict[str, Any], ...] = ({}, {"request": "border", "offer": "training"})
    for members in neither_or_both:
        with pytest.raises(MalformedInput, match="a request or an offer is listed"):
            committee.one(ListOfficially, **members)
    with pytest.raises(NotAuthenticated):
        committee.one(ListOfficially, request="informal")


def test_a_listing_stays_while_it_was_taken_off(committee: Committee) -> None:
    consents(committee)
    listed = committee.one(ListOfficially, request="border")
    committee.one(TakeOffList, request="border", reason="the State asked")
    with pytest.raises(RestsOnIt, match="the official list's entry of request/border"):
        committee.voids(listed)


def test_late_history_was_listed_whether_or_not_a_consent_is_on_record(committee: Committee) -> None:
    batch = committee.imports()
    committee.one(ListOfficially, batch, request="border", known="2013-12-16")
