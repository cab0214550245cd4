"""The draft of a programme of work, before it is adopted, and the symbol under which it was issued."""

from collections.abc import Iterable
from typing import ClassVar, cast

import msgspec

from domain import document
from domain.audiences import COMMITTEE, PUBLIC
from domain.deciding import Command, Context
from domain.mandate import Decide
from domain.programme import ProgrammeAdopted, ProgrammeTransmitted, stream
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.values import Name, Position


class DraftProgramme(Command, frozen=True, kw_only=True, tag="draft-programme"):
    """Record a draft of a programme of work; a later draft replaces an earlier one."""

    programme: Position
    document: Name


class RecordSymbol(Command, frozen=True, kw_only=True, tag="record-symbol"):
    """Record the symbol of the document under which a transmitted programme of work was issued."""

    programme: Position
    symbol: str
    document: Name | None = None


class ProgrammeDrafted(Event, frozen=True, kw_only=True):
    """A programme of work was drafted."""

    TYPE: ClassVar[str] = "programme.drafted"
    programme: Position
    document_id: Name


class SymbolRecorded(Event, frozen=True, kw_only=True):
    """The symbol of an issued programme of work became known."""

    TYPE: ClassVar[str] = "programme.symbol-recorded"
    programme: Position
    symbol: str
    document_id: Name | None


EVENTS: tuple[type[Event], ...] = (ProgrammeDrafted, SymbolRecorded)


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """How far a programme of work is: its drafts, whether it is adopted and transmitted, and its symbol if known."""

    drafts: tuple[str, ...]
    adopted: bool
    transmitted: bool
    symbol: str | None


def draft(command: DraftProgramme, context: Context) -> Decided:
    """Record a draft, which is the Committee's until it is adopted."""
    event = ProgrammeDrafted(programme=command.programme, document_id=command.document)
    check(event, context)
    return Decided((Draft(stream=stream(command.programme), event=event, audience=COMMITTEE),))


def record_symbol(command: RecordSymbol, context: Context) -> Decided:
    """Record a symbol."""
    event = SymbolRecorded(programme=command.programme, symbol=command.symbol, document_id=command.document)
    check(event, context)
    return Decided((Draft(stream=stream(command.programme), event=event, audience=PUBLIC),))


def check(event: ProgrammeDrafted | SymbolRecorded, context: Context) -> None:
    """Refuse a draft of what is adopted or a paper drafted twice, and a symbol of what was not sent or that has one.

    The draft of late history may be entered after the adoption.
    """
    found = stage(context.standing(stream(event.programme)))
    if event.document_id is not None:
        document.registered(context, event.document_id)
    match event:
        case ProgrammeDrafted():
            if found.adopted and not context.importing:
                raise Conflict(f"programme {event.programme} is adopted", where="programme", remedy="draft the next")
            if event.document_id in found.drafts:
                raise Conflict(f"{event.document_id} is on record there already", where="document")
        case SymbolRecorded():
            if not event.symbol.strip():
                raise MalformedInput("no symbol is given", where="symbol", remedy="write it as S/2013/327")
            if not found.transmitted:
                raise NotFound(
                    f"programme {event.programme} is not transmitted", where="programme", remedy="transmit it first"
                )
            if found.symbol is not None:
                raise Conflict(
                    f"programme {event.programme} was issued as {found.symbol}",
                    where="symbol",
                    remedy="correct that event",
                )


def stage(standing: Iterable[Recorded]) -> Stage:
    """Return how far a programme is by the standing events of its stream."""
    bodies = [event.body for event in standing]
    symbols = [body.symbol for body in bodies if isinstance(body, ProgrammeTransmitted | SymbolRecorded)]
    return Stage(
        drafts=tuple(body.document_id for body in bodies if isinstance(body, ProgrammeDrafted)),
        adopted=any(isinstance(body, ProgrammeAdopted) for body in bodies),
        transmitted=any(isinstance(body, ProgrammeTransmitted) for body in bodies),
        symbol=next((symbol for symbol in symbols if symbol is not None), None),
    )


DECISIONS: dict[type[Command], Decide] = {
    DraftProgramme: cast("Decide", draft),
    RecordSymbol: cast("Decide", record_symbol),
}
