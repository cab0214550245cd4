"""Silence broken: given a procedure that runs, when a member objects, holds or asks for time, items wait or end."""

import pytest

from domain.decision import Adopt, DecisionAdopted, NotDecided, require_adopted
from domain.no_objection.commands import AnswerTime, AskTime, PlaceOnHold, ReleaseHold
from domain.no_objection.events import HoldReceived, ObjectionReceived, ProcedureClosed
from domain.no_objection.voices import NoMember, TimeIsOver
from domain.refusals import Conflict, MalformedInput, NotFound, NotPermitted
from tests.committee import Committee, body
from tests.domain.no_objection.silence import closes, item, objects, opens, proposed, statuses

CLOSE = "2013-06-10T21:00:00.000000Z"


@pytest.fixture
def committee() -> Committee:
    """Three items run from 3 to 10 June 2013; it is the morning of the 5th."""
    committee = proposed()
    opens(committee)
    return committee.on("2013-06-05")


def test_an_objection_ends_the_procedure_for_the_items_it_names_and_the_others_go_through(committee: Committee) -> None:
    (event,) = objects(committee, "RUS", "2013-06-05T07:00:00-04:00", 2, reason="the wording")
    assert event.body == ObjectionReceived(
        decision="d-1",
        items=(2,),
        state="RUS",
        received_at="2013-06-05T11:00:00.000000Z",
        letter=None,
        reason="the wording",
    )
    assert event.header.known_at == "2013-06-05T11:00:00.000000Z"
    assert item(committee, 2).by == ("RUS",)
    committee.record.now = CLOSE
    closed, adopted = closes(committee)
    assert body(closed).items == body(adopted).items == (1, 3)
    assert statuses(committee) == {1: "adopted", 2: "objected", 3: "adopted"}


def test_an_objection_without_items_is_to_all_of_them(committee: Committee) -> None:
    objects(committee, "CHN", "2013-06-05")
    assert set(statuses(committee).values()) == {"objected"}
    committee.record.now = CLOSE
    with pytest.raises(Conflict, match="item 1 is objected CHN"):
        closes(committee)


def test_an_objection_in_the_last_minute_counts_and_one_at_five_does_not(committee: Committee) -> None:
    committee.on("2013-06-11")
    objects(committee, "FRA", "2013-06-10T16:59:59-04:00", 1)
    with pytest.raises(TimeIsOver, match="ran out at 2013-06-10T21:00"):
        objects(committee, "FRA", "2013-06-10T17:00:00-04:00", 2)


def test_an_objection_received_in_time_but_recorded_late_takes_back_what_silence_had_adopted(
    committee: Committee,
) -> None:
    committee.record.now = CLOSE
    closed, adopted = closes(committee)
    committee.on("2013-06-12")
    objection, of_close, of_adoption = objects(committee, "GBR", "2013-06-10T16:30:00-04:00", 2)
    assert objection.header.known_at == "2013-06-10T20:30:00.000000Z"
    assert (of_close.header.strikes, of_adoption.header.strikes) == (closed.id, adopted.id)
    assert isinstance(of_close.body, ProcedureClosed)
    assert isinstance(of_adoption.body, DecisionAdopted)
    assert of_close.body.items == of_adoption.body.items == (1, 3)
    assert of_adoption.header.known_at == adopted.header.known_at
    assert statuses(committee) == {1: "adopted", 2: "objected", 3: "adopted"}
    voids = objects(committee, "CHN", "2013-06-10T16:31:00-04:00", 1, 3)[1:]
    assert [event.header.type for event in voids] == ["decision.recorded-in-error"] * 4
    with pytest.raises(NotDecided):
        require_adopted(committee.context(), "d-1")


def test_who_was_adopted_over_in_a_meeting_objects_no_more(committee: Committee) -> None:
    committee.one(Adopt, decision="d-1", meeting="m", items=(1,), actor="chair")
    with pytest.raises(Conflict, match="item 1 is decided already"):
        objects(committee, "FRA", "2013-06-05T07:00:00-04:00", 1)


def test_only_a_member_of_the_day_is_heard(committee: Committee) -> None:
    for state in ("KEN", "CHL"):
        with pytest.raises(NoMember, match=f"{state} is no member of the Committee on 2013-06-05"):
            objects(committee, state, "2013-06-05T07:00:00-04:00")
    with pytest.raises(NotPermitted):
        objects(committee, "FRA", "2013-06-05T07:00:00-04:00", actor="expert")


def test_nobody_objects_before_it_was_sent_or_to_what_is_not_there_or_twice(committee: Committee) -> None:
    with pytest.raises(MalformedInput, match="before it was sent"):
        objects(committee, "FRA", "2013-06-03T09:00:00-04:00")
    with pytest.raises(NotFound, match="item 9 is not under the procedure"):
        objects(committee, "FRA", "2013-06-05T07:00:00-04:00", 9)
    objects(committee, "FRA", "2013-06-05T07:00:00-04:00", 1)
    with pytest.raises(Conflict, match="item 1 is objected already"):
        objects(committee, "FRA", "2013-06-05T07:30:00-04:00", 1)


def test_held_items_wait_until_the_hold_is_lifted(committee: Committee) -> None:
    event = committee.one(PlaceOnHold, decision="d-1", state="USA", received="2013-06-05", items=(2,))
    assert isinstance(event.body, HoldReceived)
    assert (item(committee, 2).status, item(committee, 2).by) == ("held", ("USA",))
    committee.record.now = CLOSE
    assert body(closes(committee)[0]).items == (1, 3)
    committee.on("2013-06-20")
    with pytest.raises(NotFound, match="FRA does not hold item 2"):
        committee.one(ReleaseHold, decision="d-1", state="FRA", received="2013-06-19", items=(2,))
    committee.one(ReleaseHold, decision="d-1", state="USA", received="2013-06-19", items=(2,))
    assert body(closes(committee)[0]).items == (2,)


def test_what_waits_hears_an_objection_after_its_time_too(committee: Committee) -> None:
    committee.one(PlaceOnHold, decision="d-1", state="USA", received="2013-06-05", items=(2,))
    committee.on("2013-06-20")
    objects(committee, "FRA", "2013-06-19", 2)
    assert statuses(committee)[2] == "objected"


def test_a_hold_lapses_with_membership_unless_it_is_said_to_last() -> None:
    for lapses, status in ((True, "running"), (False, "held")):
        committee = proposed()
        opens(committee, holds_lapse=lapses)
        committee.on("2013-06-05").one(PlaceOnHold, decision="d-1", state="PAK", received="2013-06-05", items=(2,))
        assert statuses(committee)[2] == "held"
        committee.on("2014-01-02")
        assert statuses(committee)[2] == status


def test_items_on_which_time_is_asked_wait_for_the_answer_and_get_further_full_days(committee: Committee) -> None:
    committee.one(AskTime, decision="d-1", state="RWA", received="2013-06-05", items=(3,))
    assert (item(committee, 3).status, item(committee, 3).by) == ("time-asked", ("RWA",))
    committee.one(AnswerTime, decision="d-1", days=2, reason="the Chair agrees", actor="chair")
    assert item(committee, 3).closes_at == "2013-06-12T21:00:00.000000Z"
    assert item(committee, 1).closes_at == CLOSE
    committee.record.now = CLOSE
    assert body(closes(committee)[0]).items == (1, 2)
    committee.record.now = "2013-06-12T21:00:00.000000Z"
    assert body(closes(committee)[0]).items == (3,)


def test_the_chair_may_give_no_time_and_gives_none_where_nobody_asked(committee: Committee) -> None:
    with pytest.raises(NotFound, match="nobody has asked"):
        committee.one(AnswerTime, decision="d-1", days=2, reason="", items=(1,), actor="chair")
    committee.one(AskTime, decision="d-1", state="RWA", received="2013-06-05", items=(3,))
    with pytest.raises(MalformedInput, match="days are 0 or more"):
        committee.one(AnswerTime, decision="d-1", days=-1, reason="", actor="chair")
    committee.one(AnswerTime, decision="d-1", days=0, reason="it is urgent", actor="chair")
    assert (statuses(committee)[3], item(committee, 3).closes_at) == ("running", CLOSE)


def test_several_items_close_each_at_its_own_time_in_one_act(committee: Committee) -> None:
    committee.one(AskTime, decision="d-1", state="RWA", received="2013-06-05", items=(3,))
    committee.one(AnswerTime, decision="d-1", days=1, reason="the Chair agrees", actor="chair")
    committee.on("2013-06-20")
    closed = [event.body for event in closes(committee) if isinstance(event.body, ProcedureClosed)]
    assert [(each.items, each.closed_at) for each in closed] == [
        ((1, 2), CLOSE),
        ((3,), "2013-06-11T21:00:00.000000Z"),
    ]


def test_an_objection_corrected_to_a_time_after_the_close_is_refused(committee: Committee) -> None:
    (event,) = objects(committee, "FRA", "2013-06-05T07:00:00-04:00", 1)
    committee.on("2013-06-12")
    with pytest.raises(TimeIsOver):
        committee.corrects(event, {"received_at": "2013-06-11T12:00:00.000000Z"})
