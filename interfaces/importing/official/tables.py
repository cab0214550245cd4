"""The tables of a document as grids of text, each with what stands above it; merged cells say the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from interfaces.exporting.ooxml import W
from interfaces.importing.office import damage_refused
from interfaces.importing.returned import tidy
from interfaces.importing.wordprocessing import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element
    from zipfile import ZipFile

MOST_COLUMNS = 64
"""The columns of a table; a matrix has sixteen."""


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """A table: what stands above it, its rows from the first, and the number of the first in the document or sheet."""

    title: str
    first: int
    rows: tuple[tuple[str, ...], ...]
    sheet: str | None = None
    unreadable: Mapping[tuple[int, int], str] = {}
    """What is wrong with cells that cannot be taken at their word, by the numbers of row and column."""

    def place(self, number: int) -> str:
        """Return in words where a row is."""
        return f"row {number}" if self.sheet is None else f"sheet {self.sheet!r}, row {number}"


def grids(archive: ZipFile, name: str) -> tuple[Grid, ...]:
    """Return the tables of a document in their order; a table within a cell is text of that cell.

    Raises:
        OfficeFileRefused: it is damaged.
    """
    from defusedxml.ElementTree import fromstring

    with damage_refused(name):
        body = fromstring(archive.read("word/document.xml")).find(f"{{{W}}}body")
        return () if body is None else tuple(_grids(body))


def _grids(body: Element) -> Iterator[Grid]:
    title, count = "", 1
    for each in _children(body):
        if each.tag == f"{{{W}}}p":
            title = tidy("".join(text_of(each))) or title
        elif each.tag == f"{{{W}}}tbl":
            rows = tuple(_rows(each))
            yield Grid(title=title, first=count, rows=rows)
            count += len(rows)


def _rows(table: Element) -> Iterator[tuple[str, ...]]:
    above: list[str] = []
    for row in _children(table):
        if row.tag != f"{{{W}}}tr":
            continue
        cells: list[str] = []
        for cell in _children(row):
            if cell.tag != f"{{{W}}}tc":
                continue
            shape = cell.find(f"{{{W}}}tcPr")
            text = tidy("".join(text_of(cell)))
            if _is_continued(shape) and len(cells) < len(above):
                text = above[len(cells)]
            cells += [text] * min(_span(shape), MOST_COLUMNS - len(cells))
        above = cells
        yield tuple(cells)


def _children(parent: Element) -> Iterator[Element]:
    """Yield what stands in an element, also where it stands in a content control."""
    for each in parent:
        content = each.find(f"{{{W}}}sdtContent") if each.tag == f"{{{W}}}sdt" else None
        if content is None:
            yield each
        else:
            yield from _children(content)


def _is_continued(shape: Element | None) -> bool:
    merge = None if shape is None else shape.find(f"{{{W}}}vMerge")
    return merge is not None and merge.get(f"{{{W}}}val", "continue") == "continue"


def _span(shape: Element | None) -> int:
    span = None if shape is None else shape.find(f"{{{W}}}gridSpan")
    said = "1" if span is None else span.get(f"{{{W}}}val", "1")
    return max(1, int(said[:4])) if said.isdecimal() else 1
