"""Expressions of interest: given one, short of a request or an offer, then it is followed up or lapses."""

from typing import Any

import pytest

from domain.assistance.going import AlreadyTaken
from domain.assistance.interests import ExpressInterest, FollowUpInterest, InterestExpressed, LapseInterest
from domain.deciding import Command
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.assistance.asking import at_work, offers, requests


@pytest.fixture
def committee() -> Committee:
    return at_work()


def expresses(committee: Committee, **members: Any) -> Recorded:
    said: dict[str, Any] = {
        "state": "KEN",
        "interest": "ken-1",
        "interest_in": "assistance",
        "text": "training",
        "received": "2013-12-10",
    }
    return committee.one(ExpressInterest, **said | members)


def test_a_state_expresses_interest_in_assistance(committee: Committee) -> None:
    event = expresses(committee)
    assert event.body == InterestExpressed(
        interest="ken-1",
        state="KEN",
        organization=None,
        interest_in="assistance",
        text="training",
        documents=(),
        received_at="2013-12-11T04:59:59.999999Z",
    )
    assert event.header.known_precision == "day"


def test_an_interest_is_expressed_once_by_somebody_in_something(committee: Committee) -> None:
    expresses(committee)
    with pytest.raises(Conflict):
        expresses(committee)
    for members in ({"state": None}, {"interest_in": "both"}):
        with pytest.raises(MalformedInput):
            expresses(committee, interest="other", **members)
    with pytest.raises(NotFound):
        expresses(committee, interest="other", documents=("missing",))


def test_an_interest_is_followed_up_by_the_request_that_came_of_it(committee: Committee) -> None:
    expressed = expresses(committee)
    with pytest.raises(NotFound, match="request border is not on record"):
        committee.one(FollowUpInterest, interest="ken-1", note="a request came", request="border")
    with pytest.raises(NotFound, match="offer training is not on record"):
        committee.one(FollowUpInterest, interest="ken-1", note="an offer came", offer="training")
    received = requests(committee)
    offers(committee)
    committee.one(FollowUpInterest, interest="ken-1", note="both came", request="border", offer="training")
    for ground in (expressed, received):
        with pytest.raises(RestsOnIt):
            committee.voids(ground)


def test_an_interest_that_lapsed_is_followed_up_no_more(committee: Committee) -> None:
    expresses(committee)
    committee.one(FollowUpInterest, interest="ken-1", note="the template was sent")
    lapsed = committee.one(LapseInterest, interest="ken-1", reason="no answer for a year")
    again: tuple[tuple[type[Command], dict[str, Any]], ...] = (
        (FollowUpInterest, {"note": ""}),
        (LapseInterest, {"reason": ""}),
    )
    for kind, members in again:
        with pytest.raises(AlreadyTaken, match=lapsed.id):
            committee.one(kind, interest="ken-1", **members)
    committee.voids(lapsed)
    committee.one(FollowUpInterest, interest="ken-1", note="an answer was found")


def test_what_nobody_expressed_does_not_lapse(committee: Committee) -> None:
    with pytest.raises(NotFound):
        committee.one(LapseInterest, interest="ken-1", reason="")
