"""A calendar in iCalendar (RFC 5545)."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from domain.values import Date, Instant
from interfaces.cli.output import clean

LONGEST = 75
"""Bytes of a line before it is folded."""
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f]+")


class Entry(NamedTuple):
    """An entry of a calendar: from a day to a day, or from an instant to an instant.

    `name` is what makes it the same entry in a later version of the calendar. What is `cancelled` stays in it, so that
    who subscribed is told; what is not `busy` takes nobody's time, as a day on which something is due.
    """

    name: str
    summary: str
    first: Date | Instant
    last: Date | Instant
    created: Instant
    modified: Instant
    sequence: int = 0
    description: str = ""
    location: str = ""
    url: str | None = None
    cancelled: bool = False
    busy: bool = True
    synthetic: bool = False


def calendar(entries: Iterable[Entry], *, log: str, title: str, lang: str) -> bytes:
    """Return a calendar; the UID of an entry is made of the log's name and its own."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//ledger1540//{lang.upper()}", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_text(title)}")
    for entry in sorted(entries, key=lambda each: (each.first, each.name)):
        lines += _event(entry, log)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(entry: Entry, log: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(NAMESPACE_URL, f'ledger1540:{log}:{entry.name}')}"
    yield f"DTSTAMP:{_instant(entry.modified)}"
    yield f"CREATED:{_instant(entry.created)}"
    yield f"LAST-MODIFIED:{_instant(entry.modified)}"
    yield f"SEQUENCE:{entry.sequence}"
    if len(entry.first) == len("2013-06-01"):
        yield f"DTSTART;VALUE=DATE:{_day(date.fromisoformat(entry.first))}"
        yield f"DTEND;VALUE=DATE:{_day(date.fromisoformat(entry.last) + timedelta(days=1))}"
    else:
        yield f"DTSTART:{_instant(entry.first)}"
        yield f"DTEND:{_instant(entry.last)}"
    yield f"SUMMARY:{_text(f'SYNTHETIC: {entry.summary}' if entry.synthetic else entry.summary)}"
    if entry.description:
        yield f"DESCRIPTION:{_text(entry.description)}"
    if entry.location:
        yield f"LOCATION:{_text(entry.location)}"
    if entry.url is not None and _ADDRESS.fullmatch(entry.url):
        yield f"URL:{entry.url}"
    yield f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}"
    yield f"TRANSP:{'OPAQUE' if entry.busy else 'TRANSPARENT'}"
    yield "END:VEVENT"


def _text(written: str) -> str:
    plain = clean(written).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\n", "\\n")


def _instant(written: Instant) -> str:
    return datetime.fromisoformat(written).strftime("%Y%m%dT%H%M%SZ")


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")


def _folded(line: str) -> bytes:
    """Return a line with its end, folded between characters where it is longer than a line may be."""
    parts, part = list[bytes](), b""
    for character in line:
        more = character.encode()
        if len(part) + len(more) > (LONGEST if not parts else LONGEST - 1):
            parts.append(part)
            part = b""
        part += more
    return b"\r\n ".join((*parts, part)) + b"\r\n"
