"""Calendars of other bodies: their events enter the calendar of outreach events, which is published anew."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domain.outreach_calendar import EventsPublished, OutreachEvent
from domain.refusals import Refusal
from interfaces.importing.batch import import_files
from interfaces.importing.faults import RowsRefused
from interfaces.importing.outcomes import Imported
from interfaces.importing.reading import Given
from ledger.record import Record
from tests.interfaces.desk import Desk

Feed = Callable[..., Imported]


def event(*lines: str, uid: str = "1@example.org", title: str = "Workshop") -> str:
    return "\r\n".join(
        ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20130501T000000Z", f"SUMMARY:{title}", *lines, "END:VEVENT"]
    )


@pytest.fixture
def feed(home: Path, tmp_path: Path) -> Feed:
    def import_calendar(*events: str, **said: Any) -> Imported:
        path = tmp_path / "calendar.ics"
        text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//made up//EN", *events, "END:VCALENDAR", ""])
        path.write_bytes(text.encode())
        options: dict[str, Any] = {"known": "2013-06-01", "organizer": "A body"} | said
        return import_files(home, [path], Given(actor="sec", synthetic=True, **options))[0]

    return import_calendar


def entries(home: Path) -> tuple[OutreachEvent, ...]:
    with Record.open(home) as record:
        return [each.body for each in record.recorded() if isinstance(each.body, EventsPublished)][-1].entries


def days(home: Path) -> list[tuple[str, str]]:
    return [(each.first_day, each.last_day) for each in entries(home)]


def test_days_without_hours_end_on_the_day_before_their_end(feed: Feed, home: Path) -> None:
    feed(
        event(
            "DTSTART;VALUE=DATE:20130610", "DTEND;VALUE=DATE:20130613", "LOCATION:Nairobi", "URL:https://example.org/w"
        )
    )
    (found,) = entries(home)
    assert (found.first_day, found.last_day, found.place) == ("2013-06-10", "2013-06-12", "Nairobi")
    assert (found.organizer, found.url) == ("A body", "https://example.org/w")


def test_a_folded_title_is_whole(feed: Feed, home: Path) -> None:
    feed(event("DTSTART;VALUE=DATE:20130610", title="Export controls\\, a title\r\n  that is folded"))
    assert [each.title for each in entries(home)] == ["Export controls, a title that is folded"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("DTSTART;TZID=Asia/Tokyo:20130701T020000", "DTEND;TZID=Asia/Tokyo:20130702T000000"),
            ("2013-07-01", "2013-07-01"),
        ),
        (("DTSTART;TZID=Nowhere/Place:20130701T020000", "DURATION:P1D"), ("2013-07-01", "2013-07-02")),
        (("DTSTART:20130701T020000Z",), ("2013-06-30", "2013-06-30")),
        (("DTSTART:20130701T020000",), ("2013-07-01", "2013-07-01")),
    ],
)
def test_an_event_is_on_the_day_that_it_has_where_it_is(
    feed: Feed, home: Path, lines: tuple[str, ...], expected: tuple[str, str]
) -> None:
    feed(event(*lines))
    assert days(home) == [expected]


def test_what_recurs_is_listed_as_far_as_the_version_looks_ahead(feed: Feed, home: Path) -> None:
    feed(event("DTSTART:20130510T150000Z", "RRULE:FREQ=MONTHLY;BYHOUR=15", "EXDATE:20130810T150000Z"))
    assert [first for first, _ in days(home)] == ["2013-06-10", "2013-07-10", "2013-09-10", "2013-10-10", "2013-11-10"]


def test_it_is_told_how_many_events_were_read_and_what_became_of_them(feed: Feed) -> None:
    done = feed(event("DTSTART:20130510T150000Z", "RRULE:FREQ=MONTHLY"))
    assert [each for each in done.said if "events read: 1; entries made of them" in each and "day by day: 6" in each]


def test_the_entries_of_the_calendar_are_listed_one_by_one(feed: Feed, home: Path) -> None:
    feed(event("DTSTART;VALUE=DATE:20130610", "DTEND;VALUE=DATE:20130613", "LOCATION:Nairobi"))
    desk = Desk(home)
    shown = desk.run("list", "outreach-calendar").stdout
    assert re.search(r"Workshop +2013-06-10 +2013-06-12 +Nairobi +A body", shown)
    (told,) = [each["told"] for each in desk.give("list", "outreach-calendar")["listed"]]
    assert (told["title"], told["first_day"], told["organizer"]) == ("Workshop", "2013-06-10", "A body")


def test_what_recurs_until_a_day_ends_on_it(feed: Feed, home: Path) -> None:
    feed(event("DTSTART;VALUE=DATE:20130610", "RRULE:FREQ=WEEKLY;UNTIL=20130624"))
    assert [first for first, _ in days(home)] == ["2013-06-10", "2013-06-17", "2013-06-24"]


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:20130610T100000Z", "RRULE:FREQ=HOURLY"),
        ("DTSTART:20100101T100000Z", "RRULE:FREQ=DAILY"),
        ("DTSTART:20130610T100000Z", "RRULE:FREQ=DAILY;INTERVAL=0"),
        ("DTSTART:20130610T100000Z", "RDATE:20130710T100000Z"),
        ("DTSTART:20130610T100000Z", "RECURRENCE-ID:20130710T100000Z"),
        ("DTSTART:someday",),
        (),
    ],
)
def test_what_cannot_be_listed_is_refused_with_the_event(feed: Feed, lines: tuple[str, ...]) -> None:
    with pytest.raises(RowsRefused, match=r"event|calendar"):
        feed(event(*lines))


def test_of_an_event_that_stands_twice_the_last_is_taken_and_what_is_cancelled_is_left_out(
    feed: Feed, home: Path
) -> None:
    done = feed(
        event("DTSTART;VALUE=DATE:20130610"),
        event("DTSTART;VALUE=DATE:20130611", "SEQUENCE:1"),
        event("DTSTART;VALUE=DATE:20130612", "STATUS:CANCELLED", uid="2@example.org"),
    )
    assert days(home) == [("2013-06-11", "2013-06-11")]
    assert len(done.said) == 3


def test_the_next_calendar_of_a_body_replaces_its_events_and_leaves_those_of_others(feed: Feed, home: Path) -> None:
    feed(event("DTSTART;VALUE=DATE:20130710", title="First"))
    feed(event("DTSTART;VALUE=DATE:20130711", title="Other"), organizer="Another body", known="2013-06-02")
    feed(event("DTSTART;VALUE=DATE:20130712", title="Second"), known="2013-06-03")
    assert [(each.title, each.organizer) for each in entries(home)] == [("Other", "Another body"), ("Second", "A body")]


def test_whose_calendar_it_is_must_be_said(feed: Feed) -> None:
    with pytest.raises(RowsRefused, match="--organizer"):
        feed(event("DTSTART;VALUE=DATE:20130610"), organizer=None)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"BEGIN:VCALENDAR", b"BEGIN:VEVENT\nEND:VCALENDAR\n", b"{}"])
def test_what_is_no_calendar_is_refused(home: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "calendar.ics"
    path.write_bytes(content)
    with pytest.raises(Refusal):
        import_files(home, [path], Given(actor="sec", known="2013-06-01", organizer="A body"))
