"""What comes round by a calendar: a new version of the events each month, reports of groups, the yearly intake."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from domain import programme
from domain.calendar.rungs import Offset, rung_at
from domain.calendar.short_clocks import Falling, falling
from domain.closing import Asked, Facts
from domain.closing.committee import intake
from domain.committee import members
from domain.committee.members import MemberSeated
from domain.duty_station import WorkingDays
from domain.meetings import reports
from domain.meetings.reports import CalendarCirculated, periodic_reports
from domain.outreach_calendar import MONTHS_AHEAD, STREAM, EventsPublished, looks_ahead, months_after
from domain.recorded import Recorded
from domain.standing import Stands
from domain.times import FAR_FUTURE, FAR_PAST, new_york_date
from domain.values import Instant

OF_REPORTS = (Offset(14), Offset(-1))
OF_INTAKE = (Offset(45), Offset(30), Offset(14))
"""When the report of a group, and what incoming members should have, are spoken of; internal."""
INTAKE = {"delivered": "a briefing pack", "briefed": "a briefing"}


def of_events(standing: Sequence[Recorded], at: Instant) -> Iterator[Falling]:
    """Yield when the calendar of events is to have a new version, month after month, and when it looks too short ahead.

    Of a calendar that was never published its duty reminds.
    """
    versions = [event for event in standing if isinstance(event.body, EventsPublished)]
    last = max(versions, key=lambda event: event.header.known_at, default=None)
    if last is None or not isinstance(last.body, EventsPublished):
        return
    published, since = new_york_date(last.body.published_at), last.header.recorded_at
    if not looks_ahead(last.body):
        says = f"the calendar of events of {published} covers to {last.body.covers_to}, less than {MONTHS_AHEAD} months"
        yield falling(STREAM, "horizon", says, published + timedelta(days=1), "text", since)
    months = 1
    while True:
        day = months_after(published, months) + timedelta(days=1)
        says = f"the calendar of events has no version since {published}; it is updated at least monthly"
        yield falling(STREAM, "update", says, day, "text", since)
        if day > new_york_date(at):
            return
        months += 1


def of_reports(standing: Sequence[Recorded], station: WorkingDays) -> Iterator[Falling]:
    """Yield the reports of working groups that are due by their calendar and not tabled."""
    calendars = [event for event in standing if isinstance(event.body, CalendarCirculated)]
    since = max((event.header.recorded_at for event in calendars), default=FAR_FUTURE)
    for each in periodic_reports(standing):
        if each.meeting is None:
            for offset in OF_REPORTS:
                rung = rung_at(date.fromisoformat(each.due), offset, station)
                says = f"the report of working group {each.group}, due by {each.due}, is not tabled"
                yield falling(reports.STREAM, f"report.{each.group}.{offset.name}", says, rung.day, "text", since)


def incoming(standing: Stands, at: Instant) -> date | None:
    """Return the first of January to come on which terms begin that are on record and no programme asks for a briefing.

    Where a programme does, the ladder of its duty reminds.
    """
    first = date(new_york_date(at).year + 1, 1, 1)
    asked = {
        duty.due for each in programme.adopted(standing, first.year) for duty in each.duties if duty.duty == "ONBOARD"
    }
    seated = (event.body for event in standing(members.STREAM))
    begins = {body.valid_from for body in seated if isinstance(body, MemberSeated)}
    return first if first.isoformat() in begins - asked else None


def of_intake(standing: Stands, facts: Facts, first: date, at: Instant, station: WorkingDays) -> Iterator[Falling]:
    """Yield what the members whose terms begin on a first of January should have before it, and have not."""
    asked = Asked(
        facts=facts,
        standing=standing,
        states=(),
        at=at,
        day=new_york_date(at),
        begins=FAR_PAST,
        until=FAR_FUTURE,
        due=first,
        period=None,
    )
    found = intake(asked)
    since = max((each.opened.header.recorded_at for each in found.items), default=FAR_FUTURE)
    states = ", ".join(sorted(each.of for each in found.items))
    for step, what in INTAKE.items():
        if found.items and step not in found.steps:
            for offset in OF_INTAKE:
                rung = rung_at(first - timedelta(days=1), offset, station)
                says = f"members from {first} ({states}): {what} is not on record"
                yield falling(members.STREAM, f"{step}.{offset.name}", says, rung.day, "internal", since)
