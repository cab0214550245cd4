"""Working days of the duty station: given its holidays, when days are counted or a closure is declared."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.duty_station import (
    ClosureDeclared,
    DeclareClosure,
    Holiday,
    HolidaysUnknown,
    LiftClosure,
    ListHolidays,
    WorkingDays,
    working_days,
)
from domain.recorded import Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.standing import Cut
from tests.committee import Committee

CHRISTMAS = Holiday(day="2013-12-25", name="Christmas Day")
NEW_YEAR = Holiday(day="2014-01-01", name="New Year's Day")


@pytest.fixture
def committee() -> Committee:
    """The holidays of 2013 and 2014 are on record, as far as the tests ask."""
    committee = Committee().on("2013-01-02")
    listed(committee, 2013, CHRISTMAS)
    listed(committee, 2014, NEW_YEAR)
    return committee


def listed(committee: Committee, year: int, *holidays: Holiday, **members: Any) -> Recorded:
    return committee.one(ListHolidays, year=year, holidays=holidays, **members)


def known(committee: Committee, as_of: str | None = None) -> WorkingDays:
    cut = Cut() if as_of is None else Cut(known_at=f"{as_of}T23:00:00.000000Z")
    return working_days(committee.record.history("calendar/new-york").standing(cut))


def test_five_full_working_days_leave_out_the_day_itself_weekends_and_holidays(committee: Committee) -> None:
    assert known(committee).after(date(2013, 12, 20), 5) == date(2013, 12, 30)
    assert known(committee).after(date(2013, 12, 27), 5) == date(2014, 1, 6)


def test_a_closure_declared_meanwhile_moves_the_last_day_and_one_lifted_does_not(committee: Committee) -> None:
    event = committee.one(DeclareClosure, day="2013-12-23", reason="a storm")
    assert event.body == ClosureDeclared(station="new-york", day="2013-12-23", reason="a storm", document_id=None)
    assert known(committee).after(date(2013, 12, 20), 5) == date(2013, 12, 31)
    committee.one(LiftClosure, day="2013-12-23", reason="the storm has passed")
    assert known(committee).after(date(2013, 12, 20), 5) == date(2013, 12, 30)


def test_a_later_list_of_a_year_replaces_the_earlier_and_the_past_knows_the_earlier(committee: Committee) -> None:
    committee.on("2013-06-03")
    listed(committee, 2013, CHRISTMAS, Holiday(day="2013-12-24", name="Christmas Eve"))
    assert not known(committee).works(date(2013, 12, 24))
    assert known(committee, "2013-03-01").works(date(2013, 12, 24))


def test_days_are_not_counted_in_a_year_without_a_list(committee: Committee) -> None:
    with pytest.raises(HolidaysUnknown, match="the holidays of 2015 are not on record"):
        known(committee).after(date(2014, 12, 30), 5)


def test_a_list_names_real_days_of_its_year_each_once(committee: Committee) -> None:
    for holidays in ((NEW_YEAR,), (CHRISTMAS, CHRISTMAS), (Holiday(day="2013-02-30", name="no day"),)):
        with pytest.raises(MalformedInput):
            listed(committee, 2013, *holidays)


def test_a_closure_is_declared_once_and_lifted_where_it_stands(committee: Committee) -> None:
    with pytest.raises(NotFound):
        committee.one(LiftClosure, day="2013-12-23", reason="no storm")
    committee.one(DeclareClosure, day="2013-12-23", reason="a storm")
    with pytest.raises(Conflict):
        committee.one(DeclareClosure, day="2013-12-23", reason="a storm")


def test_a_list_may_cite_a_document_that_is_on_record(committee: Committee) -> None:
    with pytest.raises(NotFound):
        listed(committee, 2015, document="st-ic-2014")


@given(st.dates(date(2013, 1, 1), date(2014, 11, 1)), st.integers(0, 20), st.sets(st.integers(0, 700), max_size=40))
def test_as_many_working_days_lie_behind_the_day_as_were_counted(start: date, count: int, closed: set[int]) -> None:
    closures = frozenset(date(2013, 1, 1) + timedelta(days=each) for each in closed)
    days = WorkingDays({year: frozenset() for year in (2013, 2014, 2015)}, closures)
    end = days.after(start, count)
    passed = (start + timedelta(days=each) for each in range(1, (end - start).days + 1))
    assert sum(days.works(day) for day in passed) == count
    assert count == 0 or days.works(end)
