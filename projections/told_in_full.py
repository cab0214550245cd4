"""Kinds whose events hold lists that are told entry by entry: events of the calendar, holidays of a duty station."""

from collections.abc import Iterator, Sequence

from domain import duty_station, outreach_calendar
from domain.recorded import Recorded
from domain.values import Date
from projections.telling import Kind, Told, by, log

_DAYS = log("station", follows=(duty_station.HolidaysListed, duty_station.ClosureDeclared, duty_station.ClosureLifted))


def _entries(events: Sequence[Recorded], day: Date) -> Iterator[tuple[Recorded, Told]]:
    """Yield the entries of each version of the calendar; of a version without any, how far it looks ahead."""
    del day
    for event in events:
        if isinstance(body := event.body, outreach_calendar.EventsPublished):
            for entry in body.entries:
                named = ("title", "first_day", "last_day", "place", "organizer", "open_to", "url")
                yield event, {**{name: getattr(entry, name) for name in named}, "covers_to": body.covers_to}
            if not body.entries:
                yield event, {"covers_to": body.covers_to}


def _days(events: Sequence[Recorded], day: Date) -> Iterator[tuple[Recorded, Told]]:
    """Yield the days that each list of holidays names, and the closures."""
    for event, told in _DAYS.tell(events, day):
        if isinstance(body := event.body, duty_station.HolidaysListed):
            yield event, {**told, "holidays": ", ".join(f"{each.day} {each.name}" for each in body.holidays)}
        else:
            yield event, told


OUTREACH_CALENDAR = Kind((outreach_calendar.EventsPublished,), by("published_at"), _entries)
DUTY_STATION = Kind(_DAYS.follows, _DAYS.name, _days)
