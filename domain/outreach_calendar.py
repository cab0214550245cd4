"""The calendar of outreach events that is published every month, and whether it looks far enough ahead.

That it looks six months ahead is our reading of "covering periods of six months at least" (paragraph 6(d)(iv)): a
version that does not is recorded all the same, and shown.
"""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import ClassVar, cast

import msgspec

from domain import document, period
from domain.audiences import PUBLIC
from domain.deciding import Command, Context, dated, received_date
from domain.mandate import Decide
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import MalformedInput
from domain.times import last_day, new_york_date
from domain.values import Date, Instant, Name

STREAM = "calendar/events"
MONTHS_AHEAD = 6


class OutreachEvent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event of the calendar: of the Committee, of the Counter-Terrorism or 1267 Committee, of an organization."""

    title: str
    first_day: Date
    last_day: Date
    place: str
    organizer: str
    open_to: str
    url: str | None
    document_id: Name | None


class PublishEvents(Command, frozen=True, kw_only=True, tag="publish-events"):
    """Record that a version of the calendar of outreach events was published; it replaces the one before.

    `covers_to` is the last day up to which events were asked for, whether there are any or not.
    """

    published: str
    covers_to: Date
    entries: tuple[OutreachEvent, ...]


class EventsPublished(Event, frozen=True, kw_only=True):
    """A version of the calendar of outreach events was published."""

    TYPE: ClassVar[str] = "calendar.events-published"
    published_at: Instant
    covers_to: Date
    entries: tuple[OutreachEvent, ...]


EVENTS: tuple[type[Event], ...] = (EventsPublished,)


class Gap(msgspec.Struct, frozen=True):
    """More than a month without a new version: the day of the last one, and of the next or until which is asked."""

    after: date
    until: date


def publish(command: PublishEvents, context: Context) -> Decided:
    """Record a version; it is known when it was published."""
    at, precision = received_date(command, command.published, context, where="published")
    entries = tuple(sorted(command.entries, key=lambda entry: (entry.first_day, entry.last_day)))
    event = EventsPublished(published_at=at, covers_to=command.covers_to, entries=entries)
    check(event, context)
    draft = Draft(stream=STREAM, event=event, audience=PUBLIC)
    return Decided((dated(draft, command, at, precision),))


def check(event: EventsPublished, context: Context) -> None:
    """Refuse days that do not exist or are not in order, documents that are not on record, and an event named twice."""
    period.day_of(event.covers_to, "covers_to")
    for place, entry in enumerate(event.entries):
        where = f"entries[{place}]"
        if period.day_of(entry.last_day, where) < period.day_of(entry.first_day, where):
            raise MalformedInput(f"{entry.title} ends before it begins", where=where, remedy="mend the days")
        if entry.document_id is not None:
            document.registered(context, entry.document_id, where=where)
        if entry in event.entries[:place]:
            raise MalformedInput(f"{entry.title} is named twice", where=where, remedy="name it once")


def versions(standing: Iterable[Recorded]) -> tuple[EventsPublished, ...]:
    """Return the versions among standing events, in the order in which they were published."""
    found = [event.body for event in standing if isinstance(event.body, EventsPublished)]
    return tuple(sorted(found, key=lambda version: version.published_at))


def looks_ahead(version: EventsPublished) -> bool:
    """True where a version covers at least six months after the day it was published."""
    return date.fromisoformat(version.covers_to) >= months_after(new_york_date(version.published_at), MONTHS_AHEAD)


def gaps(versions: Iterable[EventsPublished], until: date) -> tuple[Gap, ...]:
    """Return where more than a month passed without a new version, from the first one until a day."""
    published = sorted(new_york_date(version.published_at) for version in versions)
    days = [*(day for day in published if day <= until), until]
    return tuple(Gap(day, following) for day, following in pairwise(days) if following > months_after(day, 1))


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month where it has none."""
    month = day.year * 12 + day.month - 1 + months
    first = date(month // 12, month % 12 + 1, 1)
    return first.replace(day=min(day.day, last_day(first, "month").day))


DECISIONS: dict[type[Command], Decide] = {PublishEvents: cast("Decide", publish)}
