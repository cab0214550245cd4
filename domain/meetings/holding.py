"""Holding of a meeting: when it began, which States attended, and the record or summary that was made of it."""

import re
from typing import ClassVar, Literal

from domain import document, state
from domain.audiences import COMMITTEE, PUBLIC
from domain.deciding import Command, Context, dated, earliest, fold_of, received_date
from domain.matrix.file import in_order
from domain.meetings.schedule import planned, require_on
from domain.recorded import Decided, Draft, Event
from domain.refusals import Conflict, MalformedInput, Refusal
from domain.times import FAR_FUTURE
from domain.values import Instant, Name, Precision, StateCode

COUNCIL_RECORD = re.compile(r"S/PV\.[0-9]+( \(Resumption [0-9]+\))?")


class HoldMeeting(Command, frozen=True, kw_only=True, tag="hold-meeting"):
    """Record that a meeting was held: when it began, and the States that attended."""

    meeting: Name
    started: str
    attendance: tuple[StateCode, ...] = ()


class RecordMeeting(Command, frozen=True, kw_only=True, tag="record-meeting"):
    """Put the record or summary of a meeting on record; of a joint briefing to the Council, with its symbol S/PV."""

    meeting: Name
    form: Literal["record", "summary"]
    document: Name | None = None
    symbol: str | None = None


class MeetingHeld(Event, frozen=True, kw_only=True):
    """A meeting was held; of precision `day`, the hour at which it began is not known."""

    TYPE: ClassVar[str] = "meeting.held"
    meeting: Name
    started_at: Instant
    precision: Precision
    attendance: tuple[StateCode, ...]


class MeetingRecorded(Event, frozen=True, kw_only=True):
    """A record or summary of a meeting was made."""

    TYPE: ClassVar[str] = "meeting.recorded"
    meeting: Name
    form: str
    document_id: Name | None
    symbol: str | None


class AlreadyHeld(Refusal):
    """What was held is neither held again, nor moved or cancelled."""


class NotHeld(Refusal):
    """Only a meeting that was held has a record, conclusions, and reports before it."""


def stream(meeting: str) -> str:
    """Return the stream of what becomes of a meeting."""
    return f"meeting/{meeting}"


def audience(kind: str) -> tuple[str, ...]:
    """Return who may read of a meeting: of an open one, all."""
    return PUBLIC if kind == "open" else COMMITTEE


def held(context: Context, meeting: str, *, by: str = FAR_FUTURE) -> bool:
    """True where a meeting is on record as held, known by then."""
    facts = fold_of(context.standing(stream(meeting)), MeetingHeld)
    return any(fact.header.known_at <= by for fact in facts)


def require_held(context: Context, meeting: str, *, where: str = "meeting") -> None:
    """Refuse what only a meeting that was held has, and what is dated before it was."""
    facts = fold_of(context.standing(stream(meeting)), MeetingHeld)
    if not facts:
        raise NotHeld(
            f"meeting {meeting} is not on record as held", where=where, remedy="record it, with `hold-meeting`"
        )
    header = facts[-1].header
    in_order(earliest(header.known_at, header.known_precision), context.known_at, f"before meeting {meeting} was held")


def check_states(context: Context, states: tuple[str, ...], *, where: str) -> None:
    """Refuse States that are not on record, and one named twice."""
    for place, each in enumerate(states):
        state.registered(context, each)
        if each in states[:place]:
            raise MalformedInput(f"{each} is named twice", where=where, remedy="name each once")


def hold(command: HoldMeeting, context: Context) -> Decided:
    """Record that a meeting was held; it is known when it began."""
    started, precision = received_date(command, command.started, context, where="started")
    event = MeetingHeld(meeting=command.meeting, started_at=started, precision=precision, attendance=command.attendance)
    check(event, context)
    draft = _draft(event, context)
    return Decided((dated(draft, command, started, precision),))


def record(command: RecordMeeting, context: Context) -> Decided:
    """Put a record or summary on record."""
    event = MeetingRecorded(
        meeting=command.meeting, form=command.form, document_id=command.document, symbol=command.symbol
    )
    check(event, context)
    return Decided((_draft(event, context),))


def _draft(event: MeetingHeld | MeetingRecorded, context: Context) -> Draft:
    kind = planned(context, event.meeting).kind
    return Draft(stream=stream(event.meeting), event=event, audience=audience(kind))


def check(event: MeetingHeld | MeetingRecorded, context: Context) -> None:
    """Refuse a meeting held that was not planned, or twice, and a record of none or one that nothing shows."""
    kind = planned(context, event.meeting).kind
    standing = context.standing(stream(event.meeting))
    if isinstance(event, MeetingHeld):
        require_on(context, event.meeting)
        if held(context, event.meeting):
            raise AlreadyHeld(f"meeting {event.meeting} was held already", where="meeting", remedy="correct that event")
        check_states(context, event.attendance, where="attendance")
        return
    require_held(context, event.meeting)
    if event.document_id is None and event.symbol is None:
        raise MalformedInput("no document and no symbol is named", where="document", remedy="name what it is")
    if event.document_id is not None:
        document.registered(context, event.document_id)
    if kind == "joint-briefing" and COUNCIL_RECORD.fullmatch(event.symbol or "") is None:
        raise MalformedInput(
            f"{event.symbol} is no record of the Security Council", where="symbol", remedy="write it as S/PV.7000"
        )
    for other in standing:
        body = other.body
        same = isinstance(body, MeetingRecorded) and (body.document_id, body.symbol) == (
            event.document_id,
            event.symbol,
        )
        if same:
            raise Conflict(f"this is on record already, by event {other.id}", where="document")
