"""The answer to `show`: every cell of the template, what stands there, and what else must be said beside it."""

from collections.abc import Mapping
from datetime import date

import msgspec

from domain.matrix.cells import Stands, cell_body
from domain.matrix.facts import Facts
from domain.matrix.reading import MatrixFacts
from domain.recorded import Recorded
from domain.standing import Cut
from domain.template import TemplateAdopted
from domain.times import period_of
from domain.values import Standing


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One cell of an answer; `event` is None where nothing stands."""

    cell: str
    event: Recorded | None
    carried_from: tuple[int, str] | None
    corrected_by: str | None
    later_fact: str | None

    @property
    def value(self) -> str | None:
        """The value that stands, ``""`` where the cell was set to blank, None where nothing stands."""
        return None if self.event is None else cell_body(self.event).value


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a matrix says at a cut, and no more: by cell what stands, in no order; `manifest` is the one it rests on."""

    revision: int | None
    template: TemplateAdopted | None
    manifest: str | None
    cells: Mapping[str, Stands]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A State's matrix at a cut, in a standing; `manifest` is the one it rests on, if any."""

    state: str
    cut: Cut
    standing: Standing
    revision: int | None
    template: TemplateAdopted | None
    manifest: str | None
    cells: tuple[Shown, ...]


def said(matrix: MatrixFacts, standing: Standing) -> Said:
    """Return what State(D, R) says in `standing`: position and value of what stands in each cell.

    Working: the last revision opened and not withdrawn, each cell's own last event or what it carries. Approved,
    sent and published: the manifest of the last such act, exactly.
    """
    facts = matrix.facts
    if standing == "working":
        revision = matrix.working_revision()
        opened = None if revision is None else matrix.opening(revision)
        if revision is None or opened is None:
            return NOTHING_SAID
        template = facts.template(opened.template, matrix.cut)
        cells = matrix.works(revision, [field.cell for field in template.fields])
        return Said(revision=revision, template=template, manifest=None, cells=cells)
    act = matrix.act_of(standing)
    if act is None or act.manifest is None:
        return NOTHING_SAID
    manifest = facts.manifest(act.manifest)
    return Said(
        revision=manifest.revision,
        template=facts.template(manifest.template, matrix.cut),
        manifest=act.manifest,
        cells=facts.manifest_cells(act.manifest),
    )


NOTHING_SAID = Said(revision=None, template=None, manifest=None, cells={})


def answer(facts: Facts, state: str, cut: Cut, standing: Standing) -> Answer:
    """Return what State(D, R) says of `state` in `standing`, with the events, and with what else must be said."""
    matrix = MatrixFacts(facts, state, cut)
    found = said(matrix, standing)
    shown: tuple[Shown, ...] = ()
    if found.revision is not None and found.template is not None:
        names = [field.cell for field in found.template.fields]
        late = matrix.late_facts(found.revision, names)
        events = facts.at({stands.position for each in (found.cells, late) for stands in each.values()})
        beside = _Beside(
            matrix=matrix, revision=found.revision, late=late, events=events, corrections=standing != "working"
        )
        shown = tuple(beside.shown(cell, found.cells.get(cell)) for cell in names)
    return Answer(
        state=state,
        cut=cut,
        standing=standing,
        revision=found.revision,
        template=found.template,
        manifest=found.manifest,
        cells=shown,
    )


class _Beside(msgspec.Struct, frozen=True, kw_only=True):
    """What must be said beside the cells of a revision."""

    matrix: MatrixFacts
    revision: int
    late: Mapping[str, Stands]
    events: Mapping[int, Recorded]
    corrections: bool

    def shown(self, cell: str, stands: Stands | None) -> Shown:
        event = None if stands is None else self.events[stands.position]
        body = None if event is None else cell_body(event)
        carried = body is not None and (body.revision, body.cell) != (self.revision, cell)
        return Shown(
            cell=cell,
            event=event,
            carried_from=(body.revision, body.cell) if body is not None and carried else None,
            corrected_by=self._corrected_by(event) if event is not None and self.corrections else None,
            later_fact=self._later_fact(cell, stands),
        )

    def _later_fact(self, cell: str, stands: Stands | None) -> str | None:
        """Return the last late fact of a cell, if it comes later in order than the event shown."""
        late = self.late.get(cell)
        if late is None or (stands is not None and self.matrix.place(late) <= self.matrix.place(stands)):
            return None
        return self.events[late.position].id

    def _corrected_by(self, event: Recorded) -> str | None:
        """Return what stands in the chain of the event shown, else what voids it, if that is another event."""
        matrix, body = self.matrix, cell_body(event)
        root = event if event.header.strikes is None else matrix.facts.family(event).root
        stands = matrix.cells(body.revision).in_chain(body.cell, root.position)
        if stands is not None:
            return None if stands == event.position else matrix.facts.at((stands,))[stands].id
        void = matrix.facts.family(event).voids(matrix.cut.position, matrix.cut.noticed_by).get(event.id)
        return None if void is None else void.id


def possibly_known(facts: Facts, state: str, cut: Cut) -> int:
    """Return how many standing cell events are dated only to a month or year that has begun by the cut, not ended."""
    matrix = MatrixFacts(facts, state, cut)
    return sum(
        (precision == "month" or precision == "year") and period_of(known_at, precision)[0] <= cut.known_at
        for revision in matrix.opened
        for known_at, precision in matrix.cells(revision).perhaps_known()
    )


def values(found: Answer) -> Mapping[str, str | None]:
    """Return the value of every cell of an answer."""
    return {cell.cell: cell.value for cell in found.cells}


def differs(shown: Answer, other: Answer) -> tuple[str, ...]:
    """Return the cells whose value differs in the other reading, nothing being a value.

    In the order of the template shown; then those that only the other reading's template has.
    """
    here, there = values(shown), values(other)
    return tuple(cell for cell in {**here, **there} if here.get(cell) != there.get(cell))


def in_force(event: Recorded, on: date) -> bool:
    """True where what a cell rests on applied on a day; an open end has no limit."""
    body, day = cell_body(event), on.isoformat()
    return (body.in_force_from or "") <= day and (body.in_force_to is None or day <= body.in_force_to)
