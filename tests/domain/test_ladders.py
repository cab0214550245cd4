"""Reminders: given what falls due and the working days of New York, who should have been reminded by an instant."""

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import fulfilling
from domain.calendar import Due
from domain.calendar.ladders import Facts, Reminder, due_rungs, reminded, reminders, rungs
from domain.calendar.rungs import Offset, RungAt, rung_at
from domain.deadline import RecordStep
from domain.duty import deadline_of
from domain.duty_station import WorkingDays
from domain.programme import ProgrammeAdopted
from domain.times import NEW_YORK, end_of, moment
from domain.values import Name
from tests.domain.asked import due_at
from tests.domain.given import InMemory, as_of
from tests.domain.twelfth import NOTE, the_twelfth_programme

DAYS = ("2014-01-20", "2014-03-20")
STATES = ("KEN", "NZL")
HOLIDAYS = WorkingDays(
    {
        2012: frozenset(),
        2013: frozenset({date(2013, 11, 28), date(2013, 12, 25)}),
        2014: frozenset({date(2014, 1, 1)}),
        2015: frozenset(),
    }
)


REVIEW = {each.duty: each for each in due_at(the_twelfth_programme(), as_of("2013-07-01"))}["REV-2013"]


@pytest.fixture
def record() -> InMemory:
    return the_twelfth_programme()


def duty(record: InMemory, name: str, day: str) -> Due:
    return {each.duty: each for each in due_at(record, as_of(day), states=STATES)}[name]


def facts(record: InMemory, day: str, **members: Any) -> Facts:
    (programme,) = (
        each.body for each in record.history("programme/12").standing() if isinstance(each.body, ProgrammeAdopted)
    )
    arguments: dict[str, Any] = {
        "duties": due_at(record, as_of(day), states=STATES),
        "remind": {each.duty: each.remind for each in programme.duties},
        "since": {},
        "station": HOLIDAYS,
    }
    return Facts(**arguments | members)


def about(found: tuple[Reminder, ...], name: str) -> list[Reminder]:
    return [each for each in found if each.entry.duty == name]


def named(found: tuple[RungAt, ...]) -> list[str]:
    return [rung.name for rung in found]


def test_the_annual_review_is_reminded_of_on_working_days_before_its_last_day(record: InMemory) -> None:
    found = {rung.name: rung.day for rung in rungs(duty(record, "REV-2013", "2013-10-01"), HOLIDAYS)}
    assert found["T-30"] == date(2013, 11, 29), "1 December 2013 is a Sunday: the Friday before"
    assert found["T-7"] == date(2013, 12, 24)
    assert found["late-1"] == date(2014, 1, 2), "after the last day it is the next working day"


def test_a_rung_may_fall_on_a_leap_day() -> None:
    station = WorkingDays({year: frozenset() for year in (2027, 2028, 2029)})
    assert rung_at(date(2028, 3, 30), Offset(30), station).day == date(2028, 2, 29)


def test_nine_in_new_york_is_nine_on_both_sides_of_the_change_of_clocks(record: InMemory) -> None:
    found = rungs(duty(record, "REV-2013", "2013-09-01"), HOLIDAYS)
    assert {moment(rung.at).astimezone(NEW_YORK).hour for rung in found} == {9}
    assert {moment(rung.at).hour for rung in found} == {13, 14}


def test_without_a_list_of_holidays_a_rung_is_provisional(record: InMemory) -> None:
    found = rungs(duty(record, "REV-2013", "2013-10-01"), WorkingDays())
    assert all(rung.provisional for rung in found)
    assert not any(rung.provisional for rung in rungs(duty(record, "REV-2013", "2013-10-01"), HOLIDAYS))


def test_every_interval_is_internal_as_the_programme_sets_none(record: InMemory) -> None:
    assert {rung.basis for rung in rungs(duty(record, "REV-2013", "2013-10-01"), HOLIDAYS)} == {"internal"}


@pytest.mark.parametrize("name", ["UNIVERSAL", "IRO-POC"])
def test_an_aim_and_what_is_only_encouraged_have_no_rung_after_their_day(record: InMemory, name: str) -> None:
    found = rungs(duty(record, name, "2013-10-01"), HOLIDAYS)
    assert found
    assert not [rung for rung in found if rung.overdue]


@pytest.mark.parametrize("name", ["EFF-PRACT", "NAP", "WEB", "PRINCIPLES", "WG-REP"])
def test_voluntary_things_and_what_has_no_date_have_no_rungs(record: InMemory, name: str) -> None:
    assert rungs(duty(record, name, "2013-10-01"), HOLIDAYS) == ()


def test_of_what_is_done_nobody_is_reminded(record: InMemory) -> None:
    assert about(due_rungs(facts(record, "2013-12-20"), end_of(date(2013, 12, 20))), "REV-2013")
    for step in ("adopted", "transmitted"):
        record.when(
            fulfilling.record_step,
            RecordStep(
                id=step,
                actor="secretariat",
                known="2013-12-19",
                deadline=deadline_of("REV-2013"),
                duty="REV-2013",
                step=step,
                document=NOTE,
            ),
        )
    assert not about(due_rungs(facts(record, "2013-12-20"), end_of(date(2013, 12, 20))), "REV-2013")


def test_of_several_rungs_that_have_come_only_the_last_is_worth_sending(record: InMemory) -> None:
    found = about(due_rungs(facts(record, "2013-12-20"), end_of(date(2013, 12, 20))), "REV-2013")
    assert {each.rung.name for each in found if not each.passed_over} == {"T-14"}
    assert {each.rung.name for each in found if each.passed_over} == {"T-90", "T-60", "T-30"}


def test_once_the_last_day_is_over_nothing_is_said_of_an_aim_and_no_earlier_rung_is_sent(record: InMemory) -> None:
    found = due_rungs(facts(record, "2015-01-05"), end_of(date(2015, 1, 5)))
    assert about(found, "UNIVERSAL") == []
    assert all(each.rung.overdue for each in found if not each.passed_over)


def test_a_reminder_that_came_too_long_ago_is_told_and_not_sent(record: InMemory) -> None:
    soon, late = (about(due_rungs(facts(record, day), end_of(date.fromisoformat(day))), "REV-2013") for day in DAYS)
    assert {each.rung.name for each in soon if not each.passed_over} == {"late-14"}
    assert late
    assert all(each.passed_over for each in late)


def test_what_is_intended_is_not_due_again(record: InMemory) -> None:
    at = end_of(date(2013, 12, 20))
    names = frozenset(each.message for each in due_rungs(facts(record, "2013-12-20"), at))
    assert due_rungs(facts(record, "2013-12-20", intended=names), at) == ()


def test_a_later_rung_continues_the_thread_of_the_first_that_was_intended(record: InMemory) -> None:
    first = "annual-review-2013.role-chair.T-60.r0"
    found = about(tuple(reminders(facts(record, "2013-10-01", intended=frozenset({first})))), "REV-2013")
    threads = {each.rung.name: each.first for each in found if each.addressee == "role:chair"}
    assert (threads["T-90"], threads["T-60"], threads["T-7"]) == (None, None, first)
    assert {each.first for each in found if each.addressee == "role:experts"} == {None}


def test_the_four_offices_of_a_duty_get_a_message_each(record: InMemory) -> None:
    found = about(tuple(reminders(facts(record, "2013-10-01"))), "REV-2013")
    assert {each.message for each in found if each.rung.name == "T-30"} == {
        f"annual-review-2013.role-{office}.T-30.r0" for office in ("chair", "experts", "coordinators", "secretariat")
    }


def test_states_and_organizations_are_written_to_in_campaigns_not_by_a_ladder() -> None:
    assert reminded("Permanent Missions of non-reporters, GoE, Chair") == ("role:experts", "role:chair")
    assert reminded("WG coordinator, 4 WG coordinators") == ("role:coordinators",)
    assert reminded("-") == ()


def test_nobody_is_reminded_of_what_came_on_record_only_later(record: InMemory) -> None:
    since = {each.duty: "2013-12-10T00:00:00.000000Z" for each in facts(record, "2013-12-20").duties}
    found = about(tuple(reminders(facts(record, "2013-12-20", since=since))), "REV-2013")
    assert {each.rung.name for each in found} == {"T-14", "T-7", "T-1", "late-1", "late-7", "late-14"}


def test_every_reminder_has_a_name_that_a_stream_can_have(record: InMemory) -> None:
    for each in reminders(facts(record, "2014-01-20")):
        assert msgspec.convert(each.message, Name) == each.message
        assert msgspec.convert(each.named, Name) == each.named


def test_a_month_missed_and_the_next_have_messages_of_their_own(record: InMemory) -> None:
    found = about(tuple(reminders(facts(record, "2013-12-02"))), "CAL-MONTHLY")
    assert len({each.message for each in found}) == len(found)
    assert "duty-CAL-MONTHLY.role-secretariat.late-1.2013-11-30.r0" in {each.message for each in found}


@given(st.dates(date(2013, 6, 1), date(2014, 5, 31)))
def test_a_rung_before_the_last_day_is_a_working_day_in_time(last: date) -> None:
    entry = REVIEW
    for rung in rungs(msgspec.structs.replace(entry, last_day=last), HOLIDAYS):
        assert HOLIDAYS.works(rung.day)
        assert rung.overdue == (rung.day > last)
        assert abs((rung.day - last).days) <= 95
