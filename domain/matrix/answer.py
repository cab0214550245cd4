"""The answer to `show`: every cell of the template, what stands there, and what else must be said beside it."""

from collections.abc import Mapping
from datetime import date

import msgspec

from domain.matrix.facts import Facts
from domain.matrix.reading import MatrixFacts, cell_body
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


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A State's matrix at a cut, in a standing; `manifest` is the one it rests on, if any."""

    state: str
    cut: Cut
    standing: Standing
    revision: int | None
    template: TemplateAdopted | None
    manifest: str | None
    cells: tuple[Shown, ...]


class _Cell(msgspec.Struct, frozen=True):
    event_id: str | None
    place: tuple[str, int] | None
    """Where the event comes in the order of knowing."""


def answer(facts: Facts, state: str, cut: Cut, standing: Standing) -> Answer:
    """Return what State(D, R) says of `state` in `standing`.

    Working: the last revision opened and not withdrawn, each cell's own last event or what it carries. Approved,
    sent and published: the manifest of the last such act, exactly.
    """
    matrix = MatrixFacts(facts, state, cut)
    act = None if standing == "working" else matrix.act_of(standing)
    manifest = None if act is None or act.manifest is None else facts.manifest(act.manifest)
    revision = matrix.working_revision() if standing == "working" else None if manifest is None else manifest.revision
    if revision is None:
        return Answer(state=state, cut=cut, standing=standing, revision=None, template=None, manifest=None, cells=())
    if manifest is not None:
        template = facts.template(manifest.template, cut)
        found = {cell.cell: _of_manifest(matrix, cell.event_id) for cell in manifest.cells}
    else:
        opened = matrix.opening(revision)
        assert opened is not None  # noqa: S101 - a working revision's opening stands
        template = facts.template(opened.template, cut)
        found = {field.cell: _working(matrix, revision, field.cell) for field in template.fields}
    cells = tuple(
        _shown(matrix, revision, field.cell, found.get(field.cell, _Cell(None, None)), standing)
        for field in template.fields
    )
    return Answer(
        state=state,
        cut=cut,
        standing=standing,
        revision=revision,
        template=template,
        manifest=None if act is None else act.manifest,
        cells=cells,
    )


def _working(matrix: MatrixFacts, revision: int, cell: str) -> _Cell:
    row = matrix.works(revision, cell)
    return _Cell(None, None) if row is None else _Cell(row.event_id, (row.known_at, row.root_position))


def _of_manifest(matrix: MatrixFacts, event_id: str | None) -> _Cell:
    if event_id is None:
        return _Cell(None, None)
    event = matrix.facts.event(event_id)
    root = event if event.header.strikes is None else matrix.facts.family(event).root
    return _Cell(event_id, (event.header.known_at, root.position))


def _shown(matrix: MatrixFacts, revision: int, cell: str, found: _Cell, standing: Standing) -> Shown:
    later = matrix.later_fact(revision, cell, found.place)
    event = None if found.event_id is None else matrix.facts.event(found.event_id)
    carried_from, corrected_by = None, None
    if event is not None:
        body = cell_body(event)
        if (body.revision, body.cell) != (revision, cell):
            carried_from = (body.revision, body.cell)
        if standing != "working":
            corrected_by = _corrected_by(matrix, event, found.place)
    return Shown(
        cell=cell,
        event=event,
        carried_from=carried_from,
        corrected_by=corrected_by,
        later_fact=None if later is None else later.event_id,
    )


def _corrected_by(matrix: MatrixFacts, event: Recorded, place: tuple[str, int] | None) -> str | None:
    """Return what stands in the chain of the event shown, else what voids it, if that is another event."""
    body = cell_body(event)
    root = event.position if place is None else place[1]
    rows = matrix.by_root(body.revision).get(root, ()) if body.revision in matrix.opened else ()
    stands = next((row for row in rows if row.kind == "cell"), None)
    if stands is not None:
        return None if stands.event_id == event.id else stands.event_id
    void = matrix.facts.family(event).voids(matrix.cut.position, matrix.cut.noticed_by).get(event.id)
    return None if void is None else void.id


def possibly_known(facts: Facts, state: str, cut: Cut) -> int:
    """Return how many standing cell events are dated only to a month or year that has begun by the cut, not ended."""
    matrix = MatrixFacts(facts, state, cut)
    return sum(
        row.kind == "cell"
        and row.known_at > cut.known_at
        and (row.known_precision == "month" or row.known_precision == "year")
        and period_of(row.known_at, row.known_precision)[0] <= cut.known_at
        for revision in matrix.opened
        for row in matrix.rows(revision)
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
