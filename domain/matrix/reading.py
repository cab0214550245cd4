"""State(D, R): what a State's matrix said, by standing and reading (the record's section 4)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from domain.index import Row
from domain.matrix.cells import Cells, RowCells, Stands, order
from domain.matrix.documents import CarriedCell
from domain.matrix.events import RevisionOpened
from domain.matrix.facts import Facts, opening
from domain.standing import NO_LIMIT, Cut
from domain.template import Field, by_cell


class MatrixFacts:
    """The facts of one State at one cut, arranged by revision; cells are asked for together, not one by one."""

    def __init__(self, facts: Facts, state: str, cut: Cut) -> None:
        self.facts = facts
        self.state = state
        self.cut = cut
        self._cells: dict[int, Cells] = {}
        self._openings: dict[int, RevisionOpened] = {}
        self._carried: dict[int, Mapping[str, CarriedCell]] = {}
        self._fields: dict[str, Mapping[str, Field]] = {}

    @cached_property
    def acts(self) -> Sequence[Row]:
        """All acts that stand, in order of knowing; none of a revision whose opening does not stand."""
        rows = [row for row in self.facts.acts(self.state, self.cut) if row.kind != "void"]
        opened = {row.about for row in rows if row.kind == "opened"}
        return sorted((row for row in rows if not row.about or row.about in opened), key=order)

    @cached_property
    def opened(self) -> Mapping[int, Row]:
        """The standing openings by revision, whatever their known date."""
        return {row.about: row for row in self.acts if row.kind == "opened"}

    @cached_property
    def sealed(self) -> Mapping[int, Row]:
        """The standing seals by revision, whatever their known date."""
        return {row.about: row for row in self.acts if row.kind == "sealed"}

    def known(self, *kinds: str) -> list[Row]:
        """Return the acts of some kinds known by the cut, in order."""
        return [row for row in self.acts if row.kind in kinds and row.known_at <= self.cut.known_at]

    def working_revision(self) -> int | None:
        """Return the last revision opened and not withdrawn by the cut."""
        withdrawn = {row.about for row in self.known("withdrawn")}
        open_ones = [row for row in self.known("opened") if row.about not in withdrawn]
        return open_ones[-1].about if open_ones else None

    def act_of(self, standing: str) -> Row | None:
        """Return the last approval, sending or publication by the cut; none after an unpublishing."""
        if standing == "published":
            rows = self.known("published", "unpublished")
            return rows[-1] if rows and rows[-1].kind == "published" else None
        rows = self.known(standing)
        return rows[-1] if rows else None

    def opening(self, revision: int) -> RevisionOpened | None:
        """Return the standing opening of a revision."""
        row = self.opened.get(revision)
        if row is None:
            return None
        if revision not in self._openings:
            self._openings[revision] = opening(self.facts, row)
        return self._openings[revision]

    def fields(self, template: str) -> Mapping[str, Field]:
        """Return the rows of a template by cell, in its order."""
        if template not in self._fields:
            self._fields[template] = by_cell(self.facts.template(template, self.cut))
        return self._fields[template]

    def cells(self, revision: int) -> Cells:
        """Return the cell events of a revision that stand; none where its opening does not stand."""
        if revision not in self._cells:
            standing = revision in self.opened
            self._cells[revision] = self.facts.cells(self.state, revision, self.cut) if standing else _NO_CELLS
        return self._cells[revision]

    def own_of(self, revision: int, cell: str) -> Sequence[Row]:
        """Return one cell's own standing events known by the cut, in order."""
        if revision not in self.opened:
            return ()
        rows = self.facts.cell(self.state, revision, cell, self.cut)
        return sorted((row for row in rows if row.kind == "cell" and row.known_at <= self.cut.known_at), key=order)

    def works(self, revision: int, cells: Collection[str]) -> dict[str, Stands]:
        """Return the working standing of cells: their last own event, late facts included, else what they carry."""
        return self._or_carried(revision, cells, self.cells(revision).last(cells))

    def reads(self, revision: int, cells: Collection[str]) -> dict[str, Stands]:
        """Return what cells read with late facts left out: their last own event, else what they read through to."""
        return self._or_carried(revision, cells, self.cells(revision).last(cells, self._sealed_at(revision)))

    def _or_carried(self, revision: int, cells: Collection[str], own: dict[str, Stands]) -> dict[str, Stands]:
        missing = [cell for cell in cells if cell not in own]
        return own | self.carried(revision, missing) if missing else own

    def _sealed_at(self, revision: int) -> int:
        """Return the position after which what enters a revision is a late fact."""
        seal = self.sealed.get(revision)
        return NO_LIMIT if seal is None else seal.root_position

    def carried(self, revision: int, cells: Iterable[str]) -> dict[str, Stands]:
        """Return what cells without an own event read through their carry-over rows."""
        opened, rows = self.opening(revision), self.carried_rows(revision)
        if opened is None or opened.seeded_from is None:
            return {}
        through = {cell: rows[cell].from_cells for cell in cells if cell in rows}
        return self.read_through(opened.seeded_from, opened.template, through)

    def read_through(self, source: int, template: str, through: Mapping[str, tuple[str, ...]]) -> dict[str, Stands]:
        """Return what cells of a template read of cells of a source revision.

        Where all of these give the same value and the row allows it, the event of the first, else nothing.
        """
        sources = {each for from_cells in through.values() for each in from_cells}
        read, fields = self.reads(source, sources), self.fields(template)
        found: dict[str, Stands] = {}
        for cell, (first, *others) in through.items():
            stands = read.get(first)
            if stands is not None and cell in fields and stands.value in fields[cell].allowed:
                also = (read.get(other) for other in others)
                if all(other is not None and other.value == stands.value for other in also):
                    found[cell] = stands
        return found

    def carried_rows(self, revision: int) -> Mapping[str, CarriedCell]:
        """Return, by cell, the carry-over rows by which a revision reads through to its source."""
        if revision not in self._carried:
            opened = self.opening(revision)
            carried = None if opened is None else opened.carried
            self._carried[revision] = {} if carried is None else self.facts.carry_over(carried)
        return self._carried[revision]

    def late_facts(self, revision: int, cells: Collection[str]) -> dict[str, Stands]:
        """Return, by cell, the last late fact of a cell and of those it reads through."""
        sealed = self._sealed_at(revision)
        own = self.cells(revision).late(sealed)
        found = {cell: own[cell] for cell in cells if cell in own}
        opened, rows = self.opening(revision), self.carried_rows(revision)
        if opened is None or opened.seeded_from is None:
            return found
        read = self.cells(revision).last(cells, sealed)
        through = {cell: rows[cell].from_cells for cell in cells if cell not in read and cell in rows}
        of_sources = self.late_facts(opened.seeded_from, {each for sources in through.values() for each in sources})
        if of_sources:
            for cell, sources in through.items():
                late = [of_sources[each] for each in sources if each in of_sources]
                if late:
                    found[cell] = max((*late, *([found[cell]] if cell in found else ())), key=self.place)
        return found

    def place(self, stands: Stands) -> tuple[str, int]:
        """Return where what stands in a cell comes in the order of knowing: (known_at, root position)."""
        event = self.facts.at((stands.position,))[stands.position]
        root = event if event.header.strikes is None else self.facts.family(event).root
        return event.header.known_at, root.position


_NO_CELLS = RowCells("", (), lambda _: ())
