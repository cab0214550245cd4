"""Calendars of other bodies (iCalendar) into the calendar of outreach events.

A calendar makes a new version of the Committee's: the events of its organizer that were there before give way to those
of the file, and the others stay. What recurs is listed day by day, as far as the version looks ahead.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from domain.canonical import nfc
from domain.outreach_calendar import MONTHS_AHEAD, STREAM, OutreachEvent, PublishEvents, months_after, versions
from domain.refusals import MalformedInput, Refusal
from domain.times import NEW_YORK, new_york_date, parse
from interfaces.importing.commands import checked
from interfaces.importing.reading import Placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interfaces.importing.faults import Faults
    from interfaces.importing.reading import Given, OnRecord
    from interfaces.importing.source import Source

LARGEST = 8 * 1024 * 1024
MOST_OCCURRENCES = 400
_TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
_NOT_OF_DAYS = ("UNTIL", "BYHOUR", "BYMINUTE", "BYSECOND")
_STUMBLES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What the library raises over a calendar that is none."""


Event = Mapping[str, Any]
"""An event by the names of its properties. Any: each property has a type of its own, and some have several."""


class _Calendar(Protocol):
    """What is used of a calendar."""

    def walk(self, name: str) -> list[Event]:
        """Return the parts of a name."""
        ...


class CalendarUnfit(MalformedInput):
    """A file is no calendar, or one of its events cannot be understood."""


class Days(NamedTuple):
    """The first and the last day of an event."""

    first: date
    last: date


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
    for event in _events(source, faults):
        for days in _days(event, published, until):
            found[_entry(event, days, organizer)] = None
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
            key = str(event.get("UID", len(keyed))), str(_date_of(event, "RECURRENCE-ID") or "")
            if key not in keyed or int(event.get("SEQUENCE", 0)) > int(keyed[key].get("SEQUENCE", 0)):
                keyed[key] = event
    except UnicodeDecodeError:
        raise CalendarUnfit("it is not UTF-8", remedy="save it as UTF-8") from None
    except _STUMBLES as error:
        raise CalendarUnfit(f"it is no calendar that can be read ({type(error).__name__})") from None
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


def _days(event: Event, start: date, until: date) -> Iterator[Days]:
    """Yield the days of an event that are within a period, those on which it recurs too."""
    name = _text(event, "SUMMARY")[:80] or "without a title"
    try:
        first = _first(event)
        length = _last(event, first) - first
        if "RDATE" in event or "EXRULE" in event:
            raise CalendarUnfit(f"event {name!r} recurs by RDATE or EXRULE", remedy="export the days one by one")
        firsts = _recurring(event, first, until, name) if "RRULE" in event else [first]
    except _STUMBLES as error:
        raise CalendarUnfit(f"event {name!r} has no dates that can be read ({type(error).__name__})") from None
    for each in firsts:
        if each <= until and each + length >= start:
            yield Days(each, each + length)


def _recurring(event: Event, first: date, until: date, name: str) -> list[date]:
    """Return the days on which an event begins, up to a last one; hours in its rule do not count."""
    from dateutil.rrule import rrulestr

    rule = dict(part.upper().split("=", 1) for part in event["RRULE"].to_ical().decode().split(";"))
    if rule["FREQ"] in _TOO_OFTEN:
        raise CalendarUnfit(f"event {name!r} recurs more than once a day", remedy="export the days one by one")
    if int(rule.get("INTERVAL", "1")) < 1:
        raise ValueError(rule["INTERVAL"])
    if "UNTIL" in rule:
        until = min(until, date.fromisoformat(rule["UNTIL"][:8]))
    days = ";".join(f"{key}={said}" for key, said in rule.items() if key not in _NOT_OF_DAYS)
    begins = datetime.combine(first, time.min)
    found: list[date] = []
    for moment in rrulestr(days, dtstart=begins).xafter(begins, count=MOST_OCCURRENCES + 1, inc=True):
        if moment.date() > until:
            break
        found.append(moment.date())
    if len(found) > MOST_OCCURRENCES:
        raise CalendarUnfit(f"event {name!r} recurs more than {MOST_OCCURRENCES} times", remedy="export fewer years")
    left_out = set(_dates(event, "EXDATE"))
    return [day for day in found if day not in left_out]


def _dates(event: Event, name: str) -> Iterator[date]:
    given = event.get(name, [])
    listed: list[Any] = [given] if hasattr(given, "dts") else given
    for each in listed:
        for one in each.dts:
            yield _day(one.dt)


def _date_of(event: Event, name: str) -> date | None:
    given = event.get(name)
    return None if given is None else _day(given.dt)


def _first(event: Event) -> date:
    found = _date_of(event, "DTSTART")
    if found is None:
        raise ValueError("no DTSTART")
    return found


def _last(event: Event, first: date) -> date:
    """Return the last day: an end is the first moment after it."""
    ends = event["DTEND"].dt if "DTEND" in event else None
    if "DURATION" in event:
        ends = event["DTSTART"].dt + event["DURATION"].dt
    match ends:
        case datetime():
            return max(first, _day(ends - timedelta(microseconds=1)))
        case date():
            return max(first, ends - timedelta(days=1))
        case _:
            return first


def _day(moment: date | datetime) -> date:
    """Return the day of a moment where it is: in its own zone, or in New York if it is given in UTC."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is not None and str(moment.tzinfo) == "UTC":
        return moment.astimezone(NEW_YORK).date()
    return moment.date()


def _entry(event: Event, days: Days, organizer: str) -> OutreachEvent:
    return OutreachEvent(
        title=_text(event, "SUMMARY") or "Without a title",
        first_day=days.first.isoformat(),
        last_day=days.last.isoformat(),
        place=_text(event, "LOCATION"),
        organizer=organizer,
        open_to="",
        url=_text(event, "URL") or None,
        document_id=None,
    )


def _text(event: Event, name: str) -> str:
    return nfc(" ".join(str(event.get(name, "")).split()))[:2000]
