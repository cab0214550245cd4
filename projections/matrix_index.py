"""The facts of a State from the as-of index: acts and single cells from its rows, whole revisions from pages."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from domain.index import Row
from domain.matrix.cells import Cells, Stands
from domain.matrix.documents import CarriedCell, Manifest
from domain.matrix.facts import FactsOnRecord, cells_of
from domain.recorded import Recorded
from domain.refusals import IntegrityFailure
from domain.standing import Cut, Family, History
from domain.template import TemplateAdopted, adopted
from domain.template import stream as template_stream
from ledger.record import Record

DOCUMENTS_KEPT = 512
"""How many manifests and carry-overs are kept as read; a document is named by its hash, so it never changes."""


class IndexedFacts:
    """Facts by the index, for any number of questions; what it does not hold is read from the record."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._on_record = FactsOnRecord(record)
        self._manifest = lru_cache(maxsize=DOCUMENTS_KEPT)(self._on_record.manifest)
        self._manifest_cells = lru_cache(maxsize=DOCUMENTS_KEPT)(self._cells_of)
        self._carry_over = lru_cache(maxsize=DOCUMENTS_KEPT)(self._on_record.carry_over)
        self._templates: dict[str, tuple[int, History]] = {}
        """Histories of templates, each complete through a position at least: up to that nothing need be asked again."""

    def acts(self, state: str, cut: Cut) -> Sequence[Row]:
        """Return the acts that stand."""
        return self._record.acts(state, cut)

    def cell(self, state: str, revision: int, cell: str, cut: Cut) -> Sequence[Row]:
        """Return the events of one cell that stand, and for struck ones what voids them."""
        return self._record.cell(state, revision, cell, cut)

    def cells(self, state: str, revision: int, cut: Cut) -> Cells:
        """Return the cell events of a revision that stand."""
        return self._record.cells(state, revision, cut)

    def event(self, event_id: str) -> Recorded:
        """Return an event by id."""
        return self._on_record.event(event_id)

    def at(self, positions: Collection[int]) -> Mapping[int, Recorded]:
        """Return the events at positions that cells named."""
        found = self._record.at(positions)
        missing = set(positions) - found.keys()
        if missing:
            raise IntegrityFailure(f"the event at position {min(missing)} stands in a cell but cannot be read")
        return found

    def family(self, event: Recorded) -> Family:
        """Return the family of an event."""
        return self._on_record.family(event)

    def manifest(self, sha256: str) -> Manifest:
        """Return a stored manifest."""
        return self._manifest(sha256)

    def manifest_cells(self, sha256: str) -> Mapping[str, Stands]:
        """Return what stands in the cells of a stored manifest."""
        return self._manifest_cells(sha256)

    def _cells_of(self, sha256: str) -> Mapping[str, Stands]:
        manifest = self.manifest(sha256)
        self._record.read_ahead([cell.event_id for cell in manifest.cells if cell.event_id is not None])
        return cells_of(manifest, self.event)

    def carry_over(self, sha256: str) -> Mapping[str, CarriedCell]:
        """Return the rows of a stored carry-over by target cell."""
        return self._carry_over(sha256)

    def template(self, name: str, cut: Cut) -> TemplateAdopted:
        """Return a template as it stands."""
        through, history = self._templates.get(name, (-1, None))
        if history is None or cut.position > through:
            through = self._record.last_position
            history = self._record.history(template_stream(name))
            self._templates[name] = through, history
        return adopted(history, name, cut)
