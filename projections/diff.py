"""Two matrices of one State side by side: what a cell said here and what it says there."""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from domain.matrix.answer import Answer, Shown, answer
from domain.matrix.reading import MatrixFacts
from domain.recorded import Recorded
from domain.refusals import NotFound, NotPermitted
from domain.template import TemplateAdopted
from projections.matrix import NOTHING, CellView, views
from projections.question import Heading, Question, heading, made_up

Differs = Literal["value", "basis"]


class Side(msgspec.Struct, frozen=True):
    """One side of a comparison: its heading, and its cells as the reader may see them."""

    heading: Heading
    cells: Mapping[str, CellView]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A cell that differs: in its value, or only in the event that it rests on (`basis`).

    Where the templates differ `from_cells` are the cells of the left side that it is compared with.
    """

    cell: str
    from_cells: tuple[str, ...]
    differs: Differs
    left: CellView
    right: CellView


class Diff(msgspec.Struct, frozen=True, kw_only=True):
    """A comparison: the cells that differ, how many are the same, and how many could not be compared."""

    left: Heading
    right: Heading
    differences: tuple[Difference, ...]
    same: int
    withheld: int


def matrix_side(question: Question) -> Side:
    """Return the matrix at a place on the axes, as one side."""
    return _side(question, answer(question.facts, question.state, question.axes.cut, question.axes.standing))


def revision_side(question: Question, revision: int) -> Side:
    """Return one revision, as one side: its manifest where it was sealed by then, else its working standing.

    Raises:
        NotFound: no such revision stands on record there.
    """
    matrix = question.matrix()
    opened, row = matrix.opening(revision), matrix.opened.get(revision)
    if opened is None or row is None or row.known_at > matrix.cut.known_at:
        raise NotFound(
            f"revision {revision} of {question.state} is not on record there",
            remedy=f"on record: {', '.join(map(str, sorted(matrix.opened))) or 'none'}",
        )
    template = question.facts.template(opened.template, matrix.cut)
    sealed = matrix.sealed.get(revision)
    manifest = None if sealed is None or sealed.known_at > matrix.cut.known_at else sealed.manifest
    names = [field.cell for field in template.fields]
    cells = matrix.works(revision, names) if manifest is None else question.facts.manifest_cells(manifest)
    events = question.facts.at({stands.position for stands in cells.values()})
    shown = tuple(
        _shown(cell, None if (stands := cells.get(cell)) is None else events[stands.position]) for cell in names
    )
    found = Answer(
        state=question.state,
        cut=matrix.cut,
        standing="working",
        revision=revision,
        template=template,
        manifest=manifest,
        cells=shown,
    )
    return _side(question, found)


def _shown(cell: str, event: Recorded | None) -> Shown:
    return Shown(cell=cell, event=event, carried_from=None, corrected_by=None, later_fact=None)


def _side(question: Question, found: Answer) -> Side:
    template: TemplateAdopted | None = found.template
    over = heading(question, found.revision, template, made_up(question, found))
    return Side(over, views(question, found))


def diff(question: Question, left: Side, right: Side) -> Diff:
    """Return how two matrices differ, cell by cell in the order of the right one's template.

    Raises:
        NotPermitted: all that would be compared is withheld.
    """
    pairs = _pairs(question, left, right)
    found: list[Difference] = []
    same = withheld = 0
    for cell, from_cells in pairs:
        there = right.cells.get(cell, NOTHING)
        here = [left.cells.get(each, NOTHING) for each in from_cells] or [NOTHING]
        if there.withheld or any(each.withheld for each in here):
            withheld += 1
        elif (how := _differs(here, there)) is None:
            same += 1
        else:
            found.append(Difference(cell=cell, from_cells=from_cells, differs=how, left=here[0], right=there))
    if withheld and withheld == len(pairs):
        raise NotPermitted(
            f"all {withheld} cells are withheld from you",
            where="actor",
            remedy="ask with --actor as someone who may read them, or for --standing published",
        )
    return Diff(left=left.heading, right=right.heading, differences=tuple(found), same=same, withheld=withheld)


def _differs(here: Sequence[CellView], there: CellView) -> Differs | None:
    if any(each.value != there.value for each in here):
        return "value"
    return None if there.event_id in {each.event_id for each in here} else "basis"


def _pairs(question: Question, left: Side, right: Side) -> list[tuple[str, tuple[str, ...]]]:
    """Return the cells to compare: of the same template by name, else as one reads through to the other."""
    there = left.heading.revision, right.heading.revision
    if left.heading.template == right.heading.template or None in there:
        return [(cell, (cell,)) for cell in {**right.cells, **left.cells}]
    matrix = question.matrix()
    sources = {cell: _through(matrix, right.heading.revision, cell, left.heading.revision) for cell in right.cells}
    named = {cell for cells in sources.values() for cell in cells}
    gone = [(cell, (cell,)) for cell in left.cells if cell not in named]
    return [*sources.items(), *gone]


def _through(matrix: MatrixFacts, revision: int | None, cell: str, wanted: int | None) -> tuple[str, ...]:
    """Return the cells of revision `wanted` that a cell reads through to, none where it does not."""
    if revision is None or revision == wanted:
        return (cell,)
    opened, row = matrix.opening(revision), matrix.carried_rows(revision).get(cell)
    if opened is None or row is None:
        return ()
    return tuple(each for source in row.from_cells for each in _through(matrix, opened.seeded_from, source, wanted))
