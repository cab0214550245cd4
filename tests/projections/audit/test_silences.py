"""Adoptions by silence: given a procedure, when it is closed, then an audit counts its time and its voices again."""

import pytest

from domain.decision import DecisionAdopted
from domain.duty_station import DeclareClosure
from domain.no_objection.commands import CloseProcedure
from domain.no_objection.events import BY_SILENCE, HoldReceived
from projections.audit import silences
from tests.committee import Committee
from tests.domain.no_objection.silence import closes, objects, opens, proposed
from tests.projections.audit.given import Office

CLOSE = "2013-06-10T21:00:00.000000Z"


@pytest.fixture
def committee() -> Committee:
    """Three items run from 3 to 10 June 2013."""
    committee = proposed()
    opens(committee)
    return committee


def test_what_had_its_time_is_no_finding(committee: Committee) -> None:
    committee.on("2013-06-05")
    objects(committee, "FRA", "2013-06-05T07:00:00-04:00", 2)
    committee.record.now = CLOSE
    closes(committee)
    assert Office.of(committee.record).found(silences.CHECK) == []


def test_a_closure_that_was_recorded_after_the_close_shows_that_a_day_was_missing(committee: Committee) -> None:
    committee.record.now = CLOSE
    _, adopted = closes(committee)
    committee.on("2013-06-12").one(DeclareClosure, day="2013-06-06", reason="a storm")
    assert Office.of(committee.record).found(silences.CHECK) == [
        (
            adopted.position,
            f"item {item} of d-1 was closed at {CLOSE}, while its time ran until 2013-06-11T21:00:00.000000Z",
        )
        for item in (1, 2, 3)
    ]


def test_what_was_closed_over_a_hold_or_under_members_who_were_not_told_is_found(committee: Committee) -> None:
    committee.record.now = CLOSE
    (adopted,) = committee.give(CloseProcedure, decision="d-1", actor="chair")[1:]
    office = Office.of(committee.record)
    hold = HoldReceived(
        decision="d-1", items=(3,), state="USA", received_at=CLOSE, letter=None, reason="instructions are awaited"
    )
    office.did("decision/d-1", hold, "2013-06-20", known="2013-06-05")
    assert office.found(silences.CHECK) == [(adopted.position, "item 3 of d-1 was held by USA when it closed")]


def test_an_adoption_by_silence_without_a_procedure_is_found() -> None:
    office = Office()
    adopted = DecisionAdopted(decision="d-9", items=(1,), meeting=BY_SILENCE)
    event = office.did("decision/d-9", adopted, "2013-06-20")
    assert office.found(silences.CHECK) == [
        (event.position, "silence adopted d-9, of which no procedure that can be counted is on record")
    ]
