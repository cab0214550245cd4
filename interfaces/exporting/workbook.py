"""A matrix as a workbook: the official layout to read and print, and a sheet of cells that can be edited."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from interfaces.exporting.matrix_layout import reference
from interfaces.exporting.package import without_properties
from interfaces.exporting.wording import (
    Cited,
    aspect_words,
    legend_lines,
    section_words,
    value_words,
    weapon_words,
)
from projections.citation import COLUMNS, cell_rows, citation_rows
from projections.paper import laid_out, on_paper
from projections.sheets import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from interfaces.exporting.matrix_layout import Obligation
    from interfaces.text import Words
    from projections.citation import Citation
    from projections.matrix import Matrix

CELLS = "Cells"
LONG = ("sources", "quotation", "translation", "note")
NARROW, WIDE = 16, 40
CITATION = "Citation"
LONGEST = 32_767
"""Characters that a cell of a workbook holds."""


def matrix_xlsx(cited: Citation, over: Cited, tables: Sequence[Obligation], matrix: Matrix, words: Words) -> bytes:
    """Return a matrix as a workbook: how to cite it, a sheet for each table of the layout, and the cells."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = ""
    first = book.worksheets[0]
    first.title = CITATION
    _fill(first, citation_rows(cited))
    laid_out(first, (24, 90, 60, 30))
    for table in tables:
        _layout_sheet(book.create_sheet(table.sheet), cited, over, table, words)
    cells = book.create_sheet(CELLS)
    _fill(cells, (COLUMNS, *cell_rows(cited, matrix)))
    laid_out(cells, (28, 50, *(WIDE if name in LONG else NARROW for name in COLUMNS[2:])))
    cells.freeze_panes = "C2"
    cells.print_title_rows = "1:1"
    for sheet in book.worksheets:
        on_paper(sheet, (over.title, over.synthetic), _first_sentence(over.notice))
    out = io.BytesIO()
    book.save(out)
    return without_properties(out.getvalue())


def _layout_sheet(sheet: Worksheet, cited: Citation, over: Cited, table: Obligation, words: Words) -> None:
    from openpyxl.styles import Font

    heading = [(over.title,), *((over.synthetic,) for _ in range(bool(over.synthetic)))]
    heading += [(f"{name}: {says}",) for name, says in over.lines]
    heading += [(f"{value}: {meaning}",) for value, meaning in legend_lines(cited, words)]
    heading += [(over.notice,), (section_words(table.section, table.weapon, words),)]
    columns = [words("No."), words("Question")]
    for aspect, weapon in table.places:
        group = f"{aspect_words(aspect, words)}: {weapon_words(weapon, words)}".rstrip(": ")
        columns += [group, f"{group} - {words('Reference')}"]
    columns.append(words("Remarks"))
    lines: list[Sequence[str]] = [*heading, columns]
    for line in table.lines:
        row = [str(line.item), words(line.label)]
        for place in table.places:
            cell = line.cells.get(place)
            row += ("", "") if cell is None else (value_words(cell, words), reference(cell.sources or ()))
        lines.append([*row, line.remark])
    _fill(sheet, lines)
    last = len(heading) + 1
    for number in range(1, last):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(columns))
    laid_out(sheet, (6, 44, *(width for _ in table.places for width in (14, 24)), 30))
    _ruled(sheet, last, len(columns))
    for number in (1, last):
        for each in sheet[number]:
            each.font = Font(bold=True)
    sheet.freeze_panes = f"C{last + 1}"
    sheet.print_title_rows = f"1:{last}"
    sheet.protection.sheet = True  # to read and print; what is edited is the sheet of cells


def _fill(sheet: Worksheet, rows: Iterable[Sequence[str]]) -> None:
    """Write rows as text, which no spreadsheet takes for a formula, also after it was edited."""
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Alignment

    wrapped = Alignment(vertical="top", wrap_text=True)
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column) if text else None
            if isinstance(cell, Cell):
                cell.value = printable(text)[:LONGEST]
                cell.data_type = "s"
                cell.quotePrefix = True
                cell.alignment = wrapped


def _ruled(sheet: Worksheet, first: int, columns: int) -> None:
    """Draw lines around the cells of a table, from a row on."""
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Border, Side

    line = Side(style="thin", color="808080")
    around = Border(left=line, right=line, top=line, bottom=line)
    for row in sheet.iter_rows(min_row=first, max_col=columns):
        for cell in row:
            if isinstance(cell, Cell):
                cell.border = around


def _first_sentence(text: str) -> str:
    sentence, stop, _rest = text.partition(". ")
    return sentence + stop.rstrip()
