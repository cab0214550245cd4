"""The 2010 procedure: given a request, when a step is taken, then from its own day on and as the requester wishes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assistance.dates import a_year_after, allowed_from
from domain.assistance.going import AlreadyTaken, NotAuthenticated, RequestOver, TooEarly
from domain.assistance.procedure import (
    AcknowledgeRequest,
    AnswerIfMet,
    AskIfMet,
    CirculateRequest,
    OtherwiseSaid,
    PostSummary,
    RequestSentOn,
    SendRequestOn,
)
from domain.assistance.requests import CloseRequest, StateWish
from domain.duty_station import DeclareClosure, HolidaysUnknown, WorkingDays
from domain.recorded import Recorded
from domain.refusals import MalformedInput, NotFound
from domain.times import end_of, start_of
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.assistance.asking import FROM, asked_if_met, at_work, authentic, requests, stands
from tests.domain.foundations import names_organizations, registers


@pytest.fixture
def committee() -> Committee:
    """A request received on Monday, 16 December 2013, and found authentic."""
    committee = at_work()
    authentic(committee)
    return committee


def sends_on(committee: Committee, day: str, request: str = "border") -> Recorded:
    committee.on(day)
    return committee.one(SendRequestOn, request=request, states=("FRA",), organizations=("wco",))


def posts(committee: Committee, day: str, request: str = "border") -> Recorded:
    committee.on(day)
    return committee.one(PostSummary, request=request, document="summary")


def wishes(committee: Committee, sending: str, posting: str = "after-five-days") -> Recorded:
    return committee.one(StateWish, request="border", sending=sending, posting=posting)


def test_a_request_is_circulated_and_acknowledged_at_once_and_once(committee: Committee) -> None:
    for kind in (CirculateRequest, AcknowledgeRequest):
        committee.one(kind, request="border")
        with pytest.raises(AlreadyTaken):
            committee.one(kind, request="border")
    assert {"circulated", "acknowledged"} < set(stands(committee).done)


def test_what_was_not_found_authentic_takes_no_step(committee: Committee) -> None:
    requests(committee, "other")
    with pytest.raises(NotAuthenticated):
        committee.one(CirculateRequest, request="other")
    with pytest.raises(NotAuthenticated):
        sends_on(committee, FROM, "other")


def test_a_request_is_sent_on_after_five_full_working_days(committee: Committee) -> None:
    with pytest.raises(
        TooEarly, match="allowed from 2013-12-24, when the request has waited 5 full working days, not on 2013-12-23"
    ):
        sends_on(committee, "2013-12-23")
    event = sends_on(committee, FROM)
    assert event.body == RequestSentOn(request="border", states=("FRA",), organizations=("wco",), document_id=None)


def test_a_summary_is_posted_after_five_full_working_days(committee: Committee) -> None:
    registers(committee, "summary")
    with pytest.raises(TooEarly, match=FROM):
        posts(committee, "2013-12-23")
    posts(committee, FROM)


def test_a_closure_declared_meanwhile_moves_the_day(committee: Committee) -> None:
    committee.one(DeclareClosure, day="2013-12-20", reason="a storm")
    with pytest.raises(TooEarly, match="allowed from 2013-12-25"):
        sends_on(committee, FROM)


def test_the_requester_may_wish_that_it_goes_at_once(committee: Committee) -> None:
    wishes(committee, "at-once")
    sends_on(committee, "2013-12-16")
    registers(committee, "summary")
    with pytest.raises(TooEarly):
        posts(committee, "2013-12-17")


def test_the_requester_may_wish_with_the_request_that_nothing_is_posted(committee: Committee) -> None:
    authentic(committee, "quiet", posting="not")
    registers(committee, "summary")
    with pytest.raises(OtherwiseSaid, match="the requester of quiet said otherwise: posting is not wished"):
        posts(committee, FROM, "quiet")
    sends_on(committee, FROM, "quiet")


def test_a_later_wish_takes_the_place_of_the_earlier(committee: Committee) -> None:
    refused = wishes(committee, "not")
    with pytest.raises(OtherwiseSaid):
        sends_on(committee, FROM)
    wishes(committee, "after-five-days")
    sends_on(committee, FROM)
    assert (stands(committee).sending, refused.body.sending) == ("after-five-days", "not")  # type: ignore[attr-defined]


def test_what_was_wished_after_a_step_does_not_undo_it(committee: Committee) -> None:
    sent = sends_on(committee, FROM)
    wishes(committee, "not")
    committee.corrects(sent, {"organizations": ["iaea"]})


def test_a_request_is_sent_on_again_to_others_and_never_to_nobody(committee: Committee) -> None:
    sends_on(committee, FROM)
    committee.one(SendRequestOn, request="border", organizations=("iaea",))
    with pytest.raises(MalformedInput, match="one provider or more"):
        committee.one(SendRequestOn, request="border")
    with pytest.raises(NotFound):
        committee.one(SendRequestOn, request="border", states=("ZZZ",))


def test_days_are_not_counted_in_a_year_without_a_list_of_holidays() -> None:
    committee = Committee().on("2013-12-16")
    names_organizations(committee, "wco")
    authentic(committee)
    with pytest.raises(HolidaysUnknown, match="the holidays of 2013 are not on record"):
        sends_on(committee, "2013-12-31")


def test_late_history_is_not_held_to_the_days(committee: Committee) -> None:
    batch = committee.imports()
    requests(committee, "old", within=batch, received="2008-04-30")
    committee.one(SendRequestOn, batch, request="old", states=("FRA",), known="2008-05-01")
    assert "sent-on" in stands(committee, "old").done


def test_a_step_is_not_corrected_to_a_day_on_which_it_was_too_early(committee: Committee) -> None:
    sent = sends_on(committee, FROM)
    with pytest.raises(TooEarly):
        committee.corrects(sent, known="2013-12-20")
    committee.corrects(sent, known="2013-12-24")


def test_a_summary_rests_on_its_document(committee: Committee) -> None:
    paper = registers(committee, "summary")
    posts(committee, FROM)
    with pytest.raises(RestsOnIt, match="rests on document summary"):
        committee.voids(paper)
    with pytest.raises(NotFound):
        committee.one(AcknowledgeRequest, request="border", document="missing")


# One year after


def test_one_year_after_the_chair_asks_whether_it_has_been_met(committee: Committee) -> None:
    committee.on("2014-12-15")
    with pytest.raises(TooEarly, match="allowed from 2014-12-16, when the request is a year old"):
        committee.one(AskIfMet, request="border")
    asked_if_met(committee)


@pytest.mark.parametrize(("answer", "condition"), [("met", "met"), ("in-part", "in-part"), ("not-met", "open")])
def test_the_answer_says_whether_a_request_is_met(committee: Committee, answer: str, condition: str) -> None:
    asked_if_met(committee)
    committee.one(AnswerIfMet, request="border", answer=answer)
    assert stands(committee).condition == condition


def test_an_answer_has_a_question_and_words_that_there_are(committee: Committee) -> None:
    with pytest.raises(NotFound, match="was not asked"):
        committee.one(AnswerIfMet, request="border", answer="met")
    asked_if_met(committee)
    with pytest.raises(MalformedInput, match="met, in-part, not-met"):
        committee.one(AnswerIfMet, request="border", answer="perhaps")


def test_a_question_that_was_answered_is_not_recorded_in_error(committee: Committee) -> None:
    asked = asked_if_met(committee)
    answer = committee.one(AnswerIfMet, request="border", answer="met")
    with pytest.raises(RestsOnIt, match="the question whether it has been met"):
        committee.voids(asked)
    committee.voids(answer)
    committee.voids(asked)
    assert stands(committee).condition == "open"


def test_a_closed_request_is_not_asked_about(committee: Committee) -> None:
    committee.one(CloseRequest, request="border", reason="met")
    with pytest.raises(RequestOver):
        asked_if_met(committee)


@given(st.dates(date(2013, 1, 1), date(2014, 11, 1)), st.sets(st.integers(0, 700), max_size=40))
def test_five_full_working_days_always_lie_between(received: date, closed: set[int]) -> None:
    closures = frozenset(date(2013, 1, 1) + timedelta(days=each) for each in closed)
    days = WorkingDays({year: frozenset() for year in (2013, 2014, 2015)}, closures)
    for instant in (start_of(received), end_of(received)):
        allowed = allowed_from("after-five-days", instant, days)
        assert allowed is not None
        between = (received + timedelta(days=each) for each in range(1, (allowed - received).days))
        assert sum(days.works(day) for day in between) == 5
        assert allowed_from("at-once", instant, days) == received
        assert allowed_from("not", instant, days) is None


def test_a_year_after_29_february_is_1_march() -> None:
    assert a_year_after("2012-02-29T12:00:00.000000Z") == date(2013, 3, 1)
