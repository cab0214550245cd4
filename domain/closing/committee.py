"""When duties about the Committee itself are open: chairs, calendars, incoming and former members."""

from collections.abc import Iterable
from datetime import date, timedelta

from domain import period
from domain.closing.rules import Asked, Item, Judged
from domain.committee import groups, members, offices
from domain.committee.directories import FORMER_MEMBERS, DirectoryConfirmed, confirm_by
from domain.committee.directories import STREAM as DIRECTORIES
from domain.committee.groups import GroupEstablished
from domain.committee.members import MemberSeated
from domain.committee.offices import OfficeHeld
from domain.meetings.holding import MeetingHeld
from domain.meetings.notice import PapersDistributed
from domain.meetings.reports import CalendarCirculated
from domain.organization.objectives import ObjectiveAppraised, ObjectiveSet
from domain.outreach_calendar import EventsPublished, looks_ahead
from domain.recorded import Recorded
from domain.times import new_york_date, start_of

GROUPS = 4
"""Working groups that paragraph 4 of the programme has."""


def chairs(asked: Asked) -> Judged:
    """Ask for four groups, each with a chair, on every day of the programme."""
    if asked.period is None:
        return Judged()
    first, last = asked.period
    held = [each for each in _chairs(asked) if each[0].valid_from <= last and (each[0].valid_to or last) >= first]
    days = _days(first, last, (office for office, _ in held))
    chaired = {day: {office.group for office, _ in held if period.holds(office, day)} for day in days}
    established = {body.group: event for event, body in asked.facts.told(GroupEstablished)}
    lacking = tuple(
        Item(of=each.group, opened=established[each.group])
        for each in groups.groups(asked.facts.standing(groups.STREAM))
        if any(period.holds(each, day) and each.group not in chaired[day] for day in days)
    )
    acts = tuple(event for _, event in held)
    complete = all(len(chaired[day]) >= GROUPS for day in days)
    return Judged(acts=acts, items=lacking, closed=acts[-1] if complete else None)


def _chairs(asked: Asked) -> list[tuple[OfficeHeld, Recorded]]:
    """Return the chairs of groups, each with its last day and the event that tells of it, in order of knowing."""
    standing = asked.facts.standing(offices.STREAM)
    events = [event for event in standing if isinstance(event.body, OfficeHeld)]
    listed = zip(offices.offices(standing), events, strict=True)
    return [(office, event) for office, event in listed if office.office == "group-chair"]


def _days(first: str, last: str, held: Iterable[OfficeHeld]) -> list[str]:
    """Return the days of a period on which something may change: no other day is unlike the one before."""
    days = {first}
    for office in held:
        days.add(office.valid_from)
        if office.valid_to is not None:
            days.add((date.fromisoformat(office.valid_to) + timedelta(days=1)).isoformat())
    return sorted(day for day in days if first <= day <= last)


def calendar(asked: Asked) -> Judged:
    """Ask for a calendar of the groups that was sent to all fifteen delegations."""
    closed = (event for event, body in asked.told(CalendarCirculated) if _to_all(asked, body))
    return Judged(acts=asked.acts(CalendarCirculated), closed=next(closed, None))


def _to_all(asked: Asked, circulated: CalendarCirculated) -> bool:
    day = new_york_date(circulated.sent_at).isoformat()
    seated = members.members_on(asked.facts.standing(members.STREAM), day)
    return len(seated) == members.SEATS and set(seated) <= set(circulated.delegations)


def events_published(asked: Asked) -> Judged:
    """Ask for a version of the calendar of events that looks six months ahead."""
    versions = asked.told(EventsPublished)
    closed = next((event for event, body in versions if looks_ahead(body)), None)
    short = tuple(Item(of=f"covers to {body.covers_to}", opened=event) for event, body in versions)
    return Judged(acts=asked.acts(EventsPublished), closed=closed, items=() if closed else short)


def intake(asked: Asked) -> Judged:
    """Ask whether the members whose terms begin on the due date had a pack, and then a briefing, before it."""
    if asked.due is None:
        return Judged()
    first, before = asked.due.isoformat(), start_of(asked.due)
    seated = {body.state: event for event, body in asked.facts.told(MemberSeated) if body.valid_from == first}
    incoming = set(seated)
    steps: dict[str, Recorded] = {}
    for event in asked.facts.of(PapersDistributed, MeetingHeld) if incoming else ():
        match event.body:
            case PapersDistributed(delegations=reached, sent_at=at) if incoming <= set(reached) and at < before:
                steps.setdefault("delivered", event)
            case MeetingHeld(attendance=reached, started_at=at) if incoming <= set(reached) and at < before:
                steps.setdefault("briefed", event)
            case _:
                pass
    items = tuple(Item(of=state, opened=event) for state, event in seated.items())
    return Judged(
        acts=tuple(steps.values()), steps=steps, items=() if {"delivered", "briefed"} <= steps.keys() else items
    )


def former_members(asked: Asked) -> Judged:
    """Ask for the directory of former members, and by when it is to be confirmed again."""
    acts = tuple(event for event, body in asked.told(DirectoryConfirmed) if body.directory == FORMER_MEMBERS)
    return Judged(acts=acts, again_by=confirm_by(asked.facts.standing(DIRECTORIES), FORMER_MEMBERS))


def objectives(asked: Asked) -> Judged:
    """Ask for an objective that was set; what is found of it in later programmes serves it."""
    acts = asked.acts(ObjectiveSet, ObjectiveAppraised)
    closed = next((event for event in acts if isinstance(event.body, ObjectiveSet)), None)
    return Judged(acts=acts, closed=closed)
