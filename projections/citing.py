"""What on record rests on a document: cells, duties, submissions and whatever else names it."""

import msgspec

from domain.access import Reader, may
from domain.canonical import encode
from domain.matrix.events import CellAssessed, CellCorrected
from domain.programme import ProgrammeAdopted
from domain.recorded import Recorded
from domain.standing import Cut
from domain.submission import NoChangeDeclared, SubmissionReceived
from ledger.lookup import holding, member
from ledger.record import Record
from projections.rights import Rights


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """Something on record that rests on a document: a cell, a duty or a submission; `stands` is of the axes asked."""

    what: str
    where: str
    locator: str
    quotation: str
    event_id: str
    position: int
    stands: bool


def citations(record: Record, reader: Reader, name: str, cut: Cut, now: str) -> tuple[list[Citation], int]:
    """Return what cites a document, known by a cut, and how much of that the reader may not see."""
    found: list[Citation] = []
    withheld = 0
    rights: dict[str, Rights] = {}

    def sees(event: Recorded) -> bool:
        body = event.body
        if not isinstance(body, CellAssessed | CellCorrected):
            return may(reader, event.header, now)
        if body.state not in rights:
            rights[body.state] = Rights(record, reader, body.state, now)
        return rights[body.state].sees(event)

    cited = holding(record, "", cut.position, member("document_id", name))
    submitted = holding(record, "submission/", cut.position, encode(name))
    for event in (*cited, *(e for e in submitted if name in getattr(e.body, "documents", ()))):
        if event.header.known_at > cut.known_at:
            continue
        if not sees(event):
            withheld += 1
            continue
        stands = record.history(event.header.stream).stands(event.id, cut)
        found += _of(event, name, stands)
    return found, withheld


def _of(event: Recorded, name: str, stands: bool) -> list[Citation]:
    def citation(what: str, where: str, locator: str, quotation: str) -> Citation:
        return Citation(
            what=what,
            where=where,
            locator=locator,
            quotation=quotation,
            event_id=event.id,
            position=event.position,
            stands=stands,
        )

    body = event.body
    match body:
        case CellAssessed() | CellCorrected():
            place = f"{body.state}/{body.revision} {body.cell}"
            return [citation("cell", place, s.locator, s.quotation) for s in body.sources if s.document_id == name]
        case ProgrammeAdopted():
            return [
                citation("duty", duty.duty, f"paragraph {p.paragraph}, {p.start}-{p.end}", p.quotation)
                for duty in body.duties
                for p in duty.passages
            ]
        case SubmissionReceived() | NoChangeDeclared():
            return [citation("submission", body.submission, "", "")]
        case _:
            return [citation(event.header.type, event.header.stream, "", "")]
