"""The schedule of meetings: given what is planned, when a meeting is planned, moved or cancelled."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.committee.groups import CloseGroup
from domain.correcting import FixedMember
from domain.meetings.holding import AlreadyHeld, HoldMeeting
from domain.meetings.planning import AlreadyPlanned, CancelMeeting, Clash, MoveMeeting, PlanMeeting
from domain.meetings.schedule import Cancelled, MeetingPlanned, Scheduled, clashes, meetings
from domain.refusals import MalformedInput, NotFound
from domain.standing import Cut
from domain.times import text
from domain.undermining import RestsOnIt
from tests.committee import Committee
from tests.domain.meetings.seated import groups, plans, seated

MORNING = ("2013-06-20T10:00:00-04:00", "2013-06-20T13:00:00-04:00")
NOON = ("2013-06-20T12:30:00-04:00", "2013-06-20T14:00:00-04:00")
AFTERNOON = ("2013-06-20T13:00:00-04:00", "2013-06-20T15:00:00-04:00")


@pytest.fixture
def committee() -> Committee:
    return seated()


def planned(committee: Committee, meeting: str, as_of: str | None = None) -> Scheduled:
    cut = Cut() if as_of is None else Cut(known_at=f"{as_of}T23:00:00.000000Z")
    return meetings(committee.record.history("committee/meetings").standing(cut))[meeting]


def overlapping(committee: Committee) -> list[tuple[str, str]]:
    listed = meetings(committee.record.history("committee/meetings").standing()).values()
    return [(one.meeting, other.meeting) for one, other in clashes(listed)]


def test_a_meeting_of_a_working_group_is_planned_between_two_hours(committee: Committee) -> None:
    event = groups(committee)
    assert event.body == MeetingPlanned(
        meeting="wg-1",
        kind="working-group",
        group="assistance",
        beside=(),
        starts_at="2013-06-20T14:00:00.000000Z",
        ends_at="2013-06-20T17:00:00.000000Z",
        precision="instant",
        language="en",
        despite=None,
    )
    assert event.header.audience == ("committee", "expert", "secretariat")


def test_an_open_meeting_is_for_all_to_know_and_so_is_its_move(committee: Committee) -> None:
    assert plans(committee, "open-1", *MORNING, kind="open").header.audience == ("public",)
    moved = committee.one(MoveMeeting, meeting="open-1", starts=NOON[0], ends=NOON[1], reason="the room")
    assert moved.header.audience == ("public",)


def test_no_meeting_is_planned_or_moved_over_another_of_the_committee_or_its_groups(committee: Committee) -> None:
    groups(committee)
    with pytest.raises(Clash, match="wg-1"):
        plans(committee, "f-1", *NOON)
    plans(committee, "f-1", *AFTERNOON)
    with pytest.raises(Clash, match="wg-1"):
        committee.one(MoveMeeting, meeting="f-1", starts=NOON[0], ends=NOON[1], reason="earlier")


def test_a_meeting_over_another_says_despite_what_and_both_are_listed(committee: Committee) -> None:
    groups(committee)
    plans(committee, "f-1", *NOON, despite="the Chair leaves on 21 June")
    assert planned(committee, "f-1").despite == "the Chair leaves on 21 June"
    assert overlapping(committee) == [("wg-1", "f-1")]
    committee.one(MoveMeeting, meeting="f-1", starts=AFTERNOON[0], ends=AFTERNOON[1], reason="the Chair stays")
    assert (overlapping(committee), planned(committee, "f-1").despite) == ([], None)


def test_hours_are_free_again_when_a_meeting_is_cancelled_or_moved(committee: Committee) -> None:
    groups(committee)
    committee.one(CancelMeeting, meeting="wg-1", reason="no item is ready")
    plans(committee, "f-1", *MORNING)
    committee.one(MoveMeeting, meeting="f-1", starts=AFTERNOON[0], ends=AFTERNOON[1], reason="the room")
    plans(committee, "f-2", *MORNING)


def test_a_meeting_whose_hours_are_not_set_keeps_nobody_from_another_until_they_are(committee: Committee) -> None:
    groups(committee)
    plans(committee, "f-1", "2013-06-20", "2013-06-20")
    assert planned(committee, "f-1").precision == "day"
    with pytest.raises(Clash):
        committee.one(MoveMeeting, meeting="f-1", starts=NOON[0], ends=NOON[1], reason="the hours are set")


def test_the_past_knows_the_hours_of_that_past(committee: Committee) -> None:
    groups(committee)
    committee.on("2013-06-10").one(
        MoveMeeting, meeting="wg-1", starts=AFTERNOON[0], ends=AFTERNOON[1], reason="the room"
    )
    assert planned(committee, "wg-1").starts_at == "2013-06-20T17:00:00.000000Z"
    assert planned(committee, "wg-1", as_of="2013-06-05").starts_at == "2013-06-20T14:00:00.000000Z"


def test_a_meeting_is_as_its_kind_is(committee: Committee) -> None:
    with pytest.raises(MalformedInput, match="names the group"):
        plans(committee, "m", *MORNING, group="assistance")
    with pytest.raises(MalformedInput, match="names the group"):
        groups(committee, group=None)
    with pytest.raises(NotFound, match="no working group media"):
        groups(committee, group="media")
    with pytest.raises(MalformedInput, match="Committees beside"):
        plans(committee, "m", *MORNING, kind="joint-briefing")
    with pytest.raises(MalformedInput, match="Committees beside"):
        plans(committee, "m", *MORNING, beside=("1267",))
    plans(committee, "briefing", *MORNING, kind="joint-briefing", beside=("1267", "1373"))


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (MORNING[1], MORNING[0]),
        (MORNING[0], MORNING[0]),
        ("2013-06-20", MORNING[1]),
        ("2013-06", "2013-06"),
        ("2013-06-21", "2013-06-20"),
        ("10:00", "13:00"),
    ],
)
def test_a_meeting_begins_and_then_ends_both_by_the_hour_or_both_by_the_day(
    committee: Committee, starts: str, ends: str
) -> None:
    with pytest.raises(MalformedInput):
        plans(committee, "m", starts, ends)


def test_a_meeting_is_planned_once_and_only_a_planned_one_is_moved_or_cancelled(committee: Committee) -> None:
    groups(committee)
    with pytest.raises(AlreadyPlanned):
        plans(committee, "wg-1", *AFTERNOON)
    with pytest.raises(NotFound):
        committee.one(CancelMeeting, meeting="wg-2", reason="")
    with pytest.raises(NotFound):
        committee.one(MoveMeeting, meeting="wg-2", starts=NOON[0], ends=NOON[1], reason="")


def test_what_is_cancelled_or_held_is_neither_moved_nor_cancelled(committee: Committee) -> None:
    groups(committee)
    plans(committee, "f-1", *AFTERNOON)
    committee.one(CancelMeeting, meeting="f-1", reason="no item is ready")
    changes: Any = ((CancelMeeting, {}), (MoveMeeting, {"starts": NOON[0], "ends": NOON[1]}))
    for kind, members in changes:
        with pytest.raises(Cancelled):
            committee.one(kind, meeting="f-1", reason="again", known="2013-06-03", **members)
    committee.on("2013-06-21").one(HoldMeeting, meeting="wg-1", started=MORNING[0])
    for kind, members in changes:
        with pytest.raises(AlreadyHeld):
            committee.one(kind, meeting="wg-1", reason="late", **members)


def test_a_corrected_meeting_lies_over_no_other_and_stays_the_same_meeting(committee: Committee) -> None:
    groups(committee)
    event = plans(committee, "f-1", *AFTERNOON)
    with pytest.raises(Clash):
        committee.corrects(event, {"starts_at": "2013-06-20T16:00:00.000000Z"})
    with pytest.raises(FixedMember):
        committee.corrects(event, {"kind": "open"})
    with pytest.raises(FixedMember):
        committee.corrects(event, {"meeting": "f-2"})
    committee.corrects(event, {"starts_at": "2013-06-20T16:00:00.000000Z", "despite": "agreed with the group"})
    assert overlapping(committee) == [("wg-1", "f-1")]


def test_hours_from_which_a_meeting_was_moved_are_put_right_whoever_has_them_now(committee: Committee) -> None:
    event = groups(committee)
    committee.one(MoveMeeting, meeting="wg-1", starts=AFTERNOON[0], ends=AFTERNOON[1], reason="the room")
    plans(committee, "f-1", *MORNING)
    committee.corrects(event, {"ends_at": "2013-06-20T16:30:00.000000Z"})
    assert overlapping(committee) == []


def test_a_reason_is_not_struck_from_a_meeting_that_lies_over_another(committee: Committee) -> None:
    groups(committee)
    event = plans(committee, "f-1", *NOON, despite="the Chair leaves on 21 June")
    with pytest.raises(Clash, match="wg-1 and f-1"):
        committee.corrects(event, {"despite": None})
    committee.corrects(event, {"language": "fr"})


def test_a_move_or_cancellation_is_not_taken_back_into_hours_taken_meanwhile(committee: Committee) -> None:
    groups(committee)
    moved = committee.one(MoveMeeting, meeting="wg-1", starts=AFTERNOON[0], ends=AFTERNOON[1], reason="the room")
    between = plans(committee, "f-1", *MORNING)
    with pytest.raises(Clash, match="f-1 and wg-1"):
        committee.voids(moved)
    committee.voids(between)
    committee.voids(moved)
    cancelled = committee.one(CancelMeeting, meeting="wg-1", reason="no item is ready")
    plans(committee, "f-2", *MORNING)
    with pytest.raises(Clash, match="f-2 and wg-1"):
        committee.voids(cancelled)


def test_a_cancellation_that_was_an_error_does_not_come_back_after_the_meeting_was_held(committee: Committee) -> None:
    groups(committee)
    void = committee.voids(committee.one(CancelMeeting, meeting="wg-1", reason="no item is ready"))
    held = committee.one(HoldMeeting, committee.imports(), meeting="wg-1", started="2013-06-03", known="2013-06-03")
    with pytest.raises(AlreadyHeld):
        committee.voids(void)
    committee.voids(held)
    committee.voids(void)


def test_a_group_or_meeting_falls_only_after_what_rests_on_it(committee: Committee) -> None:
    planned_event = groups(committee)
    established = committee.record.history("committee/groups").events[0]
    with pytest.raises(RestsOnIt, match=planned_event.id):
        committee.voids(established)
    moved = committee.one(MoveMeeting, meeting="wg-1", starts=AFTERNOON[0], ends=AFTERNOON[1], reason="the room")
    with pytest.raises(RestsOnIt, match=moved.id):
        committee.voids(planned_event)
    for event in (moved, planned_event, established):
        committee.voids(event)


def test_a_group_that_is_closed_plans_no_meeting(committee: Committee) -> None:
    committee.one(CloseGroup, group="assistance", valid_to="2013-06-10", reason="merged")
    with pytest.raises(NotFound):
        groups(committee)


def test_history_enters_with_the_clashes_that_it_had(committee: Committee) -> None:
    batch = committee.imports()
    for meeting in ("old-1", "old-2"):
        committee.one(
            PlanMeeting,
            batch,
            meeting=meeting,
            kind="formal",
            starts="2012-11-07T10:00:00-05:00",
            ends="2012-11-07T13:00:00-05:00",
            language="en",
            known="2012-11",
        )
    assert overlapping(committee) == [("old-1", "old-2")]
    assert not [event for event in committee.reverses() if event.header.type != "record.batch-reversed"][2:]


HOURS = st.tuples(st.integers(0, 40), st.integers(1, 8), st.booleans(), st.sampled_from(("instant", "day")))


@given(st.lists(HOURS, max_size=12))
def test_clashes_are_every_two_meetings_with_hours_that_share_a_moment(drawn: list[tuple[int, int, bool, str]]) -> None:
    begin = datetime(2013, 6, 20, tzinfo=UTC)
    listed = [
        Scheduled(
            meeting=f"m-{place}",
            kind="formal",
            group=None,
            starts_at=text(begin + timedelta(hours=start)),
            ends_at=text(begin + timedelta(hours=start + length)),
            precision="instant" if precision == "instant" else "day",
            despite=None,
            cancelled=cancelled,
        )
        for place, (start, length, cancelled, precision) in enumerate(drawn)
    ]
    wanted = {
        frozenset((f"m-{a}", f"m-{b}"))
        for a, (start, length, gone, precision) in enumerate(drawn)
        for b, (other, long, away, known) in enumerate(drawn[:a])
        if not gone and not away and precision == known == "instant" and start < other + long and other < start + length
    }
    found = clashes(listed)
    assert {frozenset((one.meeting, other.meeting)) for one, other in found} == wanted
    assert len(found) == len(wanted)
