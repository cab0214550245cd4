"""Dates in lists of others: understood as people write them, or refused."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from domain.law.records import LawEntered
from domain.refusals import MalformedInput
from interfaces.importing.lists.dates import record_date
from ledger.record import Record
from tests.interfaces.lists import HEADER, REQUEST, feed_file, requests


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2013", "2013"),
        ("2013-05-03", "2013-05-03"),
        ("2013/5/3", "2013-05-03"),
        ("25/05/2013", "2013-05-25"),
        ("05.25.2013", "2013-05-25"),
        ("5/5/2013", "2013-05-05"),
        ("05/2013", "2013-05"),
        ("3 May 2013", "2013-05-03"),
        ("3-Sept-2013", "2013-09-03"),
        ("1er août 2013", "2013-08-01"),
        ("May 3, 2013", "2013-05-03"),
        ("mai 2013", "2013-05"),
        ("2013-05-04T10:00", "2013-05-04T10:00:00-04:00"),
        ("2013-12-04 10:00", "2013-12-04T10:00:00-05:00"),
    ],
)
def test_dates_are_understood_as_people_write_them(written: str, meant: str) -> None:
    assert record_date(written) == meant


@pytest.mark.parametrize(
    "written", ["3/4/2013", "03-04-2013", "3/4/13", "spring 2013", "Foo 2013", "31", "2013-05-04 25:00", "yesterday"]
)
def test_a_date_that_may_be_two_or_none_is_refused(written: str) -> None:
    with pytest.raises(MalformedInput):
        record_date(written)


def test_of_two_days_that_a_date_may_be_both_are_told() -> None:
    with pytest.raises(MalformedInput) as refused:
        record_date("04/05/2013")
    assert "2013-04-05 or 2013-05-04" in refused.value.remedy


def test_a_date_cell_with_a_time_of_day_is_new_yorks(home: Path, tmp_path: Path) -> None:
    book = Workbook()
    (sheet,) = book.worksheets
    sheet.append(HEADER)
    sheet.append((*REQUEST[:-1], datetime.fromisoformat("2013-05-04T10:00")))
    book.save(tmp_path / "list.xlsx")
    feed_file(home, tmp_path / "list.xlsx", "assistance-requests")
    assert [each.received_at for each in requests(home)] == ["2013-05-04T14:00:00.000000Z"]
    for sheet in book.worksheets:
        sheet.delete_rows(1, 2)
        sheet.append(("law", "state", "topics", "title", "document", "in force from"))
        cited = "twelfth-programme-of-work.fr"
        sheet.append(("ken-law-1", "KEN", "export", "An act", cited, datetime.fromisoformat("2010-05-03T23:30")))
    book.save(tmp_path / "laws.xlsx")
    feed_file(home, tmp_path / "laws.xlsx", "laws", known="2013")
    with Record.open(home) as record:
        (law,) = [event.body for event in record.recorded() if isinstance(event.body, LawEntered)]
    assert law.in_force_from == "2010-05-03"


def test_which_comes_first_is_said_by_the_profile_alone() -> None:
    assert record_date("3/4/2013", "day-month") == "2013-04-03"
    assert record_date("3/4/2013", "month-day") == "2013-03-04"
