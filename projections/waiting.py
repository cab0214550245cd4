"""What a State submitted that is known and not yet reflected: not read with nothing new, taken back, or cited."""

import msgspec

from domain.matrix.reading import cell_body
from domain.recorded import Recorded
from domain.submission import NoChangeDeclared, SubmissionRead, SubmissionReceived, SubmissionWithdrawn
from domain.values import Instant
from ledger.record import Record
from projections.lookup import holding, member
from projections.question import Question


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A submission that was received and is not reflected in any cell."""

    submission: str
    kind: str
    received_at: Instant
    documents: tuple[str, ...]
    event_id: str
    position: int


def waiting(question: Question, record: Record) -> tuple[Waiting, ...]:
    """Return what waits to be worked into a State's matrix, as far as the reader may see it, by date of receipt."""
    found: list[Waiting] = []
    streams = {
        event.header.stream
        for event in holding(record, "submission/", member("state", question.state), question.axes.cut.position)
    }
    for stream in streams:
        waits = _waits(question, record.history(stream).standing(question.axes.cut))
        if waits is not None and not _cited(question, record, waits.documents):
            found.append(waits)
    return tuple(sorted(found, key=lambda each: (each.received_at, each.position)))


def _waits(question: Question, standing: tuple[Recorded, ...]) -> Waiting | None:
    last: Waiting | None = None
    for event in standing:
        match event.body:
            case SubmissionReceived() | NoChangeDeclared() as body if question.rights.may(event):
                last = Waiting(
                    submission=body.submission,
                    kind=body.kind if isinstance(body, SubmissionReceived) else f"no change since {body.since}",
                    received_at=body.received_at,
                    documents=body.documents,
                    event_id=event.id,
                    position=event.position,
                )
            case SubmissionRead() | SubmissionWithdrawn():
                last = None
            case _:
                pass
    return last


def _cited(question: Question, record: Record, documents: tuple[str, ...]) -> bool:
    """True where a cell that stands and is known by the cut cites one of the documents."""
    matrix = question.matrix()
    for document in documents:
        for event in holding(
            record, f"matrix/{question.state}/", member("document_id", document), question.axes.cut.position
        ):
            body = cell_body(event)
            if any(row.event_id == event.id for row in matrix.own(body.revision).get(body.cell, ())):
                return True
    return False
