"""The sheets of a workbook that are there to be read: an edit made on one of them would be lost, so it is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interfaces.exporting.matrix_layout import obligations
from interfaces.importing.cells import Unreadable
from interfaces.importing.comparing import what_stood
from interfaces.importing.returned import CELLS, tidy
from interfaces.importing.worksheets import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from domain.deciding import RecordView
    from domain.template import TemplateAdopted
    from interfaces.exporting.matrix_layout import Obligation
    from interfaces.importing.cells import Cell
    from interfaces.importing.faults import Faults
    from interfaces.importing.returned import Given, Returned
    from interfaces.importing.source import Source

    Remarks = Callable[[str, int], Collection[str]]

QUESTION = 2
"""Columns before the values of a row: its number, and what is asked."""


def check_layout(
    source: Source, found: Returned, template: TemplateAdopted, record: RecordView, remarks: Remarks, faults: Faults
) -> None:
    """Have a fault for each cell of the layout that says something else than what was exported or what `Cells` says.

    `remarks` returns the remarks that may stand on the row of a section and an item.
    """
    given = {each.cell: each for each in found.cells}
    tables = {table.sheet: table for table in obligations(template.fields, {}, {})}
    for sheet, row, cells in rows_of(source, tables):
        for column, says, may, remedy in _places(tables[sheet], cells, given, record, remarks):
            if isinstance(says, Unreadable) or tidy(says) not in may:
                now = says.what if isinstance(says, Unreadable) else repr(tidy(says))
                what = f"was edited on a sheet that is only to be read, and now says {now}"
                faults.add(source.name, row, f"sheet {sheet}, cell {_letters(column)}{row}", what, remedy)


def _places(
    table: Obligation, cells: Sequence[Cell], given: Mapping[str, Given], record: RecordView, remarks: Remarks
) -> Iterator[tuple[int, Cell, Collection[str], str]]:
    """Yield the cells of a row: the column, what it says, what it may say, and what to do instead."""
    line = next((each for each in table.lines if cells and cells[0] == str(each.item)), None)
    if line is None:
        return
    cells = [*cells, *[""] * (QUESTION + 2 * len(table.places) + 1)]
    for number, place in enumerate(table.places):
        shown = line.cells.get(place)
        cell = None if shown is None else given.get(shown.cell)
        if shown is not None and (cell is None or cell.withheld):
            continue
        value, reference = _may_say(cell, record)
        column = QUESTION + 2 * number
        where = f"undo it, and edit the sheet {CELLS}" + ("" if shown is None else f", row {shown.cell}")
        yield column, cells[column], value, where
        yield column + 1, cells[column + 1], reference, where
    column = QUESTION + 2 * len(table.places)
    where = f"undo it; a remark on a row is entered with `ledger1540 remark STATE {line.section}-{line.item} REMARK`"
    yield column, cells[column], {"", *remarks(line.section, line.item)}, where


def _may_say(cell: Given | None, record: RecordView) -> tuple[Collection[str], Collection[str]]:
    """Return the values and the references that the layout may have of a cell: as exported, and as `Cells` has them."""
    if cell is None:
        return {""}, {""}
    stood = what_stood(cell, record)
    says = {**stood, **cell.says}
    first = ", ".join(each for each in (says["document"], says["locator"]) if each)
    now = "\n".join(each for each in (first, *stood["reference"].splitlines()[1:]) if each)
    return {tidy(stood["value"]), says["value"]}, {tidy(stood["reference"]), tidy(now)}


def _letters(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column + 1)
