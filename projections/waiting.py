"""What a State submitted that is known and not yet reflected: not read with nothing new, taken back, or cited."""

from collections.abc import Iterable, Set

import msgspec

from domain.matrix.cells import cell_body
from domain.recorded import Recorded
from domain.submission import NoChangeDeclared, SubmissionRead, SubmissionReceived, SubmissionWithdrawn
from domain.values import Instant
from ledger.lookup import holding, member
from ledger.record import Record
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
    position = question.axes.cut.position
    streams = {e.header.stream for e in holding(record, "submission/", position, member("state", question.state))}
    each_waits = (_waits(question, record.history(stream).standing(question.axes.cut)) for stream in streams)
    found = [waits for waits in each_waits if waits is not None]
    return not_reflected(found, _cited(question, record, {document for waits in found for document in waits.documents}))


def not_reflected(received: Iterable[Waiting], cited: Set[str]) -> tuple[Waiting, ...]:
    """Return, by date of receipt, what waits of submissions that were neither taken back nor read with nothing new.

    That is the rule: no cell of the State that stands and is known cites any of its documents.
    """
    left = (waits for waits in received if cited.isdisjoint(waits.documents))
    return tuple(sorted(left, key=lambda each: (each.received_at, each.position)))


def no_change(since: str) -> str:
    """Return the kind of a submission that says nothing has changed."""
    return f"no change since {since}"


def _waits(question: Question, standing: tuple[Recorded, ...]) -> Waiting | None:
    last: Waiting | None = None
    for event in standing:
        match event.body:
            case SubmissionReceived() | NoChangeDeclared() as body if question.rights.may(event):
                last = Waiting(
                    submission=body.submission,
                    kind=body.kind if isinstance(body, SubmissionReceived) else no_change(body.since),
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


def _cited(question: Question, record: Record, documents: set[str]) -> set[str]:
    """Return those of the documents that a cell which stands and is known by the cut cites."""
    matrix, cited = question.matrix(), set[str]()
    words = (member("document_id", document) for document in documents)
    for event in holding(record, f"matrix/{question.state}/", question.axes.cut.position, *words):
        body = cell_body(event)
        others = documents.intersection(source.document_id for source in body.sources) - cited
        if others and any(row.event_id == event.id for row in matrix.own_of(body.revision, body.cell)):
            cited |= others
    return cited
