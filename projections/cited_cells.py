"""The cells among what cites a document: which of them a reader may see, and in which matrices their events stand."""

from collections import defaultdict
from typing import get_args

import msgspec

from domain.access import may
from domain.matrix.answer import said
from domain.matrix.facts import Facts
from domain.matrix.reading import MatrixFacts
from domain.values import Standing
from projections.engine.answering import Asking
from projections.engine.view import Row
from projections.rights import Rights
from projections.views.citations import CitationColumns

Found = Row[CitationColumns]
STANDINGS: tuple[Standing, ...] = get_args(Standing)


class StandsIn(msgspec.Struct, frozen=True, kw_only=True):
    """A matrix in which the event of a cell stands; `carried` where another revision or cell reads through to it."""

    standing: Standing
    revision: int
    cell: str
    carried: bool


Places = dict[int, list[tuple[StandsIn, str | None]]]


class Cells:
    """The cells among citations: which of them a reader may see, and where their events stand."""

    def __init__(self, asking: Asking, facts: Facts) -> None:
        self._asking = asking
        self._facts = facts
        self._rights: dict[str, Rights] = {}
        self._places: dict[str, Places] = {}
        self._matrices: dict[str, MatrixFacts] = {}

    def seen(self, row: Found) -> bool:
        """Return whether the reader may see a row: as one of its audience, or in a manifest that is open to them."""
        state = row.of.state if row.of.what == "cell" else None
        return self.addressed(row) or (state is not None and row.event_id in self._of(state).open_events)

    def addressed(self, row: Found) -> bool:
        """Return whether the reader is of a row's audience, who are told too what became of it."""
        return may(self._asking.reader, row, self._asking.now)

    def on_record(self, row: Found) -> bool:
        """Return whether a cell is in a revision whose opening stands; True for all else."""
        return row.of.what != "cell" or row.of.revision in self._matrix(row.of.state or "").opened

    def held(self, row: Found) -> bool:
        """Return whether the event of a cell stands in any matrix, whether or not it was struck since."""
        return row.of.what == "cell" and row.position in self._in(row.of.state or "")

    def works(self, row: Found) -> bool:
        """Return whether the event of a cell stands in the working matrix of its State."""
        return self.held(row) and any(
            place.standing == "working" for place, _ in self._in(row.of.state or "")[row.position]
        )

    def stands(self, row: Found) -> tuple[StandsIn, ...]:
        """Return in which matrices the event of a cell stands, of those that the reader may see."""
        if not self.held(row):
            return ()
        state, own = row.of.state or "", (row.of.revision, row.of.name)
        return tuple(
            msgspec.structs.replace(place, carried=(place.revision, place.cell) != own)
            for place, manifest in self._in(state)[row.position]
            if self.addressed(row)
            or (manifest is not None and self._of(state).opens_manifest(manifest, place.standing))
        )

    def _of(self, state: str) -> Rights:
        if state not in self._rights:
            self._rights[state] = Rights(self._asking.source, self._asking.reader, state, self._asking.now)
        return self._rights[state]

    def _matrix(self, state: str) -> MatrixFacts:
        if state not in self._matrices:
            self._matrices[state] = MatrixFacts(self._facts, state, self._asking.axes.cut)
        return self._matrices[state]

    def _in(self, state: str) -> Places:
        """Return, by position, where cell events stand in a State's matrices, each with the manifest that holds it."""
        if state not in self._places:
            found: Places = defaultdict(list)
            for standing in STANDINGS:
                matrix = said(self._matrix(state), standing)
                for cell, stands in matrix.cells.items():
                    place = StandsIn(standing=standing, revision=matrix.revision or 0, cell=cell, carried=False)
                    found[stands.position].append((place, matrix.manifest))
            self._places[state] = found
        return self._places[state]
