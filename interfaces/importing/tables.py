"""CSV as spreadsheets write it: a header row, then rows; every cell knows its row and column."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, NamedTuple

from domain.canonical import nfc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interfaces.importing.faults import Faults
    from interfaces.importing.source import Source

DELIMITERS = ",;\t"
LARGEST_CELL = 1024 * 1024


class Row(NamedTuple):
    """The cells of a row by column, and the line of the file on which it begins."""

    number: int
    cells: Mapping[str, str]


class Table:
    """The columns of a CSV file and its rows."""

    def __init__(self, source: Source, faults: Faults) -> None:
        """Read the header row, which also tells whether commas, semicolons or tabs stand between the cells."""
        self.name = source.name
        self._faults = faults
        self._begins = self._ends = 0
        self._lines = self._counted(source)
        csv.field_size_limit(LARGEST_CELL)
        self.columns: tuple[str, ...] = ()
        self.header_row = 1
        first = next((line for line in self._lines if line.strip()), "")
        self.header_row = self._ends or 1
        self._delimiter = max(DELIMITERS, key=first.count)
        try:
            names: list[str] = next(csv.reader([first], delimiter=self._delimiter, strict=True), list[str]())
        except csv.Error as error:
            faults.add(self.name, self.header_row, "", f"the header row is no CSV: {error}")
            names = []
        self.columns = tuple(name.strip().lower() for name in names)
        while self.columns and not self.columns[-1]:
            self.columns = self.columns[:-1]

    def _counted(self, source: Source) -> Iterator[str]:
        for line in source.lines(self._faults):
            self._ends = line.number
            yield line.text

    def rows(self, verbatim: frozenset[str] = frozenset()) -> Iterator[Row]:
        """Yield the rows that are not blank; text is stripped and in NFC but in columns that are kept verbatim."""
        reader = csv.reader(self._lines, delimiter=self._delimiter, strict=True)
        while True:
            number = self._ends + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                remedy = "a cell with quotation marks stands in quotation marks, and they are doubled inside"
                self._faults.add(self.name, number, "", f"no CSV: {error}", remedy)
                return
            if cells is None:
                return
            if not any(cell.strip() for cell in cells):
                continue
            while len(cells) > len(self.columns) and not cells[-1].strip():
                cells.pop()
            if len(cells) != len(self.columns):
                what = f"{len(cells)} cells where the header has {len(self.columns)}"
                self._faults.add(self.name, number, "", what, "put text that holds the delimiter in quotation marks")
                continue
            named = zip(self.columns, cells, strict=True)
            yield Row(number, {name: cell if name in verbatim else nfc(cell.strip()) for name, cell in named})
