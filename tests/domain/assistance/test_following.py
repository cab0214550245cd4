"""What follows a request: given one, when it is discussed, sent round or spoken of, then by those whose part it is."""

from typing import Any

import pytest

from domain.assistance.following import (
    AskDiscussion,
    DispatchStatus,
    FeedbackGiven,
    GiveFeedback,
    NotAParty,
    RecordDiscussion,
    StatusDispatched,
)
from domain.assistance.matches import AgreeMatch, ProposeMatch
from domain.assistance.requests import WithdrawRequest
from domain.committee.groups import EstablishGroup
from domain.committee.members import SeatMember
from domain.committee.offices import NotAMember
from domain.deciding import Command
from domain.refusals import MalformedInput, NotFound
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.assistance.asking import at_work, authentic, offers, requests, stands


@pytest.fixture
def committee() -> Committee:
    """A request of Kenya, Uganda a member of the Committee, and a working group on assistance."""
    committee = at_work()
    authentic(committee)
    committee.one(SeatMember, state="UGA", valid_from="2013-01-01", valid_to="2013-12-31")
    group: dict[str, Any] = {"title": "Assistance", "title_fr": "Assistance", "valid_from": "2011-06-17"}
    committee.one(EstablishGroup, group="assistance", **group)
    return committee


# Discussion in the working group


def test_any_member_asks_that_a_request_be_discussed_and_the_group_discusses_it(committee: Committee) -> None:
    committee.one(AskDiscussion, request="border", member="UGA", group="assistance", reason="regional need")
    committee.one(RecordDiscussion, request="border", group="assistance", meeting="wg-2013-12", outcome="ask again")
    assert {"discussion-asked", "discussed"} < set(stands(committee).done)


def test_a_member_itself_may_ask(committee: Committee) -> None:
    committee.grants("member-1", "member", valid_from="2013-01-01")
    said = committee.one(AskDiscussion, request="border", member="UGA", group="assistance", actor="member-1")
    assert said.header.role == "member"


def test_who_is_no_member_that_day_does_not_ask(committee: Committee) -> None:
    with pytest.raises(NotAMember, match="KEN is no member of the Committee on 2013-12-16"):
        committee.one(AskDiscussion, request="border", member="KEN", group="assistance")
    committee.on("2014-01-02")
    with pytest.raises(NotAMember):
        committee.one(AskDiscussion, request="border", member="UGA", group="assistance")


def test_a_discussion_is_held_by_a_group_that_there_is(committee: Committee) -> None:
    ways: tuple[tuple[type[Command], dict[str, Any]], ...] = (
        (AskDiscussion, {"member": "UGA"}),
        (RecordDiscussion, {"outcome": ""}),
    )
    for kind, members in ways:
        with pytest.raises(NotFound, match="no working group other"):
            committee.one(kind, request="border", group="other", **members)


def test_a_group_that_discussed_a_request_is_not_recorded_in_error(committee: Committee) -> None:
    committee.one(RecordDiscussion, request="border", group="assistance", outcome="ask again")
    group = next(each for each in committee.record.events if each.header.type == "committee.group-established")
    with pytest.raises(RestsOnIt, match="rests on working group assistance"):
        committee.voids(group)


# Status


def test_the_status_of_several_requests_goes_to_the_parties_in_one_dispatch(committee: Committee) -> None:
    requests(committee, "customs")
    sent = committee.give(DispatchStatus, requests=("border", "customs"), states=("KEN", "FRA"), organizations=("wco",))
    assert [event.header.stream for event in sent] == ["assistance/request/border", "assistance/request/customs"]
    assert sent[0].body == StatusDispatched(
        request="border", states=("KEN", "FRA"), organizations=("wco",), document_id=None
    )


def test_a_status_is_of_something_and_goes_to_somebody(committee: Committee) -> None:
    said: dict[str, Any] = {"requests": ("border",), "states": ("KEN",)}
    malformed: tuple[dict[str, Any], ...] = ({"requests": ()}, {"requests": ("border", "border")}, {"states": ()})
    for members in malformed:
        with pytest.raises(MalformedInput):
            committee.give(DispatchStatus, **said | members)
    unknown: tuple[dict[str, Any], ...] = ({"requests": ("other",)}, {"document": "missing"}, {"states": ("ZZZ",)})
    for members in unknown:
        with pytest.raises(NotFound):
            committee.give(DispatchStatus, **said | members)


def test_the_parties_are_told_that_a_request_was_withdrawn(committee: Committee) -> None:
    committee.one(WithdrawRequest, request="border", reason="the need has passed")
    committee.one(DispatchStatus, requests=("border",), states=("KEN",))


# Feedback


def test_the_requester_says_what_became_of_it_and_whether_it_has_been_met(committee: Committee) -> None:
    given = committee.one(GiveFeedback, request="border", state="KEN", text="a useful course", answer="in-part")
    assert given.body == FeedbackGiven(
        request="border", state="KEN", organization=None, text="a useful course", answer="in-part", document_id=None
    )
    assert stands(committee).condition == "in-part"


def test_a_provider_gives_feedback_once_its_offer_is_agreed_and_does_not_say_that_it_is_met(
    committee: Committee,
) -> None:
    offers(committee)
    committee.one(ProposeMatch, request="border", offer="training", reason="same subject")
    with pytest.raises(NotAParty, match="FRA neither made request border nor an offer agreed for it"):
        committee.one(GiveFeedback, request="border", state="FRA", text="twenty officers trained")
    committee.one(AgreeMatch, request="border", offer="training")
    with pytest.raises(MalformedInput, match="said by who requested"):
        committee.one(GiveFeedback, request="border", state="FRA", text="all trained", answer="met")
    committee.one(GiveFeedback, request="border", state="FRA", text="twenty officers trained")
    assert stands(committee).condition == "open"


def test_the_body_through_which_a_request_came_is_a_party(committee: Committee) -> None:
    authentic(committee, "regional", requesters=(), through="caricom")
    committee.one(GiveFeedback, request="regional", organization="caricom", text="all trained", answer="met")
    with pytest.raises(NotAParty, match="wco"):
        committee.one(GiveFeedback, request="regional", organization="wco", text="")


def test_an_answer_is_one_that_there_is(committee: Committee) -> None:
    with pytest.raises(MalformedInput, match="met, in-part, not-met"):
        committee.one(GiveFeedback, request="border", state="KEN", text="", answer="perhaps")


def test_what_is_answered_after_the_end_does_not_open_a_request_again(committee: Committee) -> None:
    committee.one(WithdrawRequest, request="border", reason="the need has passed")
    committee.one(GiveFeedback, request="border", state="KEN", text="", answer="not-met")
    assert stands(committee).condition == "withdrawn"


def test_late_feedback_of_a_provider_needs_no_match_on_record(committee: Committee) -> None:
    batch = committee.imports()
    committee.one(GiveFeedback, batch, request="border", state="FRA", text="trained", known="2013-12-16")
