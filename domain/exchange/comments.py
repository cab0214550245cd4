"""Comments of a State, cell by cell, on a matrix that was sent to it: never values, which the Committee assesses."""

from typing import ClassVar

import msgspec
from msgspec.structs import replace

from domain import document, ids, state
from domain.audiences import with_state
from domain.correspondence import letters
from domain.deciding import Command, Context, received_date
from domain.exchange.sending import after_sending
from domain.matrix.documents import read_manifest
from domain.matrix.file import StateFile, UnknownCell
from domain.recorded import Decided, Draft, Event
from domain.refusals import MalformedInput
from domain.values import CellId, Instant, LetterId, Name, Revision, Sha256, StateCode


class Comment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a State says of one cell."""

    cell: CellId
    text: str


class CommentOnMatrix(Command, frozen=True, kw_only=True, tag="comment"):
    """Record what a State says of cells that were sent to it; `received` is when the Committee knew it."""

    state: StateCode
    revision: Revision
    comments: tuple[Comment, ...]
    received: str
    letter: LetterId | None = None
    document: Name | None = None


class CellCommented(Event, frozen=True, kw_only=True):
    """A State said something of a cell as it was sent to it."""

    TYPE: ClassVar[str] = "exchange.cell-commented"
    state: StateCode
    manifest: Sha256
    cell: CellId
    text: str
    received_at: Instant
    letter: LetterId | None
    document_id: Name | None


def comment(command: CommentOnMatrix, context: Context) -> Decided:
    """Record comments, one event a cell."""
    cells = [each.cell for each in command.comments]
    if not cells or len(set(cells)) < len(cells):
        raise MalformedInput("a comment is on some cells, each once", where="comments")
    manifest = StateFile(context, command.state).manifest(command.revision)
    received, precision = received_date(command, command.received, context, where="received")
    drafts: list[Draft] = []
    for each in command.comments:
        event = CellCommented(
            state=command.state,
            manifest=manifest,
            cell=each.cell,
            text=each.text,
            received_at=received,
            letter=command.letter,
            document_id=command.document,
        )
        check(event, context)
        draft = Draft(
            stream=ids.exchange(command.state), event=event, audience=with_state(command.state), subject=each.cell
        )
        drafts.append(replace(draft, known_at=received, known_precision=precision))
    return Decided(tuple(drafts))


def check(event: CellCommented, context: Context) -> None:
    """Refuse a comment on what was not sent by then, on a cell that it does not have, and in what is not on record."""
    state.registered(context, event.state)
    after_sending(context, event.state, event.manifest, event.received_at, where="received")
    check_cells(context, event.manifest, (event.cell,))
    check_letter(context, event.letter, event.document_id)


def check_cells(context: Context, manifest: str, cells: tuple[str, ...]) -> None:
    """Refuse cells that a stored manifest does not have."""
    stored = context.record.document(manifest)
    has = set[str]() if stored is None else {row.cell for row in read_manifest(stored).cells}
    unknown = [cell for cell in cells if cell not in has]
    if unknown:
        raise UnknownCell(f"what was sent has no cell {unknown[0]!r}", where="cell")


def check_letter(context: Context, letter: str | None, document_id: str | None) -> None:
    """Refuse a letter or document that is not on record."""
    if letter is not None:
        letters.entered(context, letter)
    if document_id is not None:
        document.registered(context, document_id)
