"""Silence: given a proposal sent to all delegations, when five full working days pass, then it is adopted."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.committee.members import ElectorateUnknown
from domain.committee.offices import ChairVacant, HoldOffice, LeaveOffice
from domain.decision import Adopt, DecisionAdopted, NotDecided, Propose, ProposedItem, require_adopted
from domain.duty_station import DeclareClosure, HolidaysUnknown, WorkingDays
from domain.no_objection.closing import NotPutToIncoming, TimeRuns
from domain.no_objection.commands import InformIncoming
from domain.no_objection.events import ProcedureClosed, ProcedureOpened
from domain.no_objection.opening import NotAllDelegations
from domain.no_objection.procedure import closing
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.times import NEW_YORK, moment, text
from domain.undermining import RestsOnIt
from tests.committee import Committee, body
from tests.domain.meetings.seated import MEMBERS
from tests.domain.no_objection.silence import INCOMING, MANIFEST, closes, item, opens, proposed, stands, statuses

CLOSE = "2013-06-10T21:00:00.000000Z"
"""Five in the afternoon in New York on the fifth full working day after 3 June."""


@pytest.fixture
def committee() -> Committee:
    """A proposal of three items on 3 June 2013."""
    return proposed()


def test_a_proposal_is_put_to_all_fifteen_for_five_full_working_days(committee: Committee) -> None:
    event = opens(committee)
    assert event.body == ProcedureOpened(
        decision="d-1",
        items=(1, 2, 3),
        sent_at="2013-06-03T14:00:00.000000Z",
        delegations=MEMBERS,
        documents=(),
        days=5,
        closing_hour="17:00",
        station="new-york",
        incoming_days=3,
        holds_lapse=True,
        in_place_of=None,
    )
    assert event.header.known_at == "2013-06-03T14:00:00.000000Z"
    assert event.header.audience == ("committee", "expert", "secretariat")
    assert {each.closes_at for each in stands(committee).items} == {CLOSE}


def test_silence_adopts_at_five_in_new_york_and_not_a_moment_sooner(committee: Committee) -> None:
    opening = opens(committee)
    committee.record.now = "2013-06-10T20:59:59.999998Z"
    with pytest.raises(TimeRuns, match="runs until 2013-06-10T21:00"):
        closes(committee)
    committee.record.now = CLOSE
    closed, adopted = closes(committee)
    assert isinstance(closed.body, ProcedureClosed)
    assert (closed.body.items, closed.body.closed_at, closed.body.members) == ((1, 2, 3), CLOSE, MEMBERS)
    assert opening.id in closed.body.basis
    assert adopted.body == DecisionAdopted(decision="d-1", items=(1, 2, 3), meeting="no-objection procedure")
    require_adopted(committee.context(), "d-1")
    assert statuses(committee) == {1: "adopted", 2: "adopted", 3: "adopted"}
    with pytest.raises(Conflict, match="no item of d-1 waits"):
        closes(committee)


def test_what_is_sent_after_five_counts_as_sent_on_the_next_day(committee: Committee) -> None:
    opens(committee, "2013-06-03T11:59:00-04:00")
    assert item(committee, 1).closes_at == CLOSE
    late = proposed()
    late.record.now = "2013-06-04T12:00:00.000000Z"
    opens(late, "2013-06-03T17:00:01-04:00")
    assert item(late, 1).closes_at == "2013-06-11T21:00:00.000000Z"


def test_a_holiday_and_a_closure_declared_meanwhile_move_the_close(committee: Committee) -> None:
    committee.on("2013-07-01")
    opens(committee, "2013-06-28T10:00:00-04:00")
    assert item(committee, 1).closes_at == "2013-07-08T21:00:00.000000Z"
    storm = committee.on("2013-07-02").one(DeclareClosure, day="2013-07-03", reason="a storm")
    assert item(committee, 1).closes_at == "2013-07-09T21:00:00.000000Z"
    committee.record.now = "2013-07-09T21:00:00.000000Z"
    assert storm.id in body(closes(committee)[0]).basis


def test_the_hour_is_new_yorks_across_the_night_when_clocks_change(committee: Committee) -> None:
    committee.on("2013-11-01")
    opens(committee, "2013-10-31T10:00:00-04:00", days=2)
    assert item(committee, 1).closes_at == "2013-11-04T22:00:00.000000Z"


def test_days_hour_and_items_are_settings_of_each_procedure(committee: Committee) -> None:
    opens(committee, days=2, closing_hour="12:00", items=(2,))
    assert [each.item for each in stands(committee).items] == [2]
    assert item(committee, 2).closes_at == "2013-06-05T16:00:00.000000Z"


def test_it_goes_to_the_members_of_the_day_and_to_no_others(committee: Committee) -> None:
    with pytest.raises(NotAllDelegations, match="FRA, KEN"):
        opens(committee, delegations=(*(each for each in MEMBERS if each != "FRA"), "KEN"))


def test_a_procedure_needs_a_proposal_a_day_and_an_hour(committee: Committee) -> None:
    wrong: tuple[tuple[dict[str, Any], type[Refusal]], ...] = (
        ({"decision": "d-2"}, NotFound),
        ({"items": (7,)}, NotFound),
        ({"days": 0}, MalformedInput),
        ({"incoming_days": 0}, MalformedInput),
        ({"closing_hour": "five"}, MalformedInput),
        ({"in_place_of": "d-0"}, NotFound),
    )
    for members, kind in wrong:
        with pytest.raises(kind):
            opens(committee, **members)


def test_items_run_once_at_a_time(committee: Committee) -> None:
    opens(committee, items=(1, 2))
    with pytest.raises(Conflict, match=r"items \[2\] are under a procedure already"):
        opens(committee, items=(2, 3))
    opens(committee, items=(3,))
    assert statuses(committee) == {1: "running", 2: "running", 3: "running"}


def test_an_amended_text_is_a_new_procedure_that_names_the_old_one(committee: Committee) -> None:
    opens(committee)
    amended = (ProposedItem(number=1, text="item 1, amended", rests_on=(MANIFEST,)),)
    committee.one(Propose, decision="d-2", title="Amended", items=amended)
    event = opens(committee, decision="d-2", in_place_of="d-1")
    assert body(event).in_place_of == "d-1"


def test_what_was_adopted_in_a_meeting_meanwhile_is_not_adopted_again(committee: Committee) -> None:
    opens(committee)
    committee.on("2013-06-05").one(Adopt, decision="d-1", meeting="m", items=(1,), actor="chair")
    committee.record.now = CLOSE
    closed, _ = closes(committee)
    assert body(closed).items == (2, 3)


def test_while_the_chair_is_vacant_nothing_is_opened_or_closed_unless_somebody_acts(committee: Committee) -> None:
    committee.one(HoldOffice, office="chair", state="KOR", valid_from="2013-06-01", valid_to="2013-12-31")
    opens(committee)
    committee.on("2013-06-05").one(LeaveOffice, office="chair", state="KOR", valid_to="2013-06-04", reason="recalled")
    committee.record.now = CLOSE
    with pytest.raises(ChairVacant):
        closes(committee)
    committee.one(HoldOffice, office="acting-chair", state="AUS", valid_from="2013-06-10", valid_to="2013-12-31")
    assert len(closes(committee)) == 2


def test_across_new_year_it_is_put_to_those_who_come_in_who_have_their_full_days(committee: Committee) -> None:
    committee.on("2013-12-27")
    opens(committee, "2013-12-26T10:00:00-05:00")
    assert item(committee, 1).closes_at == "2014-01-03T22:00:00.000000Z"
    assert item(committee, 1).incoming == INCOMING
    committee.record.now = "2014-01-03T22:00:00.000000Z"
    with pytest.raises(NotPutToIncoming, match="CHL, JOR, LTU, NGA, TCD"):
        closes(committee)
    event = committee.one(InformIncoming, decision="d-1", sent="2014-01-02T10:00:00-05:00")
    assert body(event).delegations == INCOMING
    assert item(committee, 1).closes_at == "2014-01-07T22:00:00.000000Z"
    assert item(committee, 1).incoming == ()
    with pytest.raises(TimeRuns):
        closes(committee)
    committee.record.now = "2014-01-07T22:00:00.000000Z"
    closed, _ = closes(committee)
    assert set(INCOMING) <= set(body(closed).members)


def test_who_comes_in_and_was_told_early_moves_nothing(committee: Committee) -> None:
    committee.on("2013-12-28")
    opens(committee, "2013-12-26T10:00:00-05:00")
    committee.one(InformIncoming, decision="d-1", sent="2013-12-27T10:00:00-05:00", delegations=INCOMING)
    assert item(committee, 1).closes_at == "2014-01-03T22:00:00.000000Z"


def test_without_the_list_of_the_next_year_the_close_is_not_known(committee: Committee) -> None:
    committee.on("2014-12-30")
    opens(committee, "2014-12-29T10:00:00-05:00")
    with pytest.raises(HolidaysUnknown, match="2015"):
        stands(committee)


def test_it_is_not_known_who_decides_where_a_seat_is_empty() -> None:
    committee = proposed()
    committee.on("2015-02-02")
    with pytest.raises(ElectorateUnknown):
        opens(committee, "2015-02-02T05:00:00-05:00")


def test_what_silence_adopted_rests_on_its_close_and_that_on_the_opening(committee: Committee) -> None:
    opening = opens(committee)
    committee.record.now = CLOSE
    closed, adopted = closes(committee)
    for resting in (opening, closed):
        with pytest.raises(RestsOnIt):
            committee.voids(resting)
    committee.voids(adopted)
    committee.voids(closed)
    committee.voids(opening)
    with pytest.raises(NotDecided):
        require_adopted(committee.context(), "d-1")


SENT = st.datetimes(datetime(2013, 1, 1), datetime(2013, 11, 30))  # noqa: DTZ001 - New York's, below


@given(SENT, st.integers(1, 15), st.frozensets(st.dates(date(2013, 1, 1), date(2013, 12, 31)), max_size=20))
def test_between_sending_and_close_lie_exactly_so_many_full_working_days(
    sent: datetime, days: int, holidays: frozenset[date]
) -> None:
    station = WorkingDays({2013: holidays, 2014: frozenset()})
    sent_at = text(sent.replace(tzinfo=NEW_YORK))
    closes_at = moment(closing(sent_at, days, "17:00", station)).astimezone(NEW_YORK)
    local = moment(sent_at).astimezone(NEW_YORK)
    after_hours = local.time() > datetime(2013, 1, 1, 17).time()  # noqa: DTZ001 - an hour of the day
    first = local.date() + timedelta(days=1 + after_hours)
    run = [first + timedelta(days=n) for n in range((closes_at.date() - first).days + 1)]
    assert (closes_at.hour, closes_at.minute) == (17, 0)
    assert sum(map(station.works, run)) == days
    assert station.works(closes_at.date())
