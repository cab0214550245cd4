"""The standing facts of one State at a cut, and two ways to them: the histories themselves, or an index."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from domain import ids
from domain.deciding import RecordView
from domain.index import Row, placed_row
from domain.matrix.documents import CarriedCell, Manifest, read_carry_over, read_manifest
from domain.matrix.events import INSIDE, RevisionOpened
from domain.recorded import Recorded
from domain.rectangles import BEYOND
from domain.refusals import IntegrityFailure
from domain.standing import Cut, Family
from domain.template import TemplateAdopted, adopted
from domain.template import stream as template_stream


class Facts(Protocol):
    """What a reading of a State's matrix needs; everything stands at (position, reading), whatever its known date."""

    def acts(self, state: str, cut: Cut) -> Sequence[Row]:
        """Return the openings, withdrawals, seals, approvals, sendings and publications that stand."""
        ...

    def cells(self, state: str, revision: int, cut: Cut) -> Sequence[Row]:
        """Return the cell events of a revision that stand."""
        ...

    def event(self, event_id: str) -> Recorded:
        """Return an event that a row, manifest or carry-over names."""
        ...

    def family(self, event: Recorded) -> Family:
        """Return the family of an event."""
        ...

    def manifest(self, sha256: str) -> Manifest:
        """Return a stored manifest."""
        ...

    def carry_over(self, sha256: str) -> Mapping[str, CarriedCell]:
        """Return the rows of a stored carry-over by target cell."""
        ...

    def template(self, name: str, cut: Cut) -> TemplateAdopted:
        """Return a template as it stands."""
        ...


class DocumentMissing(IntegrityFailure):
    """A document that the record names is not in the store."""


class FactsOnRecord:
    """Facts by naive fold of the streams: slower, and the ground truth for every index."""

    def __init__(self, record: RecordView) -> None:
        self._record = record

    def acts(self, state: str, cut: Cut) -> Sequence[Row]:
        """Return the acts that stand, from the State's matrix, exchange and consent streams."""
        streams = (ids.matrix(state), ids.exchange(state), ids.consent(state))
        return [row for stream in streams for row in _rows(self._record.history(stream).families.values(), cut)]

    def cells(self, state: str, revision: int, cut: Cut) -> Sequence[Row]:
        """Return the cell events of a revision that stand."""
        return _rows(self._record.history(ids.matrix_revision(state, revision)).families.values(), cut)

    def event(self, event_id: str) -> Recorded:
        """Return an event by id."""
        found = self._record.event(event_id)
        if found is None:
            raise IntegrityFailure(f"event {event_id} is named but not on record")
        return found

    def family(self, event: Recorded) -> Family:
        """Return the family of an event."""
        return self._record.history(event.header.stream).family(event.id)

    def document(self, sha256: str) -> bytes:
        """Return a stored document that the record names."""
        data = self._record.document(sha256)
        if data is None:
            raise DocumentMissing(f"document {sha256} is named but not in the store")
        return data

    def manifest(self, sha256: str) -> Manifest:
        """Return a stored manifest."""
        return read_manifest(self.document(sha256))

    def carry_over(self, sha256: str) -> Mapping[str, CarriedCell]:
        """Return the rows of a stored carry-over by target cell."""
        return read_carry_over(self.document(sha256))

    def template(self, name: str, cut: Cut) -> TemplateAdopted:
        """Return a template as it stands."""
        return adopted(self._record.history(template_stream(name)), name, cut)

    def cell(self, state: str, revision: int, cell: str, cut: Cut) -> Sequence[Row]:
        """Return the events of one cell that stand, without folding the rest of its revision."""
        history = self._record.history(ids.matrix_revision(state, revision))
        return _rows(history.families_of(cell), cut)


def _rows(families: Iterable[Family], cut: Cut) -> list[Row]:
    rows: list[Row] = []
    for family in families:
        stands = family.standing(cut.position, cut.noticed_by)
        if stands is not None:
            row = placed_row(family, stands, stands, stands.position, (cut.noticed_by, BEYOND))
            if row is not None:
                rows.append(row)
    return rows


def opening_stands(record: RecordView, event: Recorded) -> bool:
    """Return whether the opening of an event's revision stands, without which it does not; True outside a revision."""
    body = event.body
    if not isinstance(body, INSIDE):
        return True
    acts = record.history(ids.matrix(body.state)).standing()
    return any(isinstance(act.body, RevisionOpened) and act.body.revision == body.revision for act in acts)


def opening(facts: Facts, row: Row) -> RevisionOpened:
    """Return the opening that a row of kind `opened` stands for."""
    body = facts.event(row.event_id).body
    assert isinstance(body, RevisionOpened)  # noqa: S101 - the row's kind says so
    return body
