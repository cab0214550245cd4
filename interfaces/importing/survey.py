"""A worksheet before its rows are read: how far it reaches, what is merged in it, and that it does no harm."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol
from xml.parsers import expat

from interfaces.importing import office

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zipfile import ZipFile

    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

    from interfaces.importing.cells import Cell

MOST_ROWS = 1_048_576
MOST_COLUMNS = 512
MOST_MERGED = 10_000
_PART = "_worksheet_path"
"""Where the library keeps the name of the part of a sheet."""
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


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


def survey(archive: ZipFile, sheet: Sheet, name: str) -> Survey:
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


class Spread:
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
