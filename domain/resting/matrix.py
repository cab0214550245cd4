"""What revisions, cells, approvals and consents rest on; `matrix.guards` watches the dates of openings and seals."""

from collections.abc import Iterator

from domain import ids
from domain.consent import ConsentAsked, ConsentGiven, ConsentRefused, ConsentWithdrawn
from domain.deciding import RecordView
from domain.matrix.events import CellAssessed, CellCorrected, MatrixApproved, RevisionOpened
from domain.recorded import Event
from domain.resting import decisions
from domain.resting.ground import Ground, Grounds, documents, letters, nothing, parties, states


def rests(record: RecordView, body: Event) -> Iterator[Ground]:
    """Yield the grounds that a fact of a matrix or a consent stands on."""
    match body:
        case RevisionOpened():
            yield from states(body.state)
            yield Ground("template", body.template)
            yield from _mapping(record, body)
        case CellAssessed() | CellCorrected():
            yield from documents(*(source.document_id for source in body.sources))
        case MatrixApproved():
            yield from decisions.items(record, body.decision_id, body.manifest)
        case ConsentAsked() | ConsentGiven() | ConsentRefused():
            yield from states(body.state)
            yield from parties(*body.partners)
            yield from letters(body.letter)
            yield from documents(body.document_id)
        case ConsentWithdrawn():
            yield from states(body.state)
            yield from documents(body.document_id)
        case _:
            pass


def _mapping(record: RecordView, body: RevisionOpened) -> Iterator[Ground]:
    """Yield the mapping by which a revision was seeded on another template than its source's."""
    for event in record.history(ids.matrix(body.state)).events:
        source = event.body
        if isinstance(source, RevisionOpened) and source.revision == body.seeded_from:
            if source.template != body.template:
                yield Ground("mapping", f"{source.template}-{body.template}")
            return


GROUNDS = Grounds(nothing, rests, laid_in={}, rested_on_in={})
