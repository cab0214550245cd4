"""What cells rest on: a source for every X and ?, on record and in force when it was cited."""

from collections.abc import Iterator

from domain.document import DocumentRegistered, DocumentWithdrawn, stream
from domain.matrix.events import CellAssessed, CellCorrected
from domain.recorded import Recorded
from domain.times import period_of
from projections.audit.check import Check, Found
from projections.audit.trail import Trail

NEEDS_SOURCE = ("X", "?")


def unsourced(trail: Trail) -> Iterator[Found]:
    """Yield cells that say X or ? and cite nothing."""
    for event, body in _cells(trail):
        if body.value in NEEDS_SOURCE and not body.sources:
            yield Found(event, f"{body.cell} of revision {body.revision} of {body.state} cites no source")


def unfit(trail: Trail) -> Iterator[Found]:
    """Yield cells that cite what was not on record, or was withdrawn or replaced by then."""
    for event, body in _cells(trail):
        for name in dict.fromkeys(source.document_id for source in body.sources):
            what, beside = _fault(trail, name, event)
            if what:
                yield Found(
                    event, f"{body.cell} of revision {body.revision} of {body.state} cites {name}: {what}", beside
                )


def _fault(trail: Trail, name: str, cited: Recorded) -> tuple[str, tuple[Recorded, ...]]:
    acts = trail.history(stream(name)).standing(trail.cut)
    registrations = [act for act in acts if isinstance(act.body, DocumentRegistered)]
    if not registrations:
        return "no such document is on record", ()
    if _begins(registrations[0]) > cited.header.known_at:
        return f"it was known only on {registrations[0].header.known_at[:10]}", (registrations[0],)
    for act in acts:
        if isinstance(act.body, DocumentWithdrawn) and act.header.known_at <= cited.header.known_at:
            became = "withdrawn" if act.body.replaced_by is None else f"replaced by {act.body.replaced_by}"
            return f"it was {became} before", (act,)
    return "", ()


def _begins(event: Recorded) -> str:
    """Return the earliest instant at which a fact may have been known."""
    header = event.header
    if header.known_precision == "instant":
        return header.known_at
    return period_of(header.known_at, header.known_precision)[0]


def _cells(trail: Trail) -> Iterator[tuple[Recorded, CellAssessed | CellCorrected]]:
    for event in trail.standing("matrix/", CellAssessed, CellCorrected):
        assert isinstance(event.body, CellAssessed | CellCorrected)  # noqa: S101 - `standing` yields nothing else
        yield event, event.body


UNSOURCED = Check(
    name="without-source",
    says="A cell that says X or ? cites a source.",
    find=unsourced,
)
UNFIT = Check(
    name="source-not-in-force",
    says="A source is on record when it is cited, and neither withdrawn nor replaced.",
    find=unfit,
)
