"""A tiny domain to try the record with: things are noted in streams, corrected, voided, and refused when empty."""

from collections.abc import Callable
from typing import Any, ClassVar

from domain.audiences import PUBLIC
from domain.canonical import encode, sha256
from domain.deciding import Command, Context
from domain.matrix.events import CellAssessed, CellCorrected, MatrixRecordedInError
from domain.recorded import Decided, Draft, Event
from domain.records import AcceptClock, ClockAccepted, RegisterType, TypeRegistered, accept_clock, register_type
from domain.refusals import NotFound, Refusal
from ledger.rules import Rules


class NothingSaid(Refusal):
    """A note says something."""


class Broken(Exception):
    """A mistake in the program, not a refusal."""


class Noted(Event, frozen=True, kw_only=True):
    TYPE: ClassVar[str] = "note.noted"
    text: str
    manifest: str | None


class Unknown(Event, frozen=True, kw_only=True):
    TYPE: ClassVar[str] = "note.never-registered"
    text: str


class Note(Command, frozen=True, kw_only=True, tag="note"):
    """Notes a text in a stream, `times` over; with a document that the note names, if there is one."""

    text: str
    stream: str = "note/1"
    times: int = 1
    document: str | None = None
    kind: str = "noted"


class Assess(Command, frozen=True, kw_only=True, tag="assess-cell"):
    cell: str
    value: str
    state: str = "KEN"
    revision: int = 1
    strikes: str | None = None
    void: bool = False


CELL = "T2011/op2-1-nw-legal"
TYPES: dict[str, type[Event]] = {
    kind.topic(): kind
    for kind in (TypeRegistered, ClockAccepted, Noted, CellAssessed, CellCorrected, MatrixRecordedInError)
}


def note(command: Note, context: Context) -> Decided:
    if not command.text:
        raise NothingSaid("a note without text", where="text", remedy="say something")
    if command.kind == "broken":
        raise Broken
    if command.kind == "unregistered":
        return Decided((Draft(stream=command.stream, event=Unknown(text=command.text), audience=PUBLIC),))
    if command.kind == "counted":
        seen = len(context.record.history(command.stream).events)
        return _noted(command, f"{command.text} {seen}", None)
    document = None if command.document is None else command.document.encode()
    return _noted(command, command.text, document)


def _noted(command: Note, text: str, document: bytes | None) -> Decided:
    event = Noted(text=text, manifest=None if document is None else sha256(document))
    draft = Draft(stream=command.stream, event=event, audience=PUBLIC)
    return Decided((draft,) * command.times, () if document is None else (document,))


def assess(command: Assess, context: Context) -> Decided:
    event: Event
    members: dict[str, Any] = {
        "state": command.state,
        "revision": command.revision,
        "cell": command.cell,
        "value": command.value,
        "sources": (),
        "in_force_from": None,
        "in_force_to": None,
        "note": "",
        "replaces": None,
    }
    if command.void:
        event = MatrixRecordedInError(reason="wrong")
    elif command.strikes is not None:
        event = CellCorrected(**members, reason="wrong")
    else:
        event = CellAssessed(**members)
    strikes = None if command.strikes is None else context.target(command.strikes).id
    stream = f"matrix/{command.state}/{command.revision}"
    return Decided((Draft(stream=stream, event=event, audience=PUBLIC, subject=command.cell, strikes=strikes),))


def decide(command: Command, context: Context) -> Decided:
    match command:
        case RegisterType():
            return register_type(command, context)
        case AcceptClock():
            return accept_clock(command, context)
        case Note():
            return note(command, context)
        case Assess():
            return assess(command, context)
        case _:
            raise AssertionError(command)


def body_type(type_name: str, version: int) -> type[Event]:
    try:
        return TYPES[f"{type_name}@{version}"]
    except KeyError:
        raise NotFound(f"no type {type_name}@{version}") from None


def rules(decide: Callable[[Command, Context], Decided] = decide) -> Rules:
    return Rules(decide=decide, body_type=body_type, encode_command=encode)


def registrations() -> list[RegisterType]:
    return [
        RegisterType(
            id=f"register-{kind.topic()}",
            actor="system",
            type_name=kind.TYPE,
            type_version=kind.VERSION,
            json_schema="{}",
            avro_schema="{}",
        )
        for kind in TYPES.values()
    ]
