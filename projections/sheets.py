"""Text on its way into a spreadsheet: as lines of CSV or as a workbook, and never as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from unicodedata import category

from projections.paper import laid_out, on_paper

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
LONGEST = 32_000
"""Characters of a cell; a workbook takes 32,767."""
WIDEST = 48
"""The width of the widest column, in characters."""
_NOT_IN_TITLES = str.maketrans(dict.fromkeys(r"[]:*?/\ ", " "))
_GUARDED = re.compile(r"'*[=+\-@\t\r]")


class Sheet(NamedTuple):
    """A sheet of a workbook; `header` is the row of column names, None where the names are the first column."""

    title: str
    rows: Iterable[Sequence[str]]
    header: int | None = None


def guarded(value: str) -> str:
    """Return text that no spreadsheet takes for a formula, and no terminal for an order."""
    plain = printable(value)
    return f"'{plain}" if _GUARDED.match(plain) else plain


def unguarded(value: str) -> str:
    """Return text as it was before it was guarded."""
    return value[1:] if value.startswith("'") and _GUARDED.match(value) else value


def printable(value: str) -> str:
    """Return text without the characters that no spreadsheet keeps."""
    return "".join(each for each in value if each in "\n\t\r" or category(each) != "Cc")


def csv_of(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV, every value guarded."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([guarded(value) for value in row])
    return out.getvalue().encode()


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return sheets as a workbook, every value guarded and its names in bold."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows, header in sheets:
        sheet = book.create_sheet(title.translate(_NOT_IN_TITLES)[:31])
        for row in rows:
            sheet.append([_short(guarded(value)) for value in row])
        widths: list[float] = []
        for column in sheet.columns:
            longest = max(len(str(cell.value or "")) for cell in column)
            widths.append(min(max(longest + 2, 10), WIDEST))
            for cell in column:
                cell.alignment = Alignment(vertical="top", wrap_text=True)
        laid_out(sheet, widths)
        on_paper(sheet, (sheet.title,))
        for cell in sheet["A"] if header is None else sheet[header]:
            cell.font = Font(bold=True)
        if header is not None:
            sheet.freeze_panes = f"A{header + 1}"
            sheet.print_title_rows = f"{header}:{header}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _short(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[:LONGEST]}… ({len(value)} characters; whole in JSON)"
