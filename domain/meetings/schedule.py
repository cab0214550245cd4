"""The schedule of meetings: each as it is planned after its moves, and those that overlap.

It is one stream for all of them, so that whoever plans a meeting sees the others under the same lock.
"""

from collections.abc import Iterable, Mapping
from typing import ClassVar

import msgspec
from msgspec.structs import replace

from domain.deciding import Context
from domain.recorded import Event, Recorded
from domain.refusals import NotFound, Refusal
from domain.times import FAR_FUTURE, new_york_date
from domain.values import Instant, Name, Precision

STREAM = "committee/meetings"


class MeetingPlanned(Event, frozen=True, kw_only=True):
    """A meeting was planned; `despite` says why although it overlaps with another."""

    TYPE: ClassVar[str] = "committee.meeting-planned"
    meeting: Name
    kind: str
    group: Name | None
    beside: tuple[Name, ...]
    starts_at: Instant
    ends_at: Instant
    precision: Precision
    language: str
    despite: str | None


class MeetingMoved(Event, frozen=True, kw_only=True):
    """A meeting was moved, or its hours set."""

    TYPE: ClassVar[str] = "committee.meeting-moved"
    meeting: Name
    starts_at: Instant
    ends_at: Instant
    precision: Precision
    reason: str
    despite: str | None


class MeetingCancelled(Event, frozen=True, kw_only=True):
    """A meeting was cancelled."""

    TYPE: ClassVar[str] = "committee.meeting-cancelled"
    meeting: Name
    reason: str


class Cancelled(Refusal):
    """Nothing more is done about a meeting that was cancelled."""


class Scheduled(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting as it is planned after all moves; of precision `day`, its hours are not known."""

    meeting: str
    kind: str
    group: str | None
    starts_at: Instant
    ends_at: Instant
    precision: Precision
    despite: str | None
    cancelled: bool = False

    @property
    def day(self) -> str:
        """The day on which it begins, in New York."""
        return new_york_date(self.starts_at).isoformat()


def meetings(standing: Iterable[Recorded]) -> Mapping[str, Scheduled]:
    """Return the meetings among standing events by name, each as it is after its moves."""
    listed = tuple(standing)
    found = {event.body.meeting: _scheduled(event.body) for event in listed if isinstance(event.body, MeetingPlanned)}
    for event in listed:
        match event.body:
            case MeetingMoved(meeting=name) as moved if name in found:
                slot = (moved.starts_at, moved.ends_at, moved.precision, moved.despite)
                members = ("starts_at", "ends_at", "precision", "despite")
                found[name] = replace(found[name], **dict(zip(members, slot, strict=True)))
            case MeetingCancelled(meeting=name) if name in found:
                found[name] = replace(found[name], cancelled=True)
            case _:
                pass
    return found


def scheduled(standing: Iterable[Recorded], meeting: str) -> Scheduled | None:
    """Return one meeting among standing events as it is planned, cancelled or not."""
    return meetings(event for event in standing if getattr(event.body, "meeting", None) == meeting).get(meeting)


def _scheduled(body: MeetingPlanned) -> Scheduled:
    return Scheduled(
        meeting=body.meeting,
        kind=body.kind,
        group=body.group,
        starts_at=body.starts_at,
        ends_at=body.ends_at,
        precision=body.precision,
        despite=body.despite,
    )


def planned(context: Context, meeting: str, *, where: str = "meeting") -> Scheduled:
    """Return a meeting as it is planned, cancelled or not.

    Raises:
        NotFound: it is not on record.
    """
    found = scheduled(context.standing(STREAM), meeting)
    if found is None:
        raise NotFound(f"meeting {meeting} is not on record", where=where, remedy="plan it first")
    return found


def require_on(context: Context, meeting: str, *, by: str = FAR_FUTURE) -> None:
    """Refuse what is done about a meeting once its cancellation is known."""
    known = (event.body for event in context.standing(STREAM) if event.header.known_at <= by)
    if any(isinstance(body, MeetingCancelled) and body.meeting == meeting for body in known):
        raise Cancelled(f"meeting {meeting} was cancelled", where="meeting", remedy="plan another")


def clashes(meetings: Iterable[Scheduled]) -> tuple[tuple[Scheduled, Scheduled], ...]:
    """Return every two meetings that overlap, in order of time; not those cancelled or whose hours are not known."""
    timed = [each for each in meetings if not each.cancelled and each.precision == "instant"]
    timed.sort(key=lambda each: (each.starts_at, each.meeting))
    found: list[tuple[Scheduled, Scheduled]] = []
    running: list[Scheduled] = []
    for each in timed:
        running = [other for other in running if each.starts_at < other.ends_at]
        found += [(other, each) for other in running]
        running.append(each)
    return tuple(found)
