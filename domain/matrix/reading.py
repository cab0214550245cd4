"""State(D, R): what a State's matrix said, by standing and reading (the record's section 4)."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from domain.index import Row
from domain.matrix.documents import CarriedCell
from domain.matrix.events import CellAssessed, CellCorrected, RevisionOpened
from domain.matrix.facts import Facts, opening
from domain.recorded import Recorded
from domain.standing import Cut
from domain.template import Field, by_cell


def order(row: Row) -> tuple[str, int]:
    """Return where a row comes in the order of knowing: (known_at, root position)."""
    return row.known_at, row.root_position


class MatrixFacts:
    """The facts of one State at one cut, arranged by revision; each revision is read once."""

    def __init__(self, facts: Facts, state: str, cut: Cut) -> None:
        self.facts = facts
        self.state = state
        self.cut = cut
        self._cells: dict[int, dict[str, list[Row]]] = {}
        self._rows: dict[int, Sequence[Row]] = {}
        self._by_root: dict[int, Mapping[int, list[Row]]] = {}
        self._openings: dict[int, RevisionOpened] = {}
        self._read: dict[tuple[int, str], Row | None] = {}
        self._carried: dict[int, Mapping[str, CarriedCell]] = {}
        self._allowed: dict[str, Mapping[str, Field]] = {}

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

    def rows(self, revision: int) -> Sequence[Row]:
        """Return all rows of a revision's cells that stand, whatever their known date; voids among them."""
        if revision not in self._rows:
            self._rows[revision] = self.facts.cells(self.state, revision, self.cut)
        return self._rows[revision]

    def by_root(self, revision: int) -> Mapping[int, list[Row]]:
        """Return a revision's rows by the position of their root, whatever their known date."""
        if revision not in self._by_root:
            roots: dict[int, list[Row]] = {}
            for row in self.rows(revision):
                roots.setdefault(row.root_position, []).append(row)
            self._by_root[revision] = roots
        return self._by_root[revision]

    def own(self, revision: int) -> Mapping[str, list[Row]]:
        """Return, by cell, a revision's own standing events known by the cut, in order."""
        if revision not in self._cells:
            cells: dict[str, list[Row]] = {}
            if revision in self.opened:
                known = (r for r in self.rows(revision) if r.kind == "cell" and r.known_at <= self.cut.known_at)
                for row in sorted(known, key=order):
                    cells.setdefault(row.cell, []).append(row)
            self._cells[revision] = cells
        return self._cells[revision]

    def own_of(self, revision: int, cell: str) -> Sequence[Row]:
        """Return one cell's own standing events known by the cut, in order."""
        return self.own(revision).get(cell, ())

    def is_late(self, row: Row) -> bool:
        """True for a late fact: a root that repairs no error, recorded after the standing seal of its revision."""
        seal = self.sealed.get(row.revision)
        return seal is not None and not row.repairs and row.root_position > seal.root_position

    def carried_row(self, revision: int, cell: str) -> CarriedCell | None:
        """Return the carry-over row by which a cell reads through to the source revision."""
        if revision not in self._carried:
            opened = self.opening(revision)
            carried = None if opened is None else opened.carried
            self._carried[revision] = {} if carried is None else self.facts.carry_over(carried)
        return self._carried[revision].get(cell)

    def reads(self, revision: int, cell: str) -> Row | None:
        """Return what a cell reads with late facts left out: its own last event, else what it reads through to."""
        key = (revision, cell)
        if key not in self._read:
            own = [row for row in self.own_of(revision, cell) if not self.is_late(row)]
            self._read[key] = own[-1] if own else self.carried(revision, cell)
        return self._read[key]

    def carried(self, revision: int, cell: str) -> Row | None:
        """Return what a cell without an own event reads through its carry-over row, or None."""
        opened, row = self.opening(revision), self.carried_row(revision, cell)
        if opened is None or opened.seeded_from is None or row is None:
            return None
        found = [self.reads(opened.seeded_from, source) for source in row.from_cells]
        first = found[0]
        values = {None if each is None else each.value for each in found}
        if first is None or len(values) != 1:
            return None
        return first if self.allows(opened.template, cell, first.value) else None

    def allows(self, template: str, cell: str, value: str | None) -> bool:
        """True where the template's row for `cell` allows `value`."""
        if template not in self._allowed:
            self._allowed[template] = by_cell(self.facts.template(template, self.cut))
        field = self._allowed[template].get(cell)
        return field is not None and value in field.allowed

    def works(self, revision: int, cell: str) -> Row | None:
        """Return the working standing of a cell: its last own event, late facts included, else what it carries."""
        own = self.own_of(revision, cell)
        return own[-1] if own else self.carried(revision, cell)

    def late_facts(self, revision: int, cell: str) -> Iterable[Row]:
        """Yield the late facts of a cell and of those it reads through."""
        own = self.own_of(revision, cell)
        yield from (row for row in own if self.is_late(row))
        if all(self.is_late(row) for row in own):
            opened, row = self.opening(revision), self.carried_row(revision, cell)
            if opened is not None and opened.seeded_from is not None and row is not None:
                for source in row.from_cells:
                    yield from self.late_facts(opened.seeded_from, source)

    def later_fact(self, revision: int, cell: str, shown: tuple[str, int] | None) -> Row | None:
        """Return the last late fact of a cell, if it comes later in order than the event shown."""
        last = max(self.late_facts(revision, cell), key=order, default=None)
        return None if last is None or (shown is not None and order(last) <= shown) else last


def cell_body(event: Recorded) -> CellAssessed | CellCorrected:
    """Return the body of an event that stands in a cell."""
    assert isinstance(event.body, CellAssessed | CellCorrected)  # noqa: S101 - only these stand in cells
    return event.body
