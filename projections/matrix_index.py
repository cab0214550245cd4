"""The facts of a State from the as-of index: one range read serves both readings at every date and position."""

from collections.abc import Mapping, Sequence

from domain.index import Row, noticed_cut
from domain.matrix.documents import CarriedCell, Manifest
from domain.matrix.facts import FactsOnRecord
from domain.recorded import Recorded
from domain.standing import NO_LIMIT, Cut, Family
from domain.template import TemplateAdopted
from ledger.record import Record
from ledger.standing import COLUMNS, row_of

_HOLDING = f"""SELECT {COLUMNS} FROM standing WHERE state = ? AND revision = ?
AND from_position <= ? AND to_position > ? ORDER BY known_at, root_position"""  # noqa: S608 - fixed columns
"""Whatever the known date: a seal known later still tells a late fact, and an opening whether its revision is there."""


class IndexedFacts:
    """Facts by the index; what it does not hold (bodies, families, documents, templates) is read from the record."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._on_record = FactsOnRecord(record)
        self._rows: dict[tuple[str, int, int], Sequence[Row]] = {}
        self._templates: dict[tuple[str, Cut], TemplateAdopted] = {}

    def acts(self, state: str, cut: Cut) -> Sequence[Row]:
        """Return the acts that stand, which the index keeps under revision 0."""
        return self.cells(state, 0, cut)

    def cells(self, state: str, revision: int, cut: Cut) -> Sequence[Row]:
        """Return the cell events of a revision that stand, and for struck ones what voids them."""
        noticed = noticed_cut(cut.known_at, cut.reading)
        rows = self._at(state, revision, min(cut.position, NO_LIMIT - 1))
        return [row for row in rows if row.from_noticed <= noticed < row.to_noticed]

    def _at(self, state: str, revision: int, position: int) -> Sequence[Row]:
        key = (state, revision, position)
        if key not in self._rows:
            found = self._record.application.sequencer.database.rows(_HOLDING, (state, revision, position, position))
            self._rows[key] = [row_of(each) for each in found]
        return self._rows[key]

    def event(self, event_id: str) -> Recorded:
        """Return an event by id."""
        return self._on_record.event(event_id)

    def family(self, event: Recorded) -> Family:
        """Return the family of an event."""
        return self._on_record.family(event)

    def manifest(self, sha256: str) -> Manifest:
        """Return a stored manifest."""
        return self._on_record.manifest(sha256)

    def carry_over(self, sha256: str) -> Mapping[str, CarriedCell]:
        """Return the rows of a stored carry-over by target cell."""
        return self._on_record.carry_over(sha256)

    def template(self, name: str, cut: Cut) -> TemplateAdopted:
        """Return a template as it stands."""
        key = (name, cut)
        if key not in self._templates:
            self._templates[key] = self._on_record.template(name, cut)
        return self._templates[key]
