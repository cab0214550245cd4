"""The standing facts of one State at a cut, and two ways to them: the histories themselves, or an index."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

from domain import ids
from domain.deciding import RecordView
from domain.index import Row, placed_row
from domain.matrix.cells import Cells, RowCells, Stands, cell_body
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

    def cell(self, state: str, revision: int, cell: str, cut: Cut) -> Sequence[Row]:
        """Return the events of one cell that stand, and for struck ones perhaps what voids them."""
        ...

    def cells(self, state: str, revision: int, cut: Cut) -> Cells:
        """Return the cell events of a revision that stand."""
        ...

    def event(self, event_id: str) -> Recorded:
        """Return an event that a row, manifest or carry-over names."""
        ...

    def at(self, positions: Collection[int]) -> Mapping[int, Recorded]:
        """Return the events at positions that cells named."""
        ...

    def family(self, event: Recorded) -> Family:
        """Return the family of an event."""
        ...

    def manifest(self, sha256: str) -> Manifest:
        """Return a stored manifest."""
        ...

    def manifest_cells(self, sha256: str) -> Mapping[str, Stands]:
        """Return what stands in the cells of a stored manifest."""
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
        self._met: dict[int, Recorded] = {}

    def acts(self, state: str, cut: Cut) -> Sequence[Row]:
        """Return the acts that stand, from the State's matrix, exchange and consent streams."""
        streams = (ids.matrix(state), ids.exchange(state), ids.consent(state))
        return [row for stream in streams for row in self._rows(self._record.history(stream).families(), cut)]

    def cell(self, state: str, revision: int, cell: str, cut: Cut) -> Sequence[Row]:
        """Return the events of one cell that stand."""
        history = self._record.history(ids.matrix_revision(state, revision))
        return self._rows(history.families_of(cell), cut)

    def cells(self, state: str, revision: int, cut: Cut) -> Cells:
        """Return the cell events of a revision that stand, folded cell by cell as they are asked for."""
        history = self._record.history(ids.matrix_revision(state, revision))
        return RowCells(cut.known_at, history.subjects, lambda cell: self._rows(history.families_of(cell), cut))

    def _rows(self, families: Iterable[Family], cut: Cut) -> list[Row]:
        rows: list[Row] = []
        for family in families:
            stands = family.standing(cut.position, cut.noticed_by)
            if stands is not None:
                row = placed_row(family, stands, stands, stands.position, (cut.noticed_by, BEYOND))
                if row is not None:
                    self._met[row.position] = stands
                    rows.append(row)
        return rows

    def event(self, event_id: str) -> Recorded:
        """Return an event by id."""
        found = self._record.event(event_id)
        if found is None:
            raise IntegrityFailure(f"event {event_id} is named but not on record")
        return found

    def at(self, positions: Collection[int]) -> Mapping[int, Recorded]:
        """Return the events at positions that cells named."""
        return {position: self._met[position] for position in positions}

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

    def manifest_cells(self, sha256: str) -> Mapping[str, Stands]:
        """Return what stands in the cells of a stored manifest."""
        return cells_of(self.manifest(sha256), self._meet)

    def _meet(self, event_id: str) -> Recorded:
        event = self.event(event_id)
        self._met[event.position] = event
        return event

    def carry_over(self, sha256: str) -> Mapping[str, CarriedCell]:
        """Return the rows of a stored carry-over by target cell."""
        return read_carry_over(self.document(sha256))

    def template(self, name: str, cut: Cut) -> TemplateAdopted:
        """Return a template as it stands."""
        return adopted(self._record.history(template_stream(name)), name, cut)


def cells_of(manifest: Manifest, event: Callable[[str], Recorded]) -> dict[str, Stands]:
    """Return what stands in the cells of a manifest, given the way to its events."""
    named = ((cell.cell, event(cell.event_id)) for cell in manifest.cells if cell.event_id is not None)
    return {cell: Stands(stands.position, cell_body(stands).value) for cell, stands in named}


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
