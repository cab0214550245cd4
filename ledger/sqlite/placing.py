"""Where in the record it is that SQLite finds its file damaged: SQLite names pages, we name tables and positions."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ledger.database import Damaged

BY_POSITION = ("events", "bodies")
"""Tables whose rows lie in the order of their positions."""
_ROW = re.compile(r"row (\d+) missing from index sqlite_autoindex_(\w+)_\d+")
_PAGE = re.compile(r"page (\d+)", re.IGNORECASE)
_HEADER_OF_FILE = 100
_INTERIOR = {2: False, 5: True}
"""Kinds of pages that have others below them, and whether these are in order of row numbers."""


class _Owner(NamedTuple):
    table: str
    first: int
    """The first row that may lie on the page."""


def placed(path: Path, roots: Mapping[int, str], messages: Iterator[str]) -> Iterator[Damaged]:
    """Yield what `PRAGMA integrity_check` says, with table and nearest position, given the first page of each table."""
    owners: dict[int, _Owner] | None = None
    for message in messages:
        for line in message.splitlines():
            row, page = _ROW.search(line), _PAGE.search(line)
            if row is not None:
                position = int(row[1]) if row[2] in BY_POSITION else None
                yield Damaged(position, f"table {row[2]}: {line}")
            elif page is None:
                if not line.startswith("***"):
                    yield Damaged(None, line)
            else:
                if owners is None:
                    owners = _owners(path.read_bytes(), roots)
                owner = owners.get(int(page[1]))
                known = owner is not None and owner.table in BY_POSITION
                yield Damaged(
                    owner.first if owner is not None and known else None,
                    line if owner is None else f"table {owner.table}{', from here on' if known else ''}: {line}",
                )


def _owners(data: bytes, roots: Mapping[int, str]) -> dict[int, _Owner]:
    """Return the table of each page that can be reached from a first page, as far as damage allows."""
    size = int.from_bytes(data[16:18], "big")
    size = 65_536 if size == 1 else size
    found: dict[int, _Owner] = {}
    left = [(root, _Owner(table, 1)) for root, table in roots.items()]
    while left:
        number, owner = left.pop()
        page = data[(number - 1) * size : number * size] if number > 0 else b""
        if not page or number in found:
            continue
        found[number] = owner
        left += _below(page, _HEADER_OF_FILE if number == 1 else 0, owner)
    return found


def _below(page: bytes, start: int, owner: _Owner) -> Iterator[tuple[int, _Owner]]:
    in_order = _INTERIOR.get(page[start])
    if in_order is None:
        return
    first = owner.first
    for index in range(_number(page, start + 3, 2)):
        cell = _number(page, start + 12 + 2 * index, 2)
        yield _number(page, cell, 4), owner._replace(first=first)
        if in_order:
            first = _varint(page, cell + 4) + 1
    yield _number(page, start + 8, 4), owner._replace(first=first)


def _number(page: bytes, at: int, length: int) -> int:
    return int.from_bytes(page[at : at + length], "big")


def _varint(page: bytes, at: int) -> int:
    """Return one of SQLite's numbers, 7 bits a byte (those of 9 bytes are no row numbers of ours)."""
    found = 0
    for byte in page[at : at + 8]:
        found = found << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return found
