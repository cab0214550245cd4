"""The calendar of the working groups, circulated with the dates of their periodic reports, and the reports tabled."""

from collections.abc import Iterable
from typing import ClassVar

import msgspec

from domain import document
from domain.audiences import COMMITTEE
from domain.committee import groups
from domain.deciding import Command, Context, dated, received_date
from domain.meetings.holding import check_states, require_held
from domain.meetings.notice import delegations_on
from domain.meetings.schedule import planned
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.times import new_york_date
from domain.values import Date, Instant, Name, StateCode

STREAM = "committee/calendar"


class ReportDate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a working group is to report."""

    group: Name
    due: Date


class CirculateCalendar(Command, frozen=True, kw_only=True, tag="circulate-calendar"):
    """Record that the calendar of the working groups was circulated; a later one replaces an earlier one.

    No delegation named means all members on the day it was sent.
    """

    document: Name
    sent: str
    reports: tuple[ReportDate, ...]
    delegations: tuple[StateCode, ...] = ()


class TableReport(Command, frozen=True, kw_only=True, tag="table-report"):
    """Record that a periodic report of a working group, due by its calendar, was tabled at a Committee meeting."""

    group: Name
    due: Date
    meeting: Name
    document: Name


class CalendarCirculated(Event, frozen=True, kw_only=True):
    """The calendar of the working groups was circulated to delegations."""

    TYPE: ClassVar[str] = "committee.calendar-circulated"
    document_id: Name
    sent_at: Instant
    delegations: tuple[StateCode, ...]
    reports: tuple[ReportDate, ...]


class ReportTabled(Event, frozen=True, kw_only=True):
    """A periodic report of a working group was tabled."""

    TYPE: ClassVar[str] = "committee.report-tabled"
    group: Name
    due: Date
    meeting: Name
    document_id: Name


class PeriodicReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report that is due from a working group, and the meeting at which it was tabled, if it was."""

    group: str
    due: str
    meeting: str | None
    document_id: str | None


class NotAtCommittee(Refusal):
    """A working group reports to the Committee, not to a working group."""


def circulate(command: CirculateCalendar, context: Context) -> Decided:
    """Record a calendar; it is known when it was sent."""
    at, precision = received_date(command, command.sent, context, where="sent")
    event = CalendarCirculated(
        document_id=command.document,
        sent_at=at,
        delegations=command.delegations or delegations_on(context, new_york_date(at).isoformat()),
        reports=command.reports,
    )
    check(event, context)
    draft = Draft(stream=STREAM, event=event, audience=COMMITTEE)
    return Decided((dated(draft, command, at, precision),))


def table(command: TableReport, context: Context) -> Decided:
    """Table a report."""
    event = ReportTabled(group=command.group, due=command.due, meeting=command.meeting, document_id=command.document)
    check(event, context)
    return Decided((Draft(stream=STREAM, event=event, audience=COMMITTEE),))


def check(event: CalendarCirculated | ReportTabled, context: Context) -> None:
    """Refuse a calendar sent to nobody or of groups that there are not, and a report tabled twice or nowhere."""
    document.registered(context, event.document_id)
    if isinstance(event, ReportTabled):
        _check_tabled(event, context)
        return
    check_states(context, event.delegations, where="delegations")
    if not event.delegations:
        raise MalformedInput("no delegation is named", where="delegations", remedy="name the States it was sent to")
    for place, each in enumerate(event.reports):
        groups.open_group(context, each.group, each.due)
        if each in event.reports[:place]:
            raise MalformedInput(f"{each.group} by {each.due} is named twice", where="reports", remedy="name it once")


def _check_tabled(event: ReportTabled, context: Context) -> None:
    if planned(context, event.meeting).kind == "working-group":
        raise NotAtCommittee(f"meeting {event.meeting} is one of a working group", where="meeting")
    require_held(context, event.meeting)
    standing = context.standing(STREAM)
    calendars = [each.body for each in standing if isinstance(each.body, CalendarCirculated)]
    wanted = ReportDate(group=event.group, due=event.due)
    if not context.importing and not any(wanted in each.reports for each in calendars):
        raise NotFound(
            f"no calendar has a report of {event.group} by {event.due}", where="due", remedy="circulate one that has it"
        )
    for each in standing:
        if isinstance(each.body, ReportTabled) and (each.body.group, each.body.due) == (event.group, event.due):
            raise Conflict(f"that report was tabled, by event {each.id}", where="due", remedy="correct that event")


def periodic_reports(standing: Iterable[Recorded]) -> tuple[PeriodicReport, ...]:
    """Return the reports of the calendar last circulated and those tabled by earlier ones, by date and group."""
    bodies = [event.body for event in standing]
    calendars = [body for body in bodies if isinstance(body, CalendarCirculated)]
    tabled = {(body.due, body.group): body for body in bodies if isinstance(body, ReportTabled)}
    last = sorted(calendars, key=lambda each: each.sent_at)[-1:]
    dates = {(each.due, each.group) for calendar in last for each in calendar.reports} | set(tabled)
    return tuple(_report(due, group, tabled.get((due, group))) for due, group in sorted(dates))


def _report(due: str, group: str, tabled: ReportTabled | None) -> PeriodicReport:
    meeting, document_id = (None, None) if tabled is None else (tabled.meeting, tabled.document_id)
    return PeriodicReport(group=group, due=due, meeting=meeting, document_id=document_id)
