"""What the Committee did: cells assessed and corrected, matrices examined, approved, sent, published, decisions."""

from collections.abc import Iterable
from typing import Literal

from domain.consent import Published
from domain.decision import DecisionAdopted, DecisionNotAdopted, DecisionProposed
from domain.exchange.sending import MatrixSent
from domain.matrix.events import CellAssessed, CellCorrected, MatrixApproved, MatrixExamined, RevisionOpened
from domain.recorded import Recorded
from domain.times import new_york_date
from domain.values import Date
from projections.engine.view import Columns, Lookup, View

What = Literal[
    "opened", "assessed", "corrected", "examined", "approved", "sent", "published", "proposed", "adopted", "not adopted"
]


class WorkColumns(Columns, frozen=True, kw_only=True):
    """One piece of work, and the day in New York on which it was known to be done.

    A cell that stands corrected has two rows: it was assessed on the day when the fact was known, and corrected on the
    day when the error was noticed, the last one where it was corrected again. `documents` are those that it cites,
    separated by spaces.
    """

    what: What
    day: Date
    state: str | None = None
    revision: int | None = None
    documents: str | None = None
    decision: str | None = None


def rows(event: Recorded, lookup: Lookup) -> Iterable[WorkColumns]:
    """Yield the work that an event tells of."""
    del lookup
    header, day = event.header, _day(event.header.known_at)
    match event.body:
        case CellAssessed() | CellCorrected() as body:
            cited = " ".join(dict.fromkeys(source.document_id for source in body.sources))
            yield WorkColumns(what="assessed", day=day, state=body.state, revision=body.revision, documents=cited)
            if header.strikes is not None:
                noticed = _day(header.noticed_at or header.recorded_at)
                yield WorkColumns(what="corrected", day=noticed, state=body.state, revision=body.revision)
        case RevisionOpened() as body:
            yield WorkColumns(what="opened", day=day, state=body.state, revision=body.revision)
        case MatrixExamined() as body:
            yield WorkColumns(what="examined", day=day, state=body.state, revision=body.revision)
        case MatrixApproved() as body:
            yield WorkColumns(
                what="approved", day=day, state=body.state, revision=body.revision, decision=body.decision_id
            )
        case MatrixSent() as body:
            yield WorkColumns(what="sent", day=day, state=body.state)
        case Published() as body:
            yield WorkColumns(what="published", day=day, state=body.state)
        case DecisionProposed() as body:
            yield WorkColumns(what="proposed", day=day, decision=body.decision)
        case DecisionAdopted() as body:
            yield WorkColumns(what="adopted", day=day, decision=body.decision)
        case DecisionNotAdopted() as body:
            yield WorkColumns(what="not adopted", day=day, decision=body.decision)
        case _:
            pass


def _day(instant: str) -> Date:
    return new_york_date(instant).isoformat()


VIEW = View(
    name="work_done",
    version=1,
    columns=WorkColumns,
    follows=(
        CellAssessed,
        CellCorrected,
        RevisionOpened,
        MatrixExamined,
        MatrixApproved,
        MatrixSent,
        Published,
        DecisionProposed,
        DecisionAdopted,
        DecisionNotAdopted,
    ),
    rows=rows,
    indexes=(("what",),),
)
