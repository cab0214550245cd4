"""Calendars of other bodies (iCalendar) into the calendar of outreach events.

A calendar makes a new version of the Committee's: the events of its organizer that were there before give way to those
of the file, and the others stay. What recurs is listed day by day, as far as the version looks ahead.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol, cast

from domain.canonical import nfc
from domain.outreach_calendar import MONTHS_AHEAD, STREAM, OutreachEvent, PublishEvents, months_after, versions
from domain.refusals import Refusal
from domain.times import new_york_date, parse
from interfaces.importing.commands import checked
from interfaces.importing.event_days import STUMBLES, CalendarUnfit, Days, Event, date_of, days_of, text_of
from interfaces.importing.reading import Placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interfaces.importing.faults import Faults
    from interfaces.importing.reading import Given, OnRecord
    from interfaces.importing.source import Source

LARGEST = 8 * 1024 * 1024


class _Calendar(Protocol):
    """What is used of a calendar."""

    def walk(self, name: str) -> list[Event]:
        """Return the parts of a name."""
        ...


def read(source: Source, faults: Faults, given: Given, on_record: OnRecord) -> Iterator[Placed]:
    """Yield the version of the calendar of events that a calendar makes; what is wrong with it is a fault."""
    try:
        yield Placed(_version(source, faults, given, on_record), (1,))
    except Refusal as refusal:
        faults.take(source.name, 1, refusal)


def _version(source: Source, faults: Faults, given: Given, on_record: OnRecord) -> PublishEvents:
    if given.organizer is None or given.known is None:
        raise CalendarUnfit(
            "whose calendar it is and when the version with it is published are not said",
            remedy="add --organizer NAME and --known DATE",
        )
    organizer = nfc(given.organizer)
    published = new_york_date(parse(given.known)[0])
    before = versions(on_record.record.history(STREAM).standing())
    last = before[-1] if before else None
    ahead = months_after(published, MONTHS_AHEAD)
    until = ahead if last is None else max(ahead, date.fromisoformat(last.covers_to))
    there: tuple[OutreachEvent, ...] = () if last is None else last.entries
    kept = [entry for entry in there if entry.organizer != organizer and entry.last_day >= published.isoformat()]
    found: dict[OutreachEvent, None] = {}
    events = _events(source, faults)
    for event in events:
        for days in days_of(event, published, until):
            found[_entry(event, days, organizer)] = None
    faults.say(
        source.name,
        f"events read: {len(events)}; entries made of them up to {until}, day by day: {len(found)}; "
        f"entries of others that stay: {len(kept)}",
    )
    if not found:
        faults.say(source.name, f"none of its events is between {published} and {until}")
    return checked(
        PublishEvents(
            id=f"import:{source.sha256}:calendar",
            actor=given.actor,
            synthetic=given.synthetic,
            published=given.known,
            covers_to=until.isoformat(),
            entries=(*kept, *found),
        )
    )


def _events(source: Source, faults: Faults) -> list[Event]:
    """Return the events of a calendar, each once: of those with the same UID the one of the highest sequence."""
    from icalendar import Calendar

    if source.size > LARGEST:
        raise CalendarUnfit(f"it has more than {LARGEST} bytes", remedy="export fewer years")
    try:
        text = source.stream().read().decode("utf-8-sig")
        calendar = cast("_Calendar", Calendar.from_ical(text))
        found = calendar.walk("VEVENT")
        keyed: dict[tuple[str, str], Event] = {}
        for event in found:
            key = str(event.get("UID", len(keyed))), str(date_of(event, "RECURRENCE-ID") or "")
            if key not in keyed or int(event.get("SEQUENCE", 0)) > int(keyed[key].get("SEQUENCE", 0)):
                keyed[key] = event
    except UnicodeDecodeError:
        raise CalendarUnfit("it is not UTF-8", remedy="save it as UTF-8") from None
    except STUMBLES:
        raise CalendarUnfit(
            "it is no calendar that can be read", remedy="export it again, from BEGIN:VCALENDAR to END:VCALENDAR"
        ) from None
    if len(keyed) < len(found):
        faults.say(
            source.name,
            f"events that stand in it more than once, of which the last is taken: {len(found) - len(keyed)}",
        )
    moved = [key for key in keyed if key[1]]
    if moved:
        raise CalendarUnfit(
            f"event {moved[0][0][:80]!r} changes one day of what recurs", remedy="export the days one by one"
        )
    cancelled = {key for key, event in keyed.items() if str(event.get("STATUS", "")).upper() == "CANCELLED"}
    if cancelled:
        faults.say(source.name, f"cancelled events that are left out: {len(cancelled)}")
    return [event for key, event in keyed.items() if key not in cancelled]


def _entry(event: Event, days: Days, organizer: str) -> OutreachEvent:
    return OutreachEvent(
        title=text_of(event, "SUMMARY") or "Without a title",
        first_day=days.first.isoformat(),
        last_day=days.last.isoformat(),
        place=text_of(event, "LOCATION"),
        organizer=organizer,
        open_to="",
        url=text_of(event, "URL") or None,
        document_id=None,
    )
