"""Worksheets of Office workbooks, row by row in bounded memory: which sheet is meant, and what stands in its cells."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, cast

from domain.refusals import MalformedInput
from interfaces.importing import office
from interfaces.importing.survey import Spread, survey

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterator, Sequence
    from zipfile import ZipFile

    from interfaces.importing.cells import Cell
    from interfaces.importing.faults import Faults
    from interfaces.importing.source import Source
    from interfaces.importing.survey import Sheet, Survey


class SheetUnclear(MalformedInput):
    """It is not clear which sheet of a workbook is meant."""


def rows(source: Source, faults: Faults) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Yield the rows of the sheet that is meant, with their numbers; merged cells say in each row what the first says.

    Raises:
        OfficeFileRefused: the file cannot be opened safely, or is damaged.
        SheetUnclear: which sheet is meant must be said.
    """
    with _workbook(source) as (archive, sheets):
        for each in office.ignored(archive):
            faults.say(source.name, each)
        sheet, found = _meant(source, faults, archive, sheets)
        if found.hidden_rows:
            faults.say(source.name, f"hidden rows that are read like the others: {found.hidden_rows}")
        yield from _read(sheet, found)


def rows_of(source: Source, names: Collection[str]) -> Iterator[tuple[str, int, Sequence[Cell]]]:
    """Yield the rows of some sheets of a workbook, each with the name of its sheet; those that it has not are passed.

    Raises:
        OfficeFileRefused: the file cannot be opened safely, or is damaged.
    """
    with _workbook(source) as (archive, sheets):
        for sheet in sheets:
            if sheet.title in names:
                for number, cells in _read(sheet, survey(archive, sheet, source.name)):
                    yield sheet.title, number, cells


def all_rows(
    source: Source, faults: Faults, most: int | None = None
) -> Iterator[tuple[str, Iterator[tuple[int, Sequence[Cell]]]]]:
    """Yield the sheet that is named, or each that people see and that holds anything, with its rows, `most` of them.

    Raises:
        OfficeFileRefused: the file cannot be opened safely, or is damaged.
        SheetUnclear: there is no sheet of the name.
    """
    with _workbook(source) as (archive, sheets):
        for each in office.ignored(archive):
            faults.say(source.name, each)
        seen = [_named(source, sheets)] if source.sheet else [each for each in sheets if _is_seen(each)]
        if source.sheet is None:
            _say_hidden(source, faults, sheets)
        for sheet in seen:
            found = survey(archive, sheet, source.name)
            if found.hidden_rows:
                rows = f"hidden rows that are read like the others: {found.hidden_rows}"
                faults.say(source.name, f"sheet {sheet.title!r}: {rows}")
            if found.filled:
                yield sheet.title, islice(_read(sheet, found), most)


def _read(sheet: Sheet, about: Survey) -> Iterator[tuple[int, Sequence[Cell]]]:
    from interfaces.importing.cells import cell_text

    spread = Spread(about.merged)
    for number, cells in enumerate(sheet.iter_rows(max_col=about.columns), start=1):
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
    if source.sheet is not None:
        found = _named(source, sheets)
        return found, survey(archive, found, source.name)
    surveyed = [(sheet, survey(archive, sheet, source.name)) for sheet in sheets if _is_seen(sheet)]
    filled = [each for each in surveyed if each[1].filled]
    if len(filled) != 1:
        what = "more than one sheet holds something" if filled else "no sheet that people see holds anything"
        raise SheetUnclear(what, where=source.name, remedy=f"say with --sheet which one is meant: {_names(sheets)}")
    _say_hidden(source, faults, sheets)
    return filled[0]


def _named(source: Source, sheets: Sequence[Sheet]) -> Sheet:
    found = next((sheet for sheet in sheets if sheet.title == source.sheet), None)
    if found is None:
        remedy = f"its sheets are {_names(sheets)}"
        raise SheetUnclear(f"it has no sheet {source.sheet!r}", where=source.name, remedy=remedy)
    return found


def _names(sheets: Sequence[Sheet]) -> str:
    return ", ".join(sheet.title for sheet in sheets)[:300]


def _is_seen(sheet: Sheet) -> bool:
    return sheet.sheet_state == "visible"


def _say_hidden(source: Source, faults: Faults, sheets: Sequence[Sheet]) -> None:
    for sheet in sheets:
        if not _is_seen(sheet):
            faults.say(source.name, f"sheet {sheet.title!r} is hidden and is not read; --sheet reads it")
