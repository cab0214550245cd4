"""What a State said of one cell of its matrix: never a value, and told beside the cell's own story."""

import msgspec

from domain import ids
from domain.exchange.comments import CellCommented
from domain.values import Instant, LetterId, Name, Sha256
from projections.question import Question


class SaidOfCell(msgspec.Struct, frozen=True, kw_only=True):
    """One comment, on a cell as it was sent: the manifest names what."""

    text: str
    received_at: Instant
    manifest: Sha256
    letter: LetterId | None
    document_id: Name | None
    position: int
    recorded_at: Instant


def said_of(question: Question, cell: str) -> tuple[tuple[SaidOfCell, ...], int]:
    """Return the comments on a cell that stand on the axes asked, the last first, and how many are withheld."""
    cut, history = question.axes.cut, question.record.history(ids.exchange(question.state))
    stand = [family.standing(cut.position, cut.noticed_by) for family in history.families_of(cell)]
    said = [
        (each, each.body)
        for each in stand
        if each is not None and isinstance(each.body, CellCommented) and each.header.known_at <= cut.known_at
    ]
    told = [
        SaidOfCell(
            text=body.text,
            received_at=body.received_at,
            manifest=body.manifest,
            letter=body.letter,
            document_id=body.document_id,
            position=event.position,
            recorded_at=event.header.recorded_at,
        )
        for event, body in said
        if question.rights.may(event)
    ]
    return tuple(sorted(told, key=lambda each: (each.received_at, each.position), reverse=True)), len(said) - len(told)
