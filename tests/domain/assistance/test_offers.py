"""Offers, programmes and matches: given a request, when help is offered and proposed, then it is agreed or dropped."""

from typing import Any

import pytest

from domain.assistance.going import AlreadyTaken, NotAuthenticated, RequestOver
from domain.assistance.matches import AgreeMatch, DropMatch, NotInOrder, ProposeMatch, matches
from domain.assistance.offers import (
    AcknowledgeOffer,
    CirculateOffer,
    ForAnotherRequest,
    OfferOver,
    OfferReceived,
    TellRequester,
    WithdrawOffer,
)
from domain.assistance.programmes import EndProviderProgramme, RegisterProviderProgramme
from domain.assistance.requests import WithdrawRequest
from domain.committee.members import SeatMember
from domain.committee.offices import ChairVacant, HoldOffice
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.assistance.asking import at_work, authentic, offers, requests
from tests.domain.foundations import registers


@pytest.fixture
def committee() -> Committee:
    """An authentic request of Kenya."""
    committee = at_work()
    authentic(committee)
    return committee


def proposes(committee: Committee, offer: str = "training", request: str = "border") -> Recorded:
    return committee.one(ProposeMatch, request=request, offer=offer, reason="same subject")


def agrees(committee: Committee, offer: str = "training") -> Recorded:
    return committee.one(AgreeMatch, request="border", offer=offer)


def drops(committee: Committee, offer: str = "training") -> Recorded:
    return committee.one(DropMatch, request="border", offer=offer, reason="the dates did not suit")


def match_of(committee: Committee, offer: str = "training") -> str | None:
    found = matches(committee.record.history("assistance/request/border").standing()).get(offer)
    return None if found is None else found.header.type


# Offers


def test_a_state_offers_assistance_for_a_request(committee: Committee) -> None:
    received = offers(committee, for_request="border")
    assert received.body == OfferReceived(
        offer="training",
        state="FRA",
        organization=None,
        subject="border control",
        text="a course",
        for_request="border",
        under_programme=None,
        documents=(),
        received_at="2013-12-16T12:00:00.000000Z",
    )
    assert received.header.audience == ("committee", "expert", "secretariat", "state:FRA")


def test_an_offer_is_made_once_by_a_state_or_an_organization(committee: Committee) -> None:
    offers(committee)
    with pytest.raises(Conflict):
        offers(committee)
    offers(committee, "course", organization="wco")
    for members in ({"state": None}, {"state": "FRA", "organization": "wco"}):
        with pytest.raises(MalformedInput, match="a party is a State or an organization"):
            offers(committee, "other", **members)


def test_an_offer_names_what_is_on_record(committee: Committee) -> None:
    unknown: tuple[dict[str, Any], ...] = (
        {"for_request": "other"},
        {"under_programme": "other"},
        {"documents": ("missing",)},
        {"state": "ZZZ"},
    )
    for members in unknown:
        with pytest.raises(NotFound):
            offers(committee, **members)


def test_the_chair_circulates_and_acknowledges_an_offer_and_tells_each_requester_once(committee: Committee) -> None:
    offers(committee)
    authentic(committee, "customs")
    committee.one(CirculateOffer, offer="training")
    committee.one(AcknowledgeOffer, offer="training")
    for request in ("border", "customs"):
        committee.one(TellRequester, offer="training", request=request)
    with pytest.raises(AlreadyTaken):
        committee.one(TellRequester, offer="training", request="border")
    with pytest.raises(AlreadyTaken):
        committee.one(CirculateOffer, offer="training")


def test_while_the_chair_is_vacant_an_offer_waits_but_may_be_withdrawn(committee: Committee) -> None:
    committee.one(SeatMember, state="KEN", valid_from="2012-01-01", valid_to="2013-12-31")
    committee.one(HoldOffice, office="chair", state="KEN", valid_from="2012-01-01", valid_to="2013-11-30")
    offers(committee)
    with pytest.raises(ChairVacant):
        committee.one(CirculateOffer, offer="training")
    committee.one(WithdrawOffer, offer="training", reason="funds are spent")


def test_a_withdrawn_offer_goes_no_further(committee: Committee) -> None:
    offers(committee)
    withdrawn = committee.one(WithdrawOffer, offer="training", reason="funds are spent")
    with pytest.raises(OfferOver, match=withdrawn.id):
        committee.one(CirculateOffer, offer="training")
    with pytest.raises(OfferOver):
        proposes(committee)


# Programmes


def test_an_offer_under_a_programme_is_made_by_whose_it_is(committee: Committee) -> None:
    registered = committee.one(
        RegisterProviderProgramme,
        standing_programme="border-training",
        title="Border training",
        text="courses",
        valid_from="2012-01-01",
        organization="wco",
    )
    with pytest.raises(MalformedInput, match="made by whose it is"):
        offers(committee, under_programme="border-training")
    offers(committee, organization="wco", under_programme="border-training")
    with pytest.raises(RestsOnIt, match="rests on the assistance programme border-training"):
        committee.voids(registered)


def test_a_programme_is_registered_once_and_ends_once_on_a_day_on_which_it_runs(committee: Committee) -> None:
    programme: dict[str, Any] = {
        "standing_programme": "p",
        "title": "",
        "text": "",
        "valid_from": "2012-01-01",
        "state": "FRA",
    }
    committee.one(RegisterProviderProgramme, **programme)
    with pytest.raises(Conflict):
        committee.one(RegisterProviderProgramme, **programme)
    end: dict[str, Any] = {"standing_programme": "p", "reason": "funds are spent"}
    with pytest.raises(NotFound, match="does not run on 2011-12-31"):
        committee.one(EndProviderProgramme, valid_to="2011-12-31", **end)
    committee.one(EndProviderProgramme, valid_to="2013-12-31", **end)
    with pytest.raises(NotFound, match="does not run"):
        committee.one(EndProviderProgramme, valid_to="2013-12-31", **end)
    with pytest.raises(NotFound, match="assistance programme q is not on record"):
        committee.one(EndProviderProgramme, standing_programme="q", valid_to="2013-12-31", reason="")


# Matches


def test_a_match_is_proposed_then_agreed(committee: Committee) -> None:
    offers(committee)
    with pytest.raises(NotInOrder, match="was not proposed"):
        agrees(committee)
    proposed = proposes(committee)
    assert proposed.header.audience == ("committee", "expert", "secretariat", "state:FRA", "state:KEN")
    agrees(committee)
    assert match_of(committee) == "assistance.match-agreed"
    with pytest.raises(NotInOrder, match=r"stands as assistance.match-agreed"):
        proposes(committee)


def test_what_is_not_pursued_says_why_and_may_be_proposed_again(committee: Committee) -> None:
    offers(committee)
    proposes(committee)
    drops(committee)
    with pytest.raises(NotInOrder):
        agrees(committee)
    proposes(committee)
    agrees(committee)
    drops(committee)
    assert match_of(committee) == "assistance.match-not-pursued"


def test_an_offer_for_one_request_is_proposed_for_no_other(committee: Committee) -> None:
    authentic(committee, "customs")
    offers(committee, for_request="customs")
    with pytest.raises(ForAnotherRequest, match="was made for request customs"):
        proposes(committee)
    with pytest.raises(ForAnotherRequest):
        committee.one(TellRequester, offer="training", request="border")


def test_a_match_is_of_a_request_that_goes_on_and_an_offer_on_record(committee: Committee) -> None:
    requests(committee, "informal")
    offers(committee)
    with pytest.raises(NotAuthenticated):
        proposes(committee, request="informal")
    with pytest.raises(NotFound):
        proposes(committee, "other")
    committee.one(WithdrawRequest, request="border", reason="the need has passed")
    with pytest.raises(RequestOver):
        proposes(committee)


def test_an_offer_that_was_withdrawn_may_still_be_dropped_from_a_match(committee: Committee) -> None:
    offers(committee)
    proposes(committee)
    committee.one(WithdrawOffer, offer="training", reason="funds are spent")
    drops(committee)


def test_an_offer_and_a_proposal_stay_while_the_agreement_stands(committee: Committee) -> None:
    received = offers(committee)
    proposed = proposes(committee)
    agreed = agrees(committee)
    with pytest.raises(RestsOnIt, match="rests on offer training"):
        committee.voids(received)
    with pytest.raises(RestsOnIt, match="rests on the proposed match of training with border"):
        committee.voids(proposed)
    committee.voids(agreed)
    assert match_of(committee) == "assistance.match-proposed"


def test_late_history_may_know_of_an_agreement_alone(committee: Committee) -> None:
    registers(committee, "agreement")
    batch = committee.imports()
    requests(committee, "old", within=batch, received="2008")
    offers(committee, "old", within=batch, received="2008")
    committee.one(AgreeMatch, batch, request="old", offer="old", document="agreement", known="2008")
