"""A country matrix as a file, a document or a workbook: whether it is one, whether it is ours, and its tables."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from interfaces.importing import office
from interfaces.importing.faults import Faults
from interfaces.importing.official import sheets, tables
from interfaces.importing.official.columns import columns_of
from interfaces.importing.returned import CELLS, NEEDED
from interfaces.importing.worksheets import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interfaces.importing.official.tables import Grid
    from interfaces.importing.source import Source

DOCUMENT = "word/document.xml"
MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
}
OUR_CONTROL = b'w:val="taken_at"'
LOOKED_THROUGH = 60
"""Rows of a sheet in which a title and a heading are found, if it holds a table of a matrix."""


def is_matrix(source: Source) -> bool:
    """Return whether a file is a document, or a workbook with a table that is one of a matrix.

    Raises:
        OfficeFileRefused: it is an Office file that cannot be opened safely.
        SheetUnclear: it has no sheet of the name that is said.
    """
    if not office.is_office(source.stream()):
        return False
    if _is_document(source):
        return True
    return any(columns_of(grid) is not None for grid in sheets.grids(source, Faults(), LOOKED_THROUGH))


def is_ours(source: Source) -> bool:
    """Return whether we exported a matrix: its cells name the acts from which they were taken."""
    if _is_document(source):
        with office.opened(source.stream(), source.name) as archive, office.damage_refused(source.name):
            return OUR_CONTROL in archive.read(DOCUMENT)
    first = next(islice(rows_of(source, (CELLS,)), 1), None)
    return first is not None and {*NEEDED} <= {cell for cell in first[2] if isinstance(cell, str)}


def grids_of(source: Source, faults: Faults) -> Iterable[Grid]:
    """Return the tables of a file in their order; what is not read of it is told."""
    if not _is_document(source):
        return sheets.grids(source, faults)
    with office.opened(source.stream(), source.name) as archive:
        for each in office.ignored(archive):
            faults.say(source.name, each)
        return tables.grids(archive, source.name)


def media_type_of(source: Source) -> str:
    """Return the media type of a matrix by its name, or by what it is."""
    return MEDIA_TYPES.get(source.suffix) or MEDIA_TYPES[".docx" if _is_document(source) else ".xlsx"]


def _is_document(source: Source) -> bool:
    with office.opened(source.stream(), source.name) as archive:
        return DOCUMENT in archive.namelist()
