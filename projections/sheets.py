"""Text on its way into a spreadsheet: as lines of CSV, and never as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from unicodedata import category

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
_GUARDED = re.compile(r"'*[=+\-@\t\r]")


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
