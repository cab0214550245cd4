"""The official layout of a country matrix: a table for each obligation, of which each row is a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from domain.matrix.events import RowRemarked
from domain.matrix.events import Source as Citation
from projections.matrix import CellView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from domain.template import Field
    from projections.matrix import Matrix
    from projections.question import Question

WEAPONS = ("NW", "CW", "BW", "ALL")
ASPECTS = ("legal", "enforcement", "statement")
Place = tuple[str, str]
"""Aspect and weapon of a cell."""
Row = tuple[str, int]
"""Section and item of a row, which is what a remark is on."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a table: its question, its cells by aspect and weapon, and the remark on it."""

    section: str
    item: int
    label: str
    cells: dict[Place, CellView]
    remark: str


class Obligation(msgspec.Struct, frozen=True, kw_only=True):
    """A table of the layout; `weapon` is set where items are other questions for other weapons: it is for one alone."""

    section: str
    weapon: str | None
    places: tuple[Place, ...]
    lines: tuple[Line, ...]

    @property
    def sheet(self) -> str:
        """The name of the sheet of a workbook that holds it."""
        return self.section if self.weapon is None else f"{self.section} {self.weapon}"


def obligations(
    fields: Iterable[Field], cells: Mapping[str, CellView], remarks: Mapping[Row, str]
) -> tuple[Obligation, ...]:
    """Return the tables of a template in its order, with what each cell shows."""
    sections: dict[str, list[Field]] = {}
    for field in fields:
        sections.setdefault(field.section, []).append(field)
    return tuple(
        _table(section, weapon, listed, cells, remarks)
        for section, own in sections.items()
        for weapon, listed in _by_weapon(own)
    )


def _by_weapon(fields: list[Field]) -> Iterable[tuple[str | None, list[Field]]]:
    """Yield the fields of a section whole, or weapon by weapon where an item is not the same question for all."""
    labels: dict[int, set[str]] = {}
    for field in fields:
        labels.setdefault(field.item, set()).add(field.label)
    if all(len(each) == 1 for each in labels.values()):
        yield None, fields
        return
    for weapon in WEAPONS:
        own = [field for field in fields if field.weapon.upper() == weapon]
        if own:
            yield weapon, own


def _table(
    section: str, weapon: str | None, fields: list[Field], cells: Mapping[str, CellView], remarks: Mapping[Row, str]
) -> Obligation:
    lines: dict[int, Line] = {}
    for field in fields:
        line = lines.setdefault(
            field.item,
            Line(
                section=section,
                item=field.item,
                label=field.label,
                cells={},
                remark=remarks.get((section, field.item), ""),
            ),
        )
        line.cells[field.aspect, field.weapon.upper()] = cells.get(field.cell) or CellView(cell=field.cell)
    used = {place for line in lines.values() for place in line.cells}
    places = tuple((aspect, one) for aspect in ASPECTS for one in WEAPONS if (aspect, one) in used)
    return Obligation(section=section, weapon=weapon, places=places, lines=tuple(lines.values()))


def layout(question: Question, matrix: Matrix) -> tuple[Obligation, ...]:
    """Return the tables of a matrix as the reader may see it; none where nothing stands."""
    if matrix.answer.template is None:
        return ()
    cells = {cell.cell: cell for cell in matrix.view.cells}
    return obligations(matrix.answer.template.fields, cells, remarks(question, matrix))


def remarks(question: Question, matrix: Matrix) -> Mapping[Row, str]:
    """Return the last remark on each row of the revision shown, of those that the reader may see."""
    if matrix.answer.revision is None:
        return {}
    from domain.ids import matrix_revision

    events = question.record.history(matrix_revision(question.state, matrix.answer.revision)).standing(
        question.axes.cut
    )
    return {
        (event.body.section, event.body.item): event.body.remark
        for event in events
        if isinstance(event.body, RowRemarked) and question.rights.may(event)
    }


def reference(sources: Iterable[Citation]) -> str:
    """Return the sources of a cell as the layout shows them, one a line: document and place."""
    return "\n".join(f"{each.document_id}, {each.locator}" if each.locator else each.document_id for each in sources)
