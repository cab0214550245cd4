"""What entered in a batch of late history: its actor, role and dates are what the importer typed (ADR 0010)."""

from collections.abc import Iterable, Mapping

import msgspec

from domain.deciding import RecordView
from domain.recorded import Recorded
from domain.records import BatchImported
from domain.values import Instant
from projections.matrix import CellView
from projections.question import Question


class LateBatch(msgspec.Struct, frozen=True, kw_only=True):
    """A batch of late history: its name, and in what role and when it was imported. Headers tell this to anyone."""

    batch: str
    imported_by: str
    recorded_at: Instant
    position: int
    event_id: str


class Claims:
    """Which batches claim what a view shows; `batches` are those met so far, the first imported first."""

    def __init__(self, record: RecordView) -> None:
        self._record = record
        self._by_cause: dict[str, LateBatch | None] = {}

    def of(self, event: Recorded | None) -> str | None:
        """Return the batch whose claims an event's actor, role and dates are, or None where they were recorded live."""
        cause = None if event is None else event.header.causation_id
        if cause is None:
            return None
        if cause not in self._by_cause:
            self._by_cause[cause] = _batch(self._record.event(cause))
        found = self._by_cause[cause]
        return None if found is None else found.batch

    @property
    def batches(self) -> tuple[LateBatch, ...]:
        """The batches met, in the order in which they were imported."""
        found = (each for each in self._by_cause.values() if each is not None)
        return tuple(sorted(found, key=lambda each: each.position))


def claims_of_cells(claims: Claims, question: Question, cells: Iterable[CellView]) -> Mapping[str, str]:
    """Return, by cell, the batch that claims what is shown there; cells recorded live are left out."""
    shown = ((each.cell, each.event_id) for each in cells if each.event_id is not None)
    claimed = ((cell, claims.of(question.facts.event(event_id))) for cell, event_id in shown)
    return {cell: batch for cell, batch in claimed if batch is not None}


def _batch(cause: Recorded | None) -> LateBatch | None:
    if cause is None or not isinstance(cause.body, BatchImported):
        return None
    return LateBatch(
        batch=cause.body.batch,
        imported_by=cause.header.role,
        recorded_at=cause.header.recorded_at,
        position=cause.position,
        event_id=cause.id,
    )
