"""The tables of a workbook as grids of text: a sheet for each obligation, or all on one, each under its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interfaces.importing.cells import Unreadable
from interfaces.importing.office import OfficeFileRefused
from interfaces.importing.official.columns import begins_section
from interfaces.importing.official.tables import MOST_COLUMNS, Grid
from interfaces.importing.returned import tidy
from interfaces.importing.worksheets import all_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from interfaces.importing.cells import Cell
    from interfaces.importing.faults import Faults
    from interfaces.importing.source import Source

    Rows = Sequence[tuple[int, Sequence[Cell]]]

MOST_ROWS = 5_000
"""The rows of a table; all of a matrix has some four hundred."""


def grids(source: Source, faults: Faults, most: int | None = None) -> Iterator[Grid]:
    """Yield the tables of the sheets that people see, or of the one that is named, `most` rows of each.

    Raises:
        OfficeFileRefused: it cannot be opened safely, is damaged, or has more rows than any matrix.
        SheetUnclear: there is no sheet of the name.
    """
    for sheet, rows in all_rows(source, faults, most):
        title = sheet
        block: list[tuple[int, Sequence[Cell]]] = []
        for number, cells in rows:
            said = _said(cells)
            if len(said) == 1 and begins_section(next(iter(said))):
                yield from _grid(sheet, title, block)
                title, block = next(iter(said)), []
            elif said and len(block) >= MOST_ROWS:
                what = f"sheet {sheet!r} has more than {MOST_ROWS} rows, which no matrix has"
                raise OfficeFileRefused(what, where=source.name, remedy="say with --sheet which sheet is meant")
            elif len(block) < MOST_ROWS:
                block.append((number, cells))
        yield from _grid(sheet, title, block)


def _said(cells: Sequence[Cell]) -> set[str]:
    """Return what the cells of a row say, each thing once: a merged title says the same in all of them."""
    return {tidy(cell) if isinstance(cell, str) else cell.what for cell in cells if cell} - {""}


def _grid(sheet: str, title: str, rows: Rows) -> Iterator[Grid]:
    """Yield the table that rows are, without captions above it and what is blank below it."""
    begins = next((place for place, (_, cells) in enumerate(rows) if len(_said(cells)) > 1), len(rows))
    ends = next((place for place in range(len(rows), begins, -1) if _said(rows[place - 1][1])), begins)
    if begins == ends:
        return
    table = rows[begins:ends]
    yield Grid(
        title=title,
        first=table[0][0],
        rows=tuple(tuple(tidy(_text(cell)) for cell in cells[:MOST_COLUMNS]) for _, cells in table),
        sheet=sheet,
        unreadable={
            (number, column): cell.what
            for number, cells in table
            for column, cell in enumerate(cells)
            if isinstance(cell, Unreadable)
        },
    )


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else ""
