"""Meetings that are held: given a planned meeting, when it is held, when its record is made, or refused."""

import pytest

from domain.matrix.file import OutOfOrder
from domain.meetings.holding import AlreadyHeld, HoldMeeting, MeetingHeld, MeetingRecorded, NotHeld, RecordMeeting
from domain.meetings.planning import CancelMeeting
from domain.meetings.schedule import Cancelled
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.undermining import RestsOnIt, SourceDoesNotStand
from tests.committee import Committee
from tests.domain.meetings.seated import groups, plans, seated

STARTED = "2013-06-20T10:05:00-04:00"


@pytest.fixture
def committee() -> Committee:
    """A meeting of the working group was planned for 20 June 2013; it is the day after."""
    committee = seated()
    groups(committee)
    return committee.on("2013-06-21")


def test_a_meeting_is_held_with_the_states_that_attended_and_known_when_it_began(committee: Committee) -> None:
    event = committee.one(HoldMeeting, meeting="wg-1", started=STARTED, attendance=("FRA", "TGO"))
    assert event.body == MeetingHeld(
        meeting="wg-1",
        started_at="2013-06-20T14:05:00.000000Z",
        precision="instant",
        attendance=("FRA", "TGO"),
    )
    assert event.header.known_at == "2013-06-20T14:05:00.000000Z"


def test_a_meeting_of_which_only_the_day_is_known_says_so(committee: Committee) -> None:
    event = committee.one(HoldMeeting, meeting="wg-1", started="2013-06-20")
    assert isinstance(event.body, MeetingHeld)
    assert (event.body.precision, event.header.known_precision) == ("day", "day")


def test_only_a_planned_meeting_is_held_and_once(committee: Committee) -> None:
    with pytest.raises(NotFound, match="plan it first"):
        committee.one(HoldMeeting, meeting="wg-2", started=STARTED)
    committee.one(HoldMeeting, meeting="wg-1", started=STARTED)
    with pytest.raises(AlreadyHeld):
        committee.one(HoldMeeting, meeting="wg-1", started=STARTED)


def test_a_cancelled_meeting_was_not_held_whatever_date_is_stated(committee: Committee) -> None:
    committee.one(CancelMeeting, meeting="wg-1", reason="no item was ready")
    with pytest.raises(Cancelled):
        committee.one(HoldMeeting, meeting="wg-1", started=STARTED)


def test_states_attend_that_are_on_record_each_once(committee: Committee) -> None:
    with pytest.raises(NotFound, match="TCD"):
        committee.one(HoldMeeting, meeting="wg-1", started=STARTED, attendance=("TCD",))
    with pytest.raises(MalformedInput, match="twice"):
        committee.one(HoldMeeting, meeting="wg-1", started=STARTED, attendance=("FRA", "FRA"))


def test_what_was_held_gets_a_record_and_a_summary_each_once(committee: Committee) -> None:
    with pytest.raises(NotHeld):
        committee.one(RecordMeeting, meeting="wg-1", form="record", document="paper-1")
    committee.one(HoldMeeting, meeting="wg-1", started=STARTED)
    event = committee.one(RecordMeeting, meeting="wg-1", form="record", document="paper-1")
    assert event.body == MeetingRecorded(meeting="wg-1", form="record", document_id="paper-1", symbol=None)
    committee.one(RecordMeeting, meeting="wg-1", form="summary", document="paper-2")
    with pytest.raises(Conflict, match=event.id):
        committee.one(RecordMeeting, meeting="wg-1", form="summary", document="paper-1")
    with pytest.raises(NotFound, match="paper-9"):
        committee.one(RecordMeeting, meeting="wg-1", form="summary", document="paper-9")
    with pytest.raises(MalformedInput, match="no document and no symbol"):
        committee.one(RecordMeeting, meeting="wg-1", form="summary")


def test_a_record_is_not_dated_before_the_meeting_was_held(committee: Committee) -> None:
    committee.one(HoldMeeting, meeting="wg-1", started=STARTED)
    with pytest.raises(OutOfOrder, match="before meeting wg-1 was held"):
        committee.one(RecordMeeting, meeting="wg-1", form="record", document="paper-1", known="2013-06-19")
    committee.one(RecordMeeting, meeting="wg-1", form="record", document="paper-1", known="2013-06-20")


def test_a_joint_briefing_to_the_council_is_recorded_by_the_symbol_of_the_councils_own_record(
    committee: Committee,
) -> None:
    hours = ("2013-06-21T10:00:00-04:00", "2013-06-21T13:00:00-04:00")
    plans(committee, "briefing-1", *hours, kind="joint-briefing", beside=("1267", "1373"))
    committee.on("2013-06-24").one(HoldMeeting, meeting="briefing-1", started=hours[0])
    for symbol in (None, "S/2013/327", "S/PV."):
        with pytest.raises(MalformedInput, match="no record of the Security Council"):
            committee.one(RecordMeeting, meeting="briefing-1", form="record", document="paper-1", symbol=symbol)
    event = committee.one(RecordMeeting, meeting="briefing-1", form="record", symbol="S/PV.9999")
    with pytest.raises(MalformedInput):
        committee.corrects(event, {"symbol": "S/2013/327"})
    committee.corrects(event, {"symbol": "S/PV.9998 (Resumption 1)"})


def test_a_holding_falls_only_after_its_record_and_a_record_stands_again_only_on_it(committee: Committee) -> None:
    held = committee.one(HoldMeeting, meeting="wg-1", started=STARTED)
    made = committee.one(RecordMeeting, meeting="wg-1", form="record", document="paper-1")
    with pytest.raises(RestsOnIt, match=made.id):
        committee.voids(held)
    void = committee.voids(made)
    committee.voids(held)
    with pytest.raises(SourceDoesNotStand, match="the holding of meeting wg-1"):
        committee.voids(void)


def test_a_corrected_start_is_when_the_meeting_became_known(committee: Committee) -> None:
    held = committee.one(HoldMeeting, meeting="wg-1", started=STARTED)
    corrected = committee.corrects(held, {"started_at": "2013-06-20T14:10:00.000000Z"})
    assert corrected.header.known_at == "2013-06-20T14:10:00.000000Z"
    with pytest.raises(MalformedInput):
        committee.corrects(corrected, {"attendance": ["FRA", "FRA"]})
