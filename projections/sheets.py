"""Text on its way into a spreadsheet: as lines of CSV, and never as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from unicodedata import category

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def guarded(value: str) -> str:
    """Return text that no spreadsheet takes for a formula, and no terminal for an order."""
    plain = "".join(each for each in value if each in "\n\t\r" or category(each) != "Cc")
    return f"'{plain}" if plain.startswith(FORMULA) else plain


def csv_of(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV, every value guarded."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([guarded(value) for value in row])
    return out.getvalue().encode()
