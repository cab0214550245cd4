"""What the record says of itself: its types, accepted clocks, batches of late history."""

from collections.abc import Iterable
from typing import ClassVar

from domain.audiences import PUBLIC, SECRETARIAT
from domain.deciding import Command, Context, RecordView
from domain.ids import prefix
from domain.recorded import Decided, Draft, Event, Recorded, RecordedInError
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.values import Integer, Name, Offset, Position, Sha256

TYPES_STREAM = "record/types"
CLOCK_STREAM = "record/clock"
VIEWS_STREAM = "record/views"


class RegisterType(Command, frozen=True, kw_only=True, tag="register-type"):
    """Put an event type and its frozen schemas on record, before its first use."""

    type_name: str
    type_version: int
    json_schema: str
    avro_schema: str


class AcceptClock(Command, frozen=True, kw_only=True, tag="accept-clock"):
    """As an operator, accept the clock as it is after it was refused, and say why."""

    reason: str


class ImportBatch(Command, frozen=True, kw_only=True, tag="import-batch"):
    """Begin a batch of history entered late; every event of it is caused by this one."""

    batch: Name
    source: str
    sha256: Sha256
    commands: int


class ReverseBatch(Command, frozen=True, kw_only=True, tag="reverse-batch"):
    """Say that a whole batch was recorded in error; what else was done since is left."""

    batch: Name
    reason: str


class SkipEvent(Command, frozen=True, kw_only=True, tag="skip-event"):
    """Say that a view goes on without an event that it cannot take in; the event itself stays as it is."""

    view: Name
    position: Position
    reason: str


class TypeRegistered(Event, frozen=True, kw_only=True):
    """An event type version was put on record with its JSON Schema and Avro schema, as text."""

    TYPE: ClassVar[str] = "record.type-registered"
    type_name: str
    type_version: Integer
    json_schema: str
    avro_schema: str


class ClockAccepted(Event, frozen=True, kw_only=True):
    """An operator accepted the clock."""

    TYPE: ClassVar[str] = "record.clock-accepted"
    reason: str


class BatchImported(Event, frozen=True, kw_only=True):
    """A batch of history entered late begins."""

    TYPE: ClassVar[str] = "record.batch-imported"
    batch: Name
    source: str
    sha256: Sha256
    commands: Offset


class BatchReversed(Event, frozen=True, kw_only=True):
    """A batch was reversed; `events` of it were struck."""

    TYPE: ClassVar[str] = "record.batch-reversed"
    batch: Name
    reason: str
    events: Position


class EventSkipped(Event, frozen=True, kw_only=True):
    """A view goes on without the event at a position, which it could not take in."""

    TYPE: ClassVar[str] = "record.event-skipped"
    view: Name
    position: Position
    reason: str


class RecordRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of the record about itself should never have been recorded."""

    TYPE: ClassVar[str] = "record.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (
    TypeRegistered,
    ClockAccepted,
    BatchImported,
    BatchReversed,
    EventSkipped,
    RecordRecordedInError,
)


def register_type(command: RegisterType, context: Context) -> Decided:
    """Register a type version once; the first is that of this very event."""
    event = TypeRegistered(
        type_name=command.type_name,
        type_version=command.type_version,
        json_schema=command.json_schema,
        avro_schema=command.avro_schema,
    )
    if context.position == 1 and (event.type_name, event.type_version) != (TypeRegistered.TYPE, 1):
        raise MalformedInput(f"the first event registers {TypeRegistered.TYPE} itself")
    for known in context.standing(TYPES_STREAM):
        if isinstance(known.body, TypeRegistered) and (known.body.type_name, known.body.type_version) == (
            event.type_name,
            event.type_version,
        ):
            raise Conflict(f"{event.type_name}@{event.type_version} is registered already")
    return Decided((Draft(stream=TYPES_STREAM, event=event, audience=PUBLIC),))


def accept_clock(command: AcceptClock, context: Context) -> Decided:
    """Record that the clock was accepted."""
    del context
    event = ClockAccepted(reason=command.reason)
    return Decided((Draft(stream=CLOCK_STREAM, event=event, audience=SECRETARIAT),))


def skip_event(command: SkipEvent, context: Context) -> Decided:
    """Record that a view goes on without an event."""
    event = EventSkipped(view=command.view, position=command.position, reason=command.reason)
    check_skipped(event, context)
    return Decided((Draft(stream=VIEWS_STREAM, event=event, audience=SECRETARIAT),))


def check_skipped(event: EventSkipped, context: Context) -> None:
    """Refuse to go on without an event that is not on record."""
    if event.position > context.before:
        raise NotFound(f"position {event.position} is not on record", where="position")


def batch_stream(batch: str) -> str:
    """Return the stream of a batch."""
    return f"record/batch/{batch}"


def import_batch(command: ImportBatch, context: Context) -> Decided:
    """Begin a batch that is not on record yet."""
    if context.record.history(batch_stream(command.batch)).events:
        raise Conflict(f"batch {command.batch} is on record already")
    event = BatchImported(batch=command.batch, source=command.source, sha256=command.sha256, commands=command.commands)
    return Decided((Draft(stream=batch_stream(command.batch), event=event, audience=SECRETARIAT),))


def came_late(record: RecordView, events: Iterable[Recorded]) -> bool:
    """Return whether all of some events entered in batches: the weaker rules of late history reach no other."""
    causes = {event.header.causation_id for event in events}
    return all(cause is not None and begins_batch(record.event(cause)) for cause in causes)


def begins_batch(event: Recorded | None) -> bool:
    """Return whether an event begins a batch of late history."""
    return event is not None and isinstance(event.body, BatchImported)


def is_about_itself(stream: str) -> bool:
    """True for the streams that the record keeps about itself."""
    return prefix(stream) == "record"
