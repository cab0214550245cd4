"""What commands write: data on stdout, as JSON or in aligned columns; talk on stderr."""

import os
import sys
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from shutil import get_terminal_size
from textwrap import fill

Row = Sequence[str]
_UNPRINTABLE = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (9, 10)}
"""What a record quotes must not steer the terminal it is shown on."""


def clean(text: str) -> str:
    """Return text without characters that steer a terminal."""
    return text.translate(_UNPRINTABLE)


def write_json(value: object) -> None:
    """Write a value as JSON, indented for a person at a terminal."""
    import msgspec

    data = msgspec.json.encode(value)
    if sys.stdout.isatty():
        data = msgspec.json.format(data, indent=2)
    sys.stdout.write(data.decode() + "\n")


def in_utf8() -> None:
    """Write UTF-8 to files and pipes whatever the locale is, and to a terminal what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def line(text: str = "") -> None:
    """Write a line of data."""
    sys.stdout.write(clean(text) + "\n")


def paragraph(text: str) -> None:
    """Write a paragraph, folded to the terminal where there is one."""
    line(fill(text, width()) if sys.stdout.isatty() else text)


def talk(text: str) -> None:
    """Say something beside the data."""
    print(clean(text), file=sys.stderr)


def width() -> int:
    """Return how wide a line may be."""
    return max(60, get_terminal_size((120, 40)).columns)


def table(columns: Row, rows: Iterable[Row]) -> None:
    """Write a table: by rich on a terminal, else in aligned columns separated by two spaces."""
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        _rich_table(columns, rows)
        return
    listed = [[" ".join(cell.split()) for cell in row] for row in (columns, *rows)]
    widths = [max(len(row[place]) for row in listed) for place in range(len(columns))]
    for row in listed:
        line("  ".join(cell.ljust(size) for cell, size in zip(row, widths, strict=True)).rstrip())


def _rich_table(columns: Row, rows: Iterable[Row]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in columns:
        shown.add_column(name, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(clean(cell)) for cell in row))
    Console(soft_wrap=False).print(shown)
