"""Cells of worksheets as text: what a person sees in them, or why that cannot be relied on."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

MOST_DIGITS = 15
"""The digits that a spreadsheet keeps of a number."""
_APART = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class Unreadable(NamedTuple):
    """A cell that cannot be taken at its word."""

    what: str
    remedy: str


Cell = str | Unreadable


def cell_text(cell: ReadOnlyCell | EmptyCell) -> Cell:
    """Return what stands in a cell: dates as exactly as they are shown, whole numbers without a point."""
    value: object = cell.value
    match value:
        case None:
            return ""
        case _ if cell.data_type == "f":
            return Unreadable("a formula: it is not worked out", "paste its value in its place (values only)")
        case _ if cell.data_type == "e":
            return Unreadable(f"the cell shows {value}", "write what it should say")
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _number(value)
        case datetime():
            return _day(value, str(cell.number_format))
        case date():
            return value.isoformat()
        case _:
            return Unreadable(f"a time of day or a length of time: {value}", "write it as text")


def _number(value: float) -> Cell:
    if abs(value) >= 10**MOST_DIGITS:
        return Unreadable("a number of more digits than a spreadsheet keeps", "write it as text")
    whole = int(value)
    return str(whole) if whole == value else f"{value:.{MOST_DIGITS}g}"


def _day(value: datetime, shown_as: str) -> Cell:
    """Return the date, as exactly as the cell shows it: a cell that shows only the month claims no day."""
    if (value.hour, value.minute, value.second, value.microsecond) != (0, 0, 0, 0):
        return value.isoformat(timespec="minutes")
    parts = _APART.sub("", shown_as.partition(";")[0]).lower()
    if "d" in parts or "y" not in parts:
        return value.date().isoformat()
    return f"{value.year:04}-{value.month:02}" if "m" in parts else f"{value.year:04}"
