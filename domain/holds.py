"""Holds: while one runs, nothing is erased or disposed of in the streams that it covers."""

from collections.abc import Iterable
from typing import ClassVar, cast

from domain import authority
from domain.audiences import SECRETARIAT
from domain.deciding import Command, Context
from domain.mandate import Decide
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.values import Name, StreamName

STREAM = "record/holds"


class PlaceHold(Command, frozen=True, kw_only=True, tag="place-hold"):
    """Place a hold on streams, such as `contact/c-1`; `file_class` is their class of the file plan."""

    hold: Name
    covers: tuple[StreamName, ...]
    file_class: str
    reason: str
    decision: Name | None = None
    document: Name | None = None


class LiftHold(Command, frozen=True, kw_only=True, tag="lift-hold"):
    """Lift a hold."""

    hold: Name
    reason: str
    decision: Name | None = None
    document: Name | None = None


class HoldPlaced(Event, frozen=True, kw_only=True):
    """Nothing is erased or disposed of in some streams until the hold is lifted."""

    TYPE: ClassVar[str] = "record.hold-placed"
    hold: Name
    covers: tuple[StreamName, ...]
    file_class: str
    reason: str
    decision_id: Name | None
    document_id: Name | None


class HoldLifted(Event, frozen=True, kw_only=True):
    """A hold was lifted."""

    TYPE: ClassVar[str] = "record.hold-lifted"
    hold: Name
    reason: str
    decision_id: Name | None
    document_id: Name | None


EVENTS: tuple[type[Event], ...] = (HoldPlaced, HoldLifted)


class OnHold(Refusal):
    """What is on hold is neither erased nor disposed of."""


def place(command: PlaceHold, context: Context) -> Decided:
    """Place a hold under a name of its own on streams that there are."""
    event = HoldPlaced(
        hold=command.hold,
        covers=tuple(sorted(command.covers)),
        file_class=command.file_class,
        reason=command.reason,
        decision_id=command.decision,
        document_id=command.document,
    )
    return _decided(event, context)


def lift(command: LiftHold, context: Context) -> Decided:
    """Lift a hold that runs."""
    event = HoldLifted(
        hold=command.hold, reason=command.reason, decision_id=command.decision, document_id=command.document
    )
    return _decided(event, context)


def _decided(event: HoldPlaced | HoldLifted, context: Context) -> Decided:
    if context.importing:
        raise Conflict("a hold is placed and lifted here and now", remedy="record it live; it looks forward alone")
    check(event, context)
    return Decided((Draft(stream=STREAM, event=event, audience=SECRETARIAT),))


def check(event: HoldPlaced | HoldLifted, context: Context) -> None:
    """Refuse a hold under a name that was used or on what is not on record, and to lift what does not run."""
    authority.check(event, context)
    standing = context.standing(STREAM)
    if isinstance(event, HoldLifted):
        if event.hold not in {each.hold for each in running(standing)}:
            raise NotFound(f"no hold {event.hold} runs", where="hold")
        return
    if any(isinstance(each.body, HoldPlaced) and each.body.hold == event.hold for each in standing):
        raise Conflict(f"hold {event.hold} is on record already", where="hold", remedy="use another name")
    if not event.covers:
        raise MalformedInput("a hold covers one stream at least", where="covers", remedy="such as contact/c-1")
    for stream in event.covers:
        if not context.record.history(stream).events:
            raise NotFound(f"there is no stream {stream}", where="covers", remedy="such as contact/c-1")


def running(standing: Iterable[Recorded]) -> tuple[HoldPlaced, ...]:
    """Return the holds among standing events that were not lifted."""
    bodies = [event.body for event in standing]
    lifted = {body.hold for body in bodies if isinstance(body, HoldLifted)}
    return tuple(body for body in bodies if isinstance(body, HoldPlaced) and body.hold not in lifted)


def require_free(context: Context, stream: str) -> None:
    """Refuse to do away with what is in a stream while a hold covers it.

    Raises:
        OnHold: with the hold.
    """
    for hold in running(context.standing(STREAM)):
        if stream in hold.covers:
            raise OnHold(f"hold {hold.hold} covers {stream}: {hold.reason}", remedy="lift it first, on authority")


DECISIONS: dict[type[Command], Decide] = {PlaceHold: cast("Decide", place), LiftHold: cast("Decide", lift)}
