"""Requests for assistance: given the record, when one is received, found or ended, then it goes on or is refused."""

from typing import Any

import pytest

from domain.assistance.going import AlreadyTaken, NotAuthenticated, RequestOver, TooEarly
from domain.assistance.procedure import AcknowledgeRequest, CirculateRequest
from domain.assistance.request_events import RequestReceived
from domain.assistance.requests import AuthenticateRequest, CloseRequest, FindInformal, StateWish, WithdrawRequest
from domain.committee.members import SeatMember
from domain.committee.offices import ChairVacant, HoldOffice
from domain.deciding import Command
from domain.refusals import Conflict, MalformedInput, NotFound, NotPermitted
from domain.undermining import RestsOnIt, SourceDoesNotStand
from tests.committee import A, Committee
from tests.domain.assistance.asking import at_work, authentic, requests, stands
from tests.domain.foundations import registers


@pytest.fixture
def committee() -> Committee:
    return at_work()


def test_a_state_requests_assistance_in_one_subject_area(committee: Committee) -> None:
    registers(committee, "note-verbale")
    received = requests(committee, cells=(A,), wider_goals=("customs modernization",), documents=("note-verbale",))
    assert received.body == RequestReceived(
        request="border",
        requesters=("KEN",),
        through=None,
        subject="border control",
        needs="training",
        cells=(A,),
        wider_goals=("customs modernization",),
        documents=("note-verbale",),
        sending="after-five-days",
        posting="after-five-days",
        received_at="2013-12-16T12:00:00.000000Z",
    )
    assert received.header.known_at == "2013-12-16T12:00:00.000000Z"
    assert received.header.audience == ("committee", "expert", "secretariat", "state:KEN")


def test_several_states_request_jointly_and_all_of_them_read_it(committee: Committee) -> None:
    received = requests(committee, requesters=("UGA", "KEN"), through="eac")
    assert received.header.audience == ("committee", "expert", "secretariat", "state:KEN", "state:UGA")


def test_a_regional_body_requests_for_its_members_and_nobody_for_nobody(committee: Committee) -> None:
    requests(committee, requesters=(), through="caricom")
    with pytest.raises(MalformedInput, match="a State requests, or a body for its members"):
        requests(committee, "of-nobody", requesters=())


@pytest.mark.parametrize(
    "members",
    [
        {"requesters": ("ZZZ",)},
        {"documents": ("missing",)},
        {"cells": ("T1/op1-99-nw-legal",)},
        {"cells": ("T9/op1-1-nw-legal",)},
    ],
)
def test_a_request_names_states_documents_and_cells_that_are_on_record(
    committee: Committee, members: dict[str, Any]
) -> None:
    with pytest.raises(NotFound):
        requests(committee, **members)


def test_a_request_names_each_state_once_and_a_wish_that_there_is(committee: Committee) -> None:
    wrong: tuple[dict[str, Any], ...] = ({"requesters": ("KEN", "KEN")}, {"sending": "soon"}, {"posting": "never"})
    for members in wrong:
        with pytest.raises(MalformedInput):
            requests(committee, **members)


def test_a_request_is_received_once(committee: Committee) -> None:
    requests(committee)
    with pytest.raises(Conflict, match="one request for each subject area"):
        requests(committee)


def test_nothing_is_said_of_a_request_before_it_was_received(committee: Committee) -> None:
    requests(committee)
    with pytest.raises(TooEarly, match="allowed from 2013-12-16, when the request was received, not on 2013-12-13"):
        committee.one(AuthenticateRequest, request="border", known="2013-12-13")
    with pytest.raises(NotFound, match="request other is not on record"):
        committee.one(AuthenticateRequest, request="other")


# In due form or not


def test_an_informal_request_goes_no_further_until_it_comes_in_due_form(committee: Committee) -> None:
    requests(committee)
    committee.one(FindInformal, request="border", reason="it came from no Mission")
    assert stands(committee).informal
    with pytest.raises(NotAuthenticated, match="an informal request goes no further"):
        committee.one(CirculateRequest, request="border")
    committee.one(AuthenticateRequest, request="border")
    committee.one(CirculateRequest, request="border")
    assert not stands(committee).informal


def test_an_authentic_request_is_not_found_so_again_nor_informal(committee: Committee) -> None:
    authentic(committee)
    with pytest.raises(AlreadyTaken):
        committee.one(AuthenticateRequest, request="border")
    with pytest.raises(AlreadyTaken, match=r"assistance.request-authenticated .* stands for request border already"):
        committee.one(FindInformal, request="border", reason="no Mission")


def test_experts_authenticate_and_members_do_not(committee: Committee) -> None:
    committee.grants("expert-1", "expert")
    committee.grants("member-1", "member", valid_from="2013-01-01")
    requests(committee)
    with pytest.raises(NotPermitted):
        committee.one(AuthenticateRequest, request="border", actor="member-1")
    assert committee.one(AuthenticateRequest, request="border", actor="expert-1").header.role == "expert"


# The end of a request


def test_what_the_requester_takes_back_goes_no_further(committee: Committee) -> None:
    authentic(committee)
    withdrawn = committee.one(WithdrawRequest, request="border", reason="the need has passed")
    assert stands(committee).condition == "withdrawn"
    for kind in (CirculateRequest, AcknowledgeRequest):
        with pytest.raises(RequestOver, match=withdrawn.id):
            committee.one(kind, request="border")
    with pytest.raises(RequestOver):
        committee.one(CloseRequest, request="border", reason="met")


def test_a_step_taken_before_the_withdrawal_may_be_recorded_after_it(committee: Committee) -> None:
    authentic(committee)
    committee.on("2013-12-19")
    committee.one(WithdrawRequest, request="border", reason="the need has passed")
    committee.one(CirculateRequest, request="border", known="2013-12-18")
    assert "circulated" in stands(committee).done


def test_a_closing_recorded_in_error_lets_the_request_go_on(committee: Committee) -> None:
    authentic(committee)
    closed = committee.one(CloseRequest, request="border", reason="met")
    assert stands(committee).condition == "closed"
    committee.voids(closed)
    assert stands(committee).condition == "open"
    committee.one(CirculateRequest, request="border")


def test_while_the_chair_is_vacant_no_request_is_closed_or_acknowledged(committee: Committee) -> None:
    committee.one(SeatMember, state="KEN", valid_from="2012-01-01", valid_to="2013-12-31")
    committee.one(HoldOffice, office="chair", state="KEN", valid_from="2012-01-01", valid_to="2013-11-30")
    authentic(committee)
    signed: tuple[tuple[type[Command], dict[str, Any]], ...] = (
        (CloseRequest, {"reason": "met"}),
        (AcknowledgeRequest, {}),
    )
    for kind, members in signed:
        with pytest.raises(ChairVacant):
            committee.one(kind, request="border", **members)
    committee.one(WithdrawRequest, request="border", reason="the State does not need a Chair for that")


# Corrections, voids, late history


def test_a_correction_of_the_day_of_receipt_moves_the_day_of_knowing(committee: Committee) -> None:
    received = requests(committee)
    corrected = committee.corrects(received, {"received_at": "2013-12-14T04:59:59.999999Z"})
    assert corrected.header.known_at == "2013-12-14T04:59:59.999999Z"


def test_a_correction_is_asked_again_of_the_rules(committee: Committee) -> None:
    received = requests(committee)
    with pytest.raises(NotFound):
        committee.corrects(received, {"documents": ["missing"]})
    with pytest.raises(MalformedInput):
        committee.corrects(received, {"sending": "soon"})
    wish = committee.one(StateWish, request="border", sending="not", posting="not")
    with pytest.raises(MalformedInput):
        committee.corrects(wish, {"sending": "soon"})


def test_a_request_is_not_recorded_in_error_under_what_was_found_of_it(committee: Committee) -> None:
    received = requests(committee)
    found = committee.one(AuthenticateRequest, request="border")
    circulated = committee.one(CirculateRequest, request="border")
    with pytest.raises(RestsOnIt, match="rests on request border"):
        committee.voids(received)
    with pytest.raises(RestsOnIt, match="rests on the authentication of request border"):
        committee.voids(found)
    void = committee.voids(circulated)
    committee.voids(found)
    with pytest.raises(SourceDoesNotStand):
        committee.voids(void)


def test_the_state_the_template_and_the_documents_of_a_request_stay_on_record(committee: Committee) -> None:
    paper = registers(committee, "note-verbale")
    requests(committee, requesters=("UGA",), cells=(A,), documents=("note-verbale",))
    state = next(e for e in committee.record.events if e.header.stream == "state/UGA")
    template = next(e for e in committee.record.events if e.header.stream == "template/T1")
    for ground in (paper, state, template):
        with pytest.raises(RestsOnIt):
            committee.voids(ground)


def test_late_history_knows_of_steps_without_the_findings_before_them(committee: Committee) -> None:
    batch = committee.imports()
    requests(committee, within=batch, received="2008")
    committee.one(AcknowledgeRequest, batch, request="border", known="2008-04-30")
    committee.one(CloseRequest, batch, request="border", reason="met", known="2010-11")
    found = stands(committee)
    assert (found.condition, set(found.done)) == ("closed", {"acknowledged"})
