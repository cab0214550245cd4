"""Worksheets of Office workbooks, row by row in bounded memory: which sheet is meant, and what stands in its cells."""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast
from xml.parsers import expat

from domain.refusals import MalformedInput
from interfaces.importing import office

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterator, Sequence
    from zipfile import ZipFile

    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

    from interfaces.importing.cells import Cell
    from interfaces.importing.faults import Faults
    from interfaces.importing.source import Source

MOST_ROWS = 1_048_576
MOST_COLUMNS = 512
MOST_MERGED = 10_000
_PART = "_worksheet_path"
"""Where the library keeps the name of the part of a sheet."""
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class SheetUnclear(MalformedInput):
    """It is not clear which sheet of a workbook is meant."""


class Sheet(Protocol):
    """A sheet as the library reads it in pieces."""

    title: str
    sheet_state: str

    def reset_dimensions(self) -> None:
        """Forget what the file says of the sheet's size."""
        ...

    def iter_rows(self, *, max_col: int) -> Iterator[Sequence[ReadOnlyCell | EmptyCell]]:
        """Yield the rows from the first on, blank ones too."""
        ...


class Survey(NamedTuple):
    """What is known of a sheet before its rows are read."""

    columns: int
    filled: bool
    merged: Sequence[tuple[int, int, int, int]]
    hidden_rows: int


def rows(source: Source, faults: Faults) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Yield the rows of the sheet that is meant, with their numbers; merged cells say in each row what the first says.

    Raises:
        OfficeFileRefused: the file cannot be opened safely, or is damaged.
        SheetUnclear: which sheet is meant must be said.
    """
    with _workbook(source) as (archive, sheets):
        for each in office.ignored(archive):
            faults.say(source.name, each)
        sheet, survey = _meant(source, faults, archive, sheets)
        if survey.hidden_rows:
            faults.say(source.name, f"hidden rows that are read like the others: {survey.hidden_rows}")
        yield from _read(sheet, survey)


def rows_of(source: Source, names: Collection[str]) -> Iterator[tuple[str, int, Sequence[Cell]]]:
    """Yield the rows of some sheets of a workbook, each with the name of its sheet; those that it has not are passed.

    Raises:
        OfficeFileRefused: the file cannot be opened safely, or is damaged.
    """
    with _workbook(source) as (archive, sheets):
        for sheet in sheets:
            if sheet.title in names:
                for number, cells in _read(sheet, _survey(archive, sheet, source.name)):
                    yield sheet.title, number, cells


def _read(sheet: Sheet, survey: Survey) -> Iterator[tuple[int, Sequence[Cell]]]:
    from interfaces.importing.cells import cell_text

    spread = _Spread(survey.merged)
    for number, cells in enumerate(sheet.iter_rows(max_col=survey.columns), start=1):
        yield number, spread.over(number, [cell_text(cell) for cell in cells])


@contextmanager
def _workbook(source: Source) -> Generator[tuple[ZipFile, Sequence[Sheet]]]:
    """Open a workbook to be read in pieces; where the library stumbles over it, now or later, it is damaged."""
    from openpyxl import load_workbook

    warnings.filterwarnings("ignore", module="openpyxl")  # it warns of parts that are not read
    with office.opened(source.stream(), source.name) as archive, office.damage_refused(source.name):
        workbook = load_workbook(source.stream(), read_only=True, keep_links=False)
        try:
            yield archive, cast("Sequence[Sheet]", workbook.worksheets)
        finally:
            workbook.close()


def _meant(source: Source, faults: Faults, archive: ZipFile, sheets: Sequence[Sheet]) -> tuple[Sheet, Survey]:
    """Return the sheet that is named, or the only one that people see and that holds anything."""
    names = ", ".join(sheet.title for sheet in sheets)[:300]
    if source.sheet is not None:
        found = next((sheet for sheet in sheets if sheet.title == source.sheet), None)
        if found is None:
            raise SheetUnclear(f"it has no sheet {source.sheet!r}", where=source.name, remedy=f"its sheets are {names}")
        return found, _survey(archive, found, source.name)
    surveyed = [(sheet, _survey(archive, sheet, source.name)) for sheet in sheets if sheet.sheet_state == "visible"]
    filled = [each for each in surveyed if each[1].filled]
    if len(filled) != 1:
        what = "more than one sheet holds something" if filled else "no sheet that people see holds anything"
        raise SheetUnclear(what, where=source.name, remedy=f"say with --sheet which one is meant: {names}")
    for sheet in sheets:
        if sheet.sheet_state != "visible":
            faults.say(source.name, f"sheet {sheet.title!r} is hidden and is not read; --sheet reads it")
    return filled[0]


def _survey(archive: ZipFile, sheet: Sheet, name: str) -> Survey:
    """Read a sheet's own XML once, for what its rows do not tell and so that its size is what its cells say."""
    sheet.reset_dimensions()
    merged: list[tuple[int, int, int, int]] = []
    widest = hidden = last = 0
    filled = False

    def begin(tag: str, about: dict[str, str]) -> None:
        nonlocal widest, hidden, last, filled
        match tag.rpartition(":")[2]:
            case "row":
                number = int(about["r"]) if "r" in about else last + 1
                if not last < number <= MOST_ROWS:
                    raise office.OfficeFileRefused(
                        f"row {number} is out of its place", where=name, remedy=office.SAVE_AGAIN
                    )
                last = number
                hidden += about.get("hidden") in ("1", "true")
            case "c" if "r" in about:
                widest = max(widest, _place(about["r"])[1])
                if widest > MOST_COLUMNS:
                    raise office.OfficeFileRefused(
                        f"cell {about['r']} is far from any list",
                        where=name,
                        remedy=f"delete all columns after the {MOST_COLUMNS}th",
                    )
            case "v" | "t" | "f":
                filled = True
            case "mergeCell":
                first, _, final = about.get("ref", "").partition(":")
                merged.append((*_place(first), *_place(final or first)))
                if len(merged) > MOST_MERGED:
                    raise office.OfficeFileRefused("it has too many merged cells", where=name, remedy="unmerge them")
            case _:
                pass

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    with archive.open(str(getattr(sheet, _PART))) as stream:
        parser.ParseFile(stream)
    return Survey(max(widest, 1), filled, sorted(merged), hidden)


def _place(reference: str) -> tuple[int, int]:
    """Return the row and the column of a cell, from 1."""
    from openpyxl.utils import column_index_from_string

    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(f"{reference[:20]!r} is no cell")
    return int(found[2]), column_index_from_string(found[1])


class _Spread:
    """Merged cells: what the first says stands for all rows and columns that it covers."""

    def __init__(self, merged: Sequence[tuple[int, int, int, int]]) -> None:
        self._coming = list(reversed(merged))
        self._open: list[tuple[int, int, int, Cell]] = []

    def over(self, number: int, cells: list[Cell]) -> list[Cell]:
        """Return the cells of a row with what is merged over them."""
        while self._coming and self._coming[-1][0] <= number:
            _, left, bottom, right = self._coming.pop()
            self._open.append((left, bottom, right, cells[left - 1] if left <= len(cells) else ""))
        self._open = [each for each in self._open if each[1] >= number]
        for left, _, right, text in self._open:
            for column in range(left - 1, min(right, len(cells))):
                cells[column] = text
        return cells
