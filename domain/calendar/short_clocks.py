"""Short clocks beside the duties of a programme: what the Secretariat is told of on a day, as long as it is open."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from domain import duty_station
from domain.assistance import going as assistance
from domain.assistance.dates import months_after
from domain.assistance.following import RequestDiscussed
from domain.assistance.life import request_of
from domain.assistance.steps import steps
from domain.calendar.rungs import HOUR, Offset, rung_at
from domain.correspondence import letters as correspondence
from domain.correspondence.awaiting import Awaited, asked_of_us, awaited, letters
from domain.duty_station import WorkingDays, working_days
from domain.meetings import schedule
from domain.meetings.notice import timeliness
from domain.recorded import Recorded
from domain.standing import Stands
from domain.times import NEW_YORK, new_york_date, text
from domain.values import Instant

TO_ANSWER = timedelta(days=7)
"""How long before the day by which the Committee was asked to reply; internal."""
BRIEFINGS = range(2, 13, 2)
"""After how many months the experts brief the Committee on a request, counted from when it was last discussed."""
ANNOUNCING = (Offset(5, working=True), Offset(1, working=True))
"""When a meeting that not all members have been told of is spoken of; internal."""


class Falling(msgspec.Struct, frozen=True, kw_only=True):
    """What falls due of a thing, named by its stream: at an instant of a day, known to the record since another."""

    about: str
    name: str
    says: str
    day: date
    at: Instant
    basis: Literal["text", "internal", "none"]
    since: Instant


def of_request(name: str, events: Sequence[Recorded], station: WorkingDays) -> Iterator[Falling]:
    """Yield the steps of the 2010 procedure that a request still has to take and that have a day, and the briefings."""
    request = request_of(events)
    if request is None:
        return
    for step in steps(request, station):
        if step.on is not None and step.done is None and not step.waived:
            says = f"request for assistance {name}: step {step.number} of the procedure, {step.name}"
            yield falling(assistance.stream(name), step.name, says, step.on, step.basis, _since(events))
    if request.condition in ("open", "in-part") and not request.informal:
        told = [event.header.known_at for event in events if isinstance(event.body, RequestDiscussed)]
        last = new_york_date(max([request.received.received_at, *told]))
        for months in BRIEFINGS:
            says = f"request for assistance {name}: the experts brief the Committee on it, as every two months"
            day = months_after(last, months)
            yield falling(assistance.stream(name), "briefing", says, day, "text", _since(events))


def of_letters(events: Sequence[Recorded]) -> Iterator[Falling]:
    """Yield the replies that have not come by their day, and those that the Committee is still to give."""
    register = letters(events)
    since = {
        event.body.letter: event.header.recorded_at
        for event in events
        if isinstance(event.body, correspondence.LetterReceived | correspondence.LetterSent)
    }
    for each in awaited(register):
        says = f"letter {each.letter}: a reply of {each.party} was asked for by {each.reply_by}"
        yield _of_letter(each, f"reply.{each.party.replace(':', '-')}", says, timedelta(days=1), since)
    for each in asked_of_us(register):
        says = f"letter {each.letter}: {each.party} asked for a reply by {each.reply_by}"
        yield _of_letter(each, "answer", says, -TO_ANSWER, since)


def of_meetings(standing: Stands, at: Instant) -> Iterator[Falling]:
    """Yield the meetings to come that not all members have been told of."""
    events = standing(schedule.STREAM)
    station = working_days(standing(duty_station.stream(duty_station.NEW_YORK)))
    since = {e.body.meeting: e.header.recorded_at for e in events if isinstance(e.body, schedule.MeetingPlanned)}
    for name, meeting in schedule.meetings(events).items():
        if meeting.cancelled or meeting.starts_at <= at:
            continue
        told = timeliness(standing, name)
        if told.members and not told.without_notice:
            continue
        for offset in ANNOUNCING:
            rung = rung_at(date.fromisoformat(meeting.day), offset, station)
            papers = "" if told.without_paper else ", and no paper is distributed"
            says = f"meeting {name} of {meeting.day}: not announced to all members{papers}"
            yield falling(f"meeting/{name}", f"announce.{offset.name}", says, rung.day, rung.basis, since[name])


def _of_letter(each: Awaited, name: str, says: str, after: timedelta, since: dict[str, Instant]) -> Falling:
    day = date.fromisoformat(each.reply_by) + after
    return falling(correspondence.stream(each.letter), name, says, day, "internal", since[each.letter])


def falling(about: str, name: str, says: str, day: date, basis: str, since: Instant) -> Falling:
    """Return what falls due at the hour of its day; its name says the day, so that another day is told of anew."""
    at = text(datetime.combine(day, HOUR, NEW_YORK))
    fields = {"about": about, "name": f"{name}.{day}", "says": says, "day": day, "at": at, "basis": basis}
    return msgspec.convert({**fields, "since": since}, Falling)


def _since(events: Sequence[Recorded]) -> Instant:
    return min(event.header.recorded_at for event in events)
