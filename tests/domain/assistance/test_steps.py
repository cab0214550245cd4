"""The steps of a request: given what was done of it, then what is left of the procedure, on which day and basis."""

from datetime import date

import pytest

from domain.assistance.following import AskDiscussion
from domain.assistance.life import request_of
from domain.assistance.procedure import AcknowledgeRequest, CirculateRequest
from domain.assistance.requests import AuthenticateRequest, CloseRequest, FindInformal
from domain.assistance.steps import Step, steps
from domain.committee.groups import EstablishGroup
from domain.committee.members import SeatMember
from domain.duty_station import WorkingDays, working_days
from domain.standing import Cut
from tests.committee import Committee
from tests.domain.assistance.asking import at_work, authentic, requests, stands


@pytest.fixture
def committee() -> Committee:
    return at_work()


def of(committee: Committee, request: str = "border", days: WorkingDays | None = None) -> dict[str, Step]:
    known = working_days(committee.record.history("calendar/new-york").standing())
    return {step.name: step for step in steps(stands(committee, request), known if days is None else days)}


def test_each_step_has_its_day_with_its_basis(committee: Committee) -> None:
    authentic(committee)
    found = of(committee)
    assert [(step.number, step.name, step.on, step.basis) for step in found.values()] == [
        (1, "authenticated", date(2013, 12, 23), "internal"),
        (2, "circulated", date(2013, 12, 23), "internal"),
        (3, "acknowledged", date(2013, 12, 23), "internal"),
        (4, "sent-on", date(2013, 12, 24), "text"),
        (5, "summary-posted", date(2013, 12, 24), "text"),
        (6, "match-proposed", None, "none"),
        (8, "if-met-asked", date(2014, 12, 16), "text"),
    ]
    assert [step.name for step in found.values() if step.done] == ["authenticated"]


def test_a_step_says_when_it_was_first_taken(committee: Committee) -> None:
    authentic(committee)
    committee.on("2013-12-17")
    committee.one(CirculateRequest, request="border")
    assert of(committee)["circulated"].done == "2013-12-17T12:00:00.000000Z"


def test_what_the_requester_does_not_wish_is_waived(committee: Committee) -> None:
    authentic(committee, sending="at-once", posting="not")
    found = of(committee)
    assert (found["sent-on"].on, found["sent-on"].waived) == (date(2013, 12, 16), False)
    assert (found["summary-posted"].on, found["summary-posted"].waived) == (None, True)


def test_what_is_informal_or_over_has_nothing_left_to_do(committee: Committee) -> None:
    requests(committee)
    committee.one(FindInformal, request="border", reason="it came from no Mission")
    assert all(step.waived for step in of(committee).values())
    committee.one(AuthenticateRequest, request="border")
    assert not of(committee)["circulated"].waived
    committee.one(CloseRequest, request="border", reason="met")
    assert {step.name for step in of(committee).values() if not step.waived} == {"authenticated"}


def test_a_day_that_depends_on_unknown_holidays_is_not_given(committee: Committee) -> None:
    authentic(committee)
    found = of(committee, days=WorkingDays())
    assert (found["sent-on"].on, found["acknowledged"].on) == (None, None)
    assert found["if-met-asked"].on == date(2014, 12, 16)


def test_a_discussion_is_a_step_once_a_member_asked_for_it(committee: Committee) -> None:
    authentic(committee)
    assert "discussed" not in of(committee)
    committee.one(SeatMember, state="UGA", valid_from="2013-01-01", valid_to="2013-12-31")
    committee.one(EstablishGroup, group="assistance", title="", title_fr="", valid_from="2011-06-17")
    committee.one(AskDiscussion, request="border", member="UGA", group="assistance")
    assert not of(committee)["discussed"].done


def test_a_receipt_known_to_the_year_counts_before_what_was_known_to_the_day(committee: Committee) -> None:
    batch = committee.imports()
    requests(committee, "old", within=batch, received="2008")
    committee.one(AcknowledgeRequest, batch, request="old", known="2008-04-30")
    assert of(committee, "old")["acknowledged"].done


def test_before_it_was_received_there_is_no_request(committee: Committee) -> None:
    requests(committee)
    history = committee.record.history("assistance/request/border")
    assert request_of(history.standing(Cut(known_at="2013-12-15T12:00:00.000000Z"))) is None
