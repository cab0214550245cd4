"""Clarification asked of a State about cells, and given; who is asked owes no answer."""

from typing import ClassVar

from msgspec.structs import replace

from domain import ids, period, state
from domain.audiences import with_state
from domain.deciding import Command, Context, received_date
from domain.exchange.comments import check_cells, check_letter
from domain.matrix.file import OutOfOrder, StateFile
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.values import CellId, Date, Instant, LetterId, Name, Revision, Sha256, StateCode


class AskClarification(Command, frozen=True, kw_only=True, tag="ask-clarification"):
    """Record that a State was asked to clarify cells, of one revision's manifest or in general."""

    clarification: Name
    state: StateCode
    text: str
    cells: tuple[CellId, ...] = ()
    revision: Revision | None = None
    reply_by: Date | None = None
    letter: LetterId | None = None
    document: Name | None = None


class AnswerClarification(Command, frozen=True, kw_only=True, tag="answer-clarification"):
    """Record what a State answered, of all cells asked or of some; `received` is when the Committee knew it."""

    clarification: Name
    state: StateCode
    text: str
    received: str
    cells: tuple[CellId, ...] = ()
    letter: LetterId | None = None
    document: Name | None = None


class ClarificationAsked(Event, frozen=True, kw_only=True):
    """A State was asked to clarify something."""

    TYPE: ClassVar[str] = "exchange.clarification-asked"
    clarification: Name
    state: StateCode
    manifest: Sha256 | None
    cells: tuple[CellId, ...]
    text: str
    reply_by: Date | None
    letter: LetterId | None
    document_id: Name | None


class ClarificationAnswered(Event, frozen=True, kw_only=True):
    """A State clarified what it was asked, wholly where no cells are named."""

    TYPE: ClassVar[str] = "exchange.clarification-answered"
    clarification: Name
    state: StateCode
    cells: tuple[CellId, ...]
    text: str
    received_at: Instant
    letter: LetterId | None
    document_id: Name | None


def ask(command: AskClarification, context: Context) -> Decided:
    """Ask for a clarification under a name that is free."""
    file = StateFile(context, command.state)
    event = ClarificationAsked(
        clarification=command.clarification,
        state=command.state,
        manifest=None if command.revision is None else file.manifest(command.revision),
        cells=command.cells,
        text=command.text,
        reply_by=command.reply_by,
        letter=command.letter,
        document_id=command.document,
    )
    check(event, context)
    return Decided((_draft(event),))


def answer(command: AnswerClarification, context: Context) -> Decided:
    """Record an answer, whole or in part."""
    received, precision = received_date(command, command.received, context, where="received")
    event = ClarificationAnswered(
        clarification=command.clarification,
        state=command.state,
        cells=command.cells,
        text=command.text,
        received_at=received,
        letter=command.letter,
        document_id=command.document,
    )
    check(event, context)
    return Decided((replace(_draft(event), known_at=received, known_precision=precision),))


def _draft(event: ClarificationAsked | ClarificationAnswered) -> Draft:
    return Draft(stream=ids.exchange(event.state), event=event, audience=with_state(event.state))


def check(event: ClarificationAsked | ClarificationAnswered, context: Context) -> None:
    """Refuse a name that is taken, cells that were not sent or asked, and an answer to nothing or before it."""
    state.registered(context, event.state)
    check_letter(context, event.letter, event.document_id)
    asked = _asked(context, event)
    match event:
        case ClarificationAsked():
            if asked is not None:
                raise Conflict(f"clarification {event.clarification} was asked already", where="clarification")
            if event.manifest is not None:
                check_cells(context, event.manifest, event.cells)
            if event.reply_by is not None:
                period.day_of(event.reply_by, "reply_by")
        case ClarificationAnswered():
            if asked is None:
                raise NotFound(f"clarification {event.clarification} was not asked", where="clarification")
            _check_answer(event, asked, context)


def _check_answer(event: ClarificationAnswered, asking: Recorded, context: Context) -> None:
    asked = asking.body
    assert isinstance(asked, ClarificationAsked)  # noqa: S101 - `_asked` returns nothing else
    others = [cell for cell in event.cells if cell not in asked.cells]
    if others:
        raise MalformedInput(f"{event.clarification} did not ask about {others[0]}", where="cells")
    if event.received_at < asking.header.known_at and not context.importing:
        raise OutOfOrder(f"it was asked on {asking.header.known_at}, later than {event.received_at}", where="received")


def _asked(context: Context, event: ClarificationAsked | ClarificationAnswered) -> Recorded | None:
    for each in context.standing(ids.exchange(event.state)):
        if isinstance(each.body, ClarificationAsked) and each.body.clarification == event.clarification:
            return each
    return None
