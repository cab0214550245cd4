"""When duties about meetings are open: notice and papers in time, no clash, held and recorded, reports by calendar."""

from collections.abc import Callable
from datetime import date

from domain.closing.rules import Asked, Item, Judge, Judged, place
from domain.closing.shapes import in_order
from domain.meetings.holding import MeetingHeld, MeetingRecorded
from domain.meetings.holding import stream as stream_of
from domain.meetings.notice import MeetingAnnounced, PapersDistributed, before_it_began, timeliness_of
from domain.meetings.reports import STREAM as CALENDAR
from domain.meetings.reports import CalendarCirculated, ReportTabled, periodic_reports
from domain.meetings.schedule import (
    STREAM,
    MeetingCancelled,
    MeetingMoved,
    MeetingPlanned,
    Scheduled,
    clashes,
    meetings,
)
from domain.recorded import Event, Recorded

SCHEDULING = (MeetingPlanned, MeetingMoved, MeetingCancelled)


def _scheduled(asked: Asked, which: Callable[[Scheduled], bool]) -> list[tuple[Scheduled, Recorded]]:
    """Return meetings that are not cancelled, each with the event that last planned or moved it."""
    last: dict[str, Recorded] = {}
    for event in asked.facts.of(MeetingPlanned, MeetingMoved):
        if isinstance(event.body, MeetingPlanned | MeetingMoved):
            last[event.body.meeting] = event
    found = meetings(asked.facts.standing(STREAM)).values()
    return [(each, last[each.meeting]) for each in found if not each.cancelled and which(each)]


def notice(asked: Asked) -> Judged:
    """Ask that all delegations had notice and papers of each meeting of a group before it began."""
    acts: list[Recorded] = []
    items: list[Item] = []
    planned: list[Recorded] = []
    for meeting, opening in _scheduled(asked, lambda each: each.group is not None and _counts(asked, each)):
        planned.append(opening)
        sent = [
            event
            for event in asked.facts.standing(stream_of(meeting.meeting))
            if isinstance(event.body, MeetingAnnounced | PapersDistributed)
        ]
        if timeliness_of(asked.facts.standing, meeting).in_time:
            acts += before_it_began(sent, asked.facts.standing, meeting)
        else:
            items.append(Item(of=meeting.meeting, opened=opening, missed=meeting.starts_at <= asked.at))
    return Judged(openings=in_order(planned), acts=in_order(acts), items=tuple(items))


def _counts(asked: Asked, meeting: Scheduled) -> bool:
    return asked.begins <= meeting.starts_at < asked.until


def access(asked: Asked) -> Judged:
    """Ask that no two meetings keep a delegation from one of them."""
    planned = {meeting.meeting: (meeting, event) for meeting, event in _scheduled(asked, lambda _: True)}
    found = clashes(meeting for meeting, _ in planned.values())
    items = tuple(
        Item(
            of=f"{one.meeting} / {other.meeting}",
            opened=max(planned[one.meeting][1], planned[other.meeting][1], key=place),
            missed=min(one.ends_at, other.ends_at) <= asked.at,
        )
        for one, other in found
        if _counts(asked, other)
    )
    clashing = {each.meeting for pair in found for each in pair}
    acts = (event for meeting, event in planned.values() if meeting.meeting not in clashing and _counts(asked, meeting))
    return Judged(acts=in_order(acts), items=items)


def held(*kinds: str, by: tuple[type[Event], ...] = (MeetingHeld,)) -> Judge:
    """Return the rule of meetings of some kinds: each is open from its planning until it is held, or recorded."""

    def judge(asked: Asked) -> Judged:
        every = meetings(asked.facts.standing(STREAM))
        of_kind = {name for name, each in every.items() if each.kind in kinds}
        planned = _scheduled(asked, lambda each: each.kind in kinds)
        done = {event.id: name for event in asked.facts.of(*by) if (name := _meeting(event)) in of_kind}
        return Judged(
            openings=in_order(event for _, event in planned),
            acts=tuple(event for event in asked.acts(*by) if event.id in done),
            items=tuple(
                Item(of=each.meeting, opened=event) for each, event in planned if each.meeting not in done.values()
            ),
        )

    return judge


def _meeting(event: Recorded) -> str | None:
    return event.body.meeting if isinstance(event.body, MeetingHeld | MeetingRecorded) else None


def reports(asked: Asked) -> Judged:
    """Ask for the periodic reports of the groups by the dates of the calendar that was circulated last."""
    standing = asked.facts.standing(CALENDAR)
    calendars = [(event.body.sent_at, event) for event in standing if isinstance(event.body, CalendarCirculated)]
    items = tuple(
        Item(of=each.group, opened=max(calendars, key=lambda found: found[0])[1], due=date.fromisoformat(each.due))
        for each in periodic_reports(standing)
        if each.meeting is None
    )
    openings = tuple(event for _, event in calendars)
    return Judged(openings=openings, acts=asked.acts(ReportTabled), items=items)
