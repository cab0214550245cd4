"""Tables of spreadsheets, as CSV or as worksheets: a header row, then rows; every cell knows its row and column."""

from __future__ import annotations

import csv
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from domain.canonical import nfc
from interfaces.importing import office, worksheets

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from interfaces.importing.cells import Cell
    from interfaces.importing.faults import Faults
    from interfaces.importing.source import Source

WORKBOOK = ".xlsx"
DELIMITERS = ",;\t"
LARGEST_CELL = 1024 * 1024
LAST_HEADER = 60
"""Rows that are looked through for the header, where it is known which columns it has."""


class Row(NamedTuple):
    """The cells of a row by column, and the row of the sheet, or the line of the file on which it begins."""

    number: int
    cells: Mapping[str, str]


class Table:
    """The columns of a table and its rows."""

    def __init__(
        self, source: Source, faults: Faults, *, fits: Callable[[Collection[str]], bool] = lambda _: True
    ) -> None:
        """Read the header row: the first of those at the top whose columns fit, else the first that is not blank.

        Raises:
            OfficeFileRefused: a workbook cannot be opened safely, or is damaged.
            SheetUnclear: which sheet of a workbook is meant must be said.
        """
        self.name = source.name
        self.blank = 0
        self._faults = faults
        workbook = office.is_office(source.stream())
        if source.suffix == WORKBOOK and not workbook:
            raise office.OfficeFileRefused(
                "it is not a workbook, although its name says so", where=source.name, remedy=office.SAVE_AGAIN
            )
        self._rows = (worksheets.rows if workbook else _csv_rows)(source, faults)
        self._passed: list[tuple[int, Sequence[Cell]]] = []
        self.header_row, self.columns = self._header(fits)

    def _header(self, fits: Callable[[Collection[str]], bool]) -> tuple[int, tuple[str, ...]]:
        first: tuple[int, tuple[str, ...]] | None = None
        for number, cells in self._rows:
            if all(_is_blank(cell) for cell in cells):
                continue
            columns = _columns(cells)
            if fits(columns):
                self._passed.clear()
                return number, columns
            if first is None:
                first = number, columns
            else:
                self._passed.append((number, cells))
            if number >= LAST_HEADER:
                break
        return first or (1, ())

    def rows(self, verbatim: frozenset[str] = frozenset(), wanted: Collection[str] | None = None) -> Iterator[Row]:
        """Yield the rows that are not blank; text is stripped and in NFC but in columns that are kept verbatim.

        A cell that cannot be taken at its word is a fault, if its column is wanted.
        """
        width, blank = len(self.columns), 0
        for number, given in chain(self._passed, self._rows):
            cells = list(given)
            while len(cells) > width and _is_blank(cells[-1]):
                cells.pop()
            if all(_is_blank(cell) for cell in cells):
                blank += 1
                continue
            self.blank, blank = self.blank + blank, 0  # what is blank at the end is no row
            if len(cells) != width:
                what = f"{len(cells)} cells where the header has {width}"
                self._faults.add(self.name, number, "", what, "put text that holds the delimiter in quotation marks")
                continue
            named = self._named(number, dict(zip(self.columns, cells, strict=True)), wanted)
            if named is not None:
                yield Row(
                    number, {name: cell if name in verbatim else nfc(cell.strip()) for name, cell in named.items()}
                )

    def raw(self) -> Iterator[Row]:
        """Yield all rows as they stand, blank where a cell cannot be taken at its word."""
        for number, cells in chain(self._passed, self._rows):
            texts = (cell if isinstance(cell, str) else "" for cell in cells)
            yield Row(number, dict(zip(self.columns, texts, strict=False)))

    def _named(self, number: int, cells: Mapping[str, Cell], wanted: Collection[str] | None) -> dict[str, str] | None:
        found: dict[str, str] = {}
        wrong = False
        for name, cell in cells.items():
            if isinstance(cell, str):
                found[name] = cell
            elif wanted is None or name in wanted:
                self._faults.add(self.name, number, name, cell.what, cell.remedy)
                wrong = True
        return None if wrong else found


def _is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def _columns(cells: Sequence[Cell]) -> tuple[str, ...]:
    columns = tuple(" ".join(cell.split()).lower() if isinstance(cell, str) else "" for cell in cells)
    while columns and not columns[-1]:
        columns = columns[:-1]
    return columns


def _csv_rows(source: Source, faults: Faults) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows of a CSV file; its first line tells whether commas, semicolons or tabs stand between the cells."""
    csv.field_size_limit(LARGEST_CELL)
    last = 0

    def counted() -> Iterator[str]:
        nonlocal last
        for line in source.lines(faults):
            last = line.number
            yield line.text

    lines = counted()
    first = next((line for line in lines if line.strip()), "")
    number = last or 1
    reader = csv.reader(chain([first], lines), delimiter=max(DELIMITERS, key=first.count), strict=True)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            faults.end(source.name, number, *_stumbled(str(error)))
            return
        if cells is None:
            return
        yield number, cells
        number = last + 1


def _stumbled(said: str) -> tuple[str, str]:
    """Return what a library said of a CSV file in words, and what to do."""
    if said.startswith("new-line character"):
        return "its lines end as no text file's do today", "save it as CSV UTF-8"
    remedy = "a cell with quotation marks stands in quotation marks, and they are doubled inside"
    return f"no CSV: {said}", remedy
