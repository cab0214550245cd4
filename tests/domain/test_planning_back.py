"""Planning back: given a last day and the holidays, then each step leaves the working days that the next one needs."""

from datetime import date, timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import due
from domain.calendar.asked import Words, of_group, of_office, of_states
from domain.calendar.entries import Due
from domain.calendar.planning_back import Intervals, Latest, lost_first, planned_back
from domain.duty_station import HolidaysUnknown, WorkingDays
from tests.domain.twelfth import the_twelfth_programme

CHRISTMAS = WorkingDays({year: frozenset({date(year, 12, 25)}) for year in range(2011, 2017)})
DAYS = st.dates(date(2012, 6, 1), date(2015, 6, 1))


def duty(name: str) -> Due:
    record = the_twelfth_programme()
    entries = due(lambda stream: record.history(stream).standing(), "2013-07-01T12:00:00.000000Z")
    return next(each for each in entries if each.duty == name)


def plan(name: str, today: date = date(2013, 7, 1), station: WorkingDays = CHRISTMAS) -> dict[str, Latest]:
    return {each.step: each for each in planned_back(duty(name), station, today)}


@given(day=DAYS, count=st.integers(0, 30))
def test_working_days_back_are_those_that_pass_forward(day: date, count: int) -> None:
    found = CHRISTMAS.before(day, count)
    assert CHRISTMAS.after(found, count) <= day
    if count:
        assert CHRISTMAS.after(found + timedelta(days=1), count) > day


@given(
    takes=st.builds(Intervals, silence=st.integers(0, 12), extension=st.integers(0, 9), translation=st.integers(0, 20))
)
def test_every_step_leaves_the_days_that_it_takes_before_the_next(takes: Intervals) -> None:
    review = duty("REV-2013")
    assert review.last_day is not None
    steps = planned_back(review, CHRISTMAS, date(2013, 7, 1), takes)
    assert steps[-1].day <= review.last_day
    for step, following in pairwise(steps):
        assert CHRISTMAS.works(step.day)
        assert CHRISTMAS.after(step.day, step.working_days) <= following.day


def test_the_annual_review_is_sent_early_enough_for_silence_one_extension_and_translation() -> None:
    steps = plan("REV-2013")
    assert list(steps) == [
        "cut-off", "inputs", "draft", "sent-for-extension", "sent", "adopted", "translation", "symbol", "transmitted",
    ]  # fmt: skip
    assert steps["transmitted"].day == date(2013, 12, 31)
    assert steps["sent"].day == CHRISTMAS.before(steps["adopted"].day, 5)
    assert [step for step, each in steps.items() if each.basis == "text"] == ["transmitted"]


def test_a_holiday_that_is_listed_later_moves_the_steps_before_it() -> None:
    listed = WorkingDays({**CHRISTMAS.holidays, 2013: frozenset({date(2013, 12, 25), date(2013, 12, 24)})})
    assert plan("REV-2013", station=listed)["adopted"].day < plan("REV-2013")["adopted"].day


def test_without_a_list_of_holidays_the_plan_is_provisional() -> None:
    with pytest.raises(HolidaysUnknown):
        WorkingDays().before(date(2013, 12, 30), 1)
    assert all(each.provisional for each in plan("REV-2013", station=WorkingDays()).values())


def test_the_day_that_is_over_first_is_lost_first_unless_its_step_is_behind_us() -> None:
    steps = tuple(plan("REV-2013").values())
    found = lost_first(steps)
    assert found is not None
    assert (found.step, found.lost) == ("cut-off", False)
    late = lost_first(plan("REV-2013", today=date(2013, 12, 1)).values())
    assert late is not None
    assert late.lost
    adopted = [msgspec.structs.replace(each, done=each.step != "transmitted") for each in steps]
    left = lost_first(adopted)
    assert left is not None
    assert left.step == "transmitted"
    assert lost_first([msgspec.structs.replace(each, done=True) for each in steps]) is None


def test_what_no_decision_does_has_its_last_day_alone() -> None:
    assert list(plan("ONBOARD")) == ["done"]


def test_offices_groups_and_states_are_found_in_the_words_of_the_programme() -> None:
    words = Words("Committee (WG assistance)", "WG coordinator, GoE")
    assert of_group(words, ("assistance", "Assistance"))
    assert not of_group(words, ("transparency", "Transparency and media outreach"))
    assert of_group(Words("WG coordinator x4", ""), ("transparency", ""))
    assert of_office(words, "experts")
    assert not of_office(words, "chair")
    assert of_states(Words("Committee", "Permanent Missions of non-reporters"))
    assert not of_states(words)
