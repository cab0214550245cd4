from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.refusals import MalformedInput
from domain.times import (
    after,
    end_of,
    first_day,
    last_day,
    moment,
    new_york_date,
    parse,
    period_of,
    start_of,
    text,
)

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (date(2013, 12, 31), "2013-12-31T05:00:00.000000Z", "2014-01-01T04:59:59.999999Z"),
        (date(2013, 7, 1), "2013-07-01T04:00:00.000000Z", "2013-07-02T03:59:59.999999Z"),
        # The clocks go forward at 2 on the second Sunday of March, back at 2 on the first of November.
        (date(2013, 3, 9), "2013-03-09T05:00:00.000000Z", "2013-03-10T04:59:59.999999Z"),
        (date(2013, 3, 10), "2013-03-10T05:00:00.000000Z", "2013-03-11T03:59:59.999999Z"),
        (date(2013, 11, 3), "2013-11-03T04:00:00.000000Z", "2013-11-04T04:59:59.999999Z"),
        # The rules of 2006 and before: first Sunday of April, last of October.
        (date(2004, 4, 4), "2004-04-04T05:00:00.000000Z", "2004-04-05T03:59:59.999999Z"),
        (date(2004, 10, 31), "2004-10-31T04:00:00.000000Z", "2004-11-01T04:59:59.999999Z"),
        (date(2024, 2, 29), "2024-02-29T05:00:00.000000Z", "2024-03-01T04:59:59.999999Z"),
    ],
)
def test_a_day_in_new_york_begins_and_ends(day: date, start: str, end: str) -> None:
    assert (start_of(day), end_of(day)) == (start, end)


@pytest.mark.parametrize(("day", "hours"), [(date(2013, 3, 10), 23), (date(2013, 11, 3), 25), (date(2013, 6, 1), 24)])
def test_a_day_on_which_the_clocks_change_is_shorter_or_longer(day: date, hours: int) -> None:
    assert moment(after(end_of(day))) - moment(start_of(day)) == timedelta(hours=hours)


@given(DAYS)
def test_days_follow_each_other_without_gap_or_overlap(day: date) -> None:
    assert after(end_of(day)) == start_of(day + timedelta(days=1))
    assert new_york_date(start_of(day)) == new_york_date(end_of(day)) == day


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2012, 2, 1), date(2012, 2, 29)),
        (date(2013, 2, 28), date(2013, 2, 28)),
        (date(2000, 2, 10), date(2000, 2, 29)),
        (date(2100, 2, 10), date(2100, 2, 28)),
        (date(2013, 4, 30), date(2013, 4, 30)),
        (date(2013, 12, 1), date(2013, 12, 31)),
    ],
)
def test_the_last_day_of_a_month_knows_leap_years(day: date, last: date) -> None:
    assert last_day(day, "month") == last


@given(DAYS)
def test_periods_hold_their_days(day: date) -> None:
    assert first_day(day, "day") == day == last_day(day, "day")
    for period in ("month", "year"):
        first, last = first_day(day, period), last_day(day, period)
        assert first <= day <= last
        assert (last + timedelta(days=1)).day == first.day == 1
        assert period_of(end_of(day), period) == (start_of(first), end_of(last))
    assert (first_day(day, "year").month, last_day(day, "year").month) == (1, 12)


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_is_written_and_read_without_loss_and_sorts_as_text(at: datetime) -> None:
    written = text(at)
    assert moment(written) == at
    assert len(written) == 27
    if at < datetime.max.replace(tzinfo=UTC):
        assert written < after(written)


def test_an_offset_becomes_utc() -> None:
    assert text(datetime.fromisoformat("2013-12-31T17:00:00-05:00")) == "2013-12-31T22:00:00.000000Z"


@pytest.mark.parametrize(
    ("written", "instant", "precision"),
    [
        ("2013", "2014-01-01T04:59:59.999999Z", "year"),
        ("2013-06", "2013-07-01T03:59:59.999999Z", "month"),
        ("2012-02", "2012-03-01T04:59:59.999999Z", "month"),
        ("2013-03-10", "2013-03-11T03:59:59.999999Z", "day"),
        ("2013-12-31T22:00:00Z", "2013-12-31T22:00:00.000000Z", "instant"),
        ("2013-12-31T22:00:00.5Z", "2013-12-31T22:00:00.500000Z", "instant"),
        ("2013-12-31T17:00-05:00", "2013-12-31T22:00:00.000000Z", "instant"),
    ],
)
def test_a_written_date_means_the_last_microsecond_of_its_period(written: str, instant: str, precision: str) -> None:
    assert parse(written) == (instant, precision)


@pytest.mark.parametrize(
    "written",
    [
        *["", " ", "13", "201", "+201", "2_01", " 201", "٢٠١٣", "0000", "9999", "2013-13", "2013-1", "2013-00"],
        *["2013-02-29", "2013-1-01", "2013-W01-1", "31-12-2013", "2013/12/31", "20131231", "2013-12-31\n"],
        *["2013-12-31T22:00:00", "2013-12-31T25:00:00Z", "2013-12-31T22:00:00 New York", "yesterday", "2013\x00"],
        "9999-12-31T23:59:59-05:00",
    ],
)
def test_anything_else_is_refused_with_what_would_be_right(written: str) -> None:
    with pytest.raises(MalformedInput, match="is not a date") as refused:
        parse(written)
    assert "2013-12-31T22:00:00Z" in refused.value.remedy


@given(st.text(max_size=30))
def test_parse_returns_an_instant_or_refuses(written: str) -> None:
    try:
        instant, _ = parse(written)
    except MalformedInput:
        return
    assert text(moment(instant)) == instant
