"""Planning of meetings: when they are, what moves and cancels them; none is laid over another without a reason."""

from typing import Literal

from msgspec.structs import replace

from domain.audiences import COMMITTEE, PUBLIC
from domain.committee import groups
from domain.deciding import Command, Context
from domain.foreseen import Foreseen
from domain.meetings.holding import AlreadyHeld, held
from domain.meetings.schedule import (
    STREAM,
    MeetingCancelled,
    MeetingMoved,
    MeetingPlanned,
    Scheduled,
    clashes,
    meetings,
    planned,
    require_on,
)
from domain.recorded import Decided, Draft
from domain.refusals import MalformedInput, Refusal
from domain.times import FAR_FUTURE, new_york_date, parse, period_of
from domain.values import Instant, Name, Precision

Kind = Literal["formal", "informal", "working-group", "open", "joint-briefing"]


class PlanMeeting(Command, frozen=True, kw_only=True, tag="plan-meeting"):
    """Record that a meeting is planned, from an instant to an instant, or for a day whose hours are not set.

    `group` is the working group that meets; `beside` names the other Committees of a joint briefing to the Council.
    """

    meeting: Name
    kind: Kind
    starts: str
    ends: str
    language: str
    group: Name | None = None
    beside: tuple[Name, ...] = ()
    despite: str | None = None


class MoveMeeting(Command, frozen=True, kw_only=True, tag="move-meeting"):
    """Record that a meeting is moved, or that its hours are set."""

    meeting: Name
    starts: str
    ends: str
    reason: str
    despite: str | None = None


class CancelMeeting(Command, frozen=True, kw_only=True, tag="cancel-meeting"):
    """Record that a meeting will not be held."""

    meeting: Name
    reason: str


class AlreadyPlanned(Refusal):
    """A meeting is planned once; then it is moved or cancelled."""


class Clash(Refusal):
    """No meeting of the Committee or its groups keeps a delegation from another, unless a reason is on record."""


Said = MeetingPlanned | MeetingMoved | MeetingCancelled


def hours(starts: str, ends: str) -> tuple[Instant, Instant, Precision]:
    """Return from when to when a meeting is: two instants, or all of two days.

    Raises:
        MalformedInput: one is an instant and the other a day, or they are no date of that precision.
    """
    (begins, precision), (until, other) = parse(starts), parse(ends)
    if precision != other or precision not in ("instant", "day"):
        raise MalformedInput(
            f"{starts} and {ends} are not two instants or two days", where="ends", remedy="write both in the same way"
        )
    return (begins if precision == "instant" else period_of(begins, "day")[0]), until, precision


def plan(command: PlanMeeting, context: Context) -> Decided:
    """Plan a meeting; an open one is for all to know."""
    starts_at, ends_at, precision = hours(command.starts, command.ends)
    event = MeetingPlanned(
        meeting=command.meeting,
        kind=command.kind,
        group=command.group,
        beside=command.beside,
        starts_at=starts_at,
        ends_at=ends_at,
        precision=precision,
        language=command.language,
        despite=command.despite,
    )
    return _decided(event, context, event.kind)


def move(command: MoveMeeting, context: Context) -> Decided:
    """Move a meeting that is not held yet."""
    starts_at, ends_at, precision = hours(command.starts, command.ends)
    event = MeetingMoved(
        meeting=command.meeting,
        starts_at=starts_at,
        ends_at=ends_at,
        precision=precision,
        reason=command.reason,
        despite=command.despite,
    )
    return _decided(event, context, planned(context, event.meeting).kind)


def cancel(command: CancelMeeting, context: Context) -> Decided:
    """Cancel a meeting that is not held yet."""
    event = MeetingCancelled(meeting=command.meeting, reason=command.reason)
    return _decided(event, context, planned(context, event.meeting).kind)


def _decided(event: Said, context: Context, kind: str) -> Decided:
    """Record what is said of the schedule; said now, it comes after all that stands, whatever date is stated."""
    check(event, context if context.importing else replace(context, known_at=context.recorded_at))
    if not isinstance(event, MeetingCancelled) and event.despite is None and not context.importing:
        _check_free(event, context)
    return Decided((Draft(stream=STREAM, event=event, audience=PUBLIC if kind == "open" else COMMITTEE),))


def check(event: Said, context: Context) -> None:
    """Refuse a meeting planned twice or not as its kind is, and a change of one that is over."""
    if isinstance(event, MeetingPlanned):
        if event.meeting in meetings(context.standing(STREAM)):
            raise AlreadyPlanned(f"meeting {event.meeting} is planned already", where="meeting", remedy="move it")
        _check_kind(event, context)
    else:
        planned(context, event.meeting)
        require_on(context, event.meeting, by=context.known_at)
        by = FAR_FUTURE if isinstance(event, MeetingCancelled) else context.known_at
        if held(context, event.meeting, by=by):
            raise AlreadyHeld(f"meeting {event.meeting} was held", where="meeting")
    if not isinstance(event, MeetingCancelled) and event.ends_at <= event.starts_at:
        raise MalformedInput("the meeting ends before it begins", where="ends", remedy="mend the hours")


def _check_kind(event: MeetingPlanned, context: Context) -> None:
    if (event.kind == "working-group") != (event.group is not None):
        raise MalformedInput("a meeting of a working group names the group, others none", where="group")
    if event.group is not None:
        groups.open_group(context, event.group, new_york_date(event.starts_at).isoformat())
    if (event.kind == "joint-briefing") != bool(event.beside):
        raise MalformedInput("a joint briefing names the Committees beside this one, others none", where="beside")


def _check_free(event: MeetingPlanned | MeetingMoved, context: Context) -> None:
    for other in meetings(context.standing(STREAM)).values():
        if other.meeting != event.meeting and not other.cancelled and _overlap(other, event):
            raise Clash(
                f"meeting {other.meeting} is from {other.starts_at} to {other.ends_at}",
                where="starts",
                remedy="choose other hours, or say `despite` what reason",
            )


def check_clashes(context: Context, then: Foreseen) -> None:
    """Refuse strikes by which a meeting comes to lie over another without a reason of its own.

    Raises:
        Clash: with the first two.
    """
    if context.importing or not any(event.header.stream == STREAM for event in then.struck.values()):
        return
    before, after = (meetings(view.history(STREAM).standing()) for view in (context.record, then))
    for pair in clashes(after.values()):
        if any(each.despite is None and each != before.get(each.meeting) for each in pair):
            one, other = (each.meeting for each in pair)
            raise Clash(f"meetings {one} and {other} would overlap", remedy="move or cancel one of them first")


def _overlap(one: Scheduled, other: MeetingPlanned | MeetingMoved) -> bool:
    """True where two meetings share a moment; nobody can say so of one whose hours are not known."""
    timed = one.precision == other.precision == "instant"
    return timed and one.starts_at < other.ends_at and other.starts_at < one.ends_at
