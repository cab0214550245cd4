"""What the columns of a table in the official layout hold, by the words of its heading, in English or French."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from projections.meant import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interfaces.importing.official.tables import Grid

_SECTION = re.compile(r"\b(?:op|par|paragraphe?)\.? *(\d+)(?: *\(?([a-d])(?:\)|[a-d]?\b))?")
_WEAPONS = {
    "nw": re.compile(r"\b(nw|nuclear|nucleaires?)\b|\ban$"),
    "cw": re.compile(r"\b(cw|chemical|chimiques?)\b|\bac$"),
    "bw": re.compile(r"\b(bw|biological|biologiques?)\b|\bab$"),
}
_ASPECTS = {
    "legal": re.compile(r"legal|legislat|juridique"),
    "enforcement": re.compile(r"enforcement|penalt|sanction|application"),
    "statement": re.compile(r"statement|declaration|\b(yes|oui)\b|information"),
}
_REFERENCE = re.compile(r"reference|source|document|information")
_REMARKS = re.compile(r"remark|observation|remarque")
_NUMBER = re.compile(r"^(no\.?|n°|number|item|#)$")
_ITEM = re.compile(r"^(\d{1,3})[.)]?(?:\s+(.+))?$", re.DOTALL)
HIGHEST_HEADING = 4
"""The most rows of a heading."""


class Place(NamedTuple):
    """A column for the value of a cell, and the column of its reference, if there is one."""

    aspect: str
    weapon: str
    value: int
    reference: int | None


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of a table, and at which row its questions begin."""

    section: str
    begins: int
    number: int | None
    question: int
    remarks: int | None
    places: tuple[Place, ...]


def columns_of(grid: Grid) -> Columns | None:
    """Return the columns of a table, or None where it is no table of a matrix."""
    section = section_of(grid.title)
    begins = _heading(grid)
    if section is None or not begins:
        return None
    width = max(len(row) for row in grid.rows)
    named = [_named(grid.rows[:begins], column) for column in range(width)]
    remarks = next((place for place, text in enumerate(named) if _REMARKS.search(text)), None)
    number = 0 if _NUMBER.match(named[0]) or _is_numbered(grid, begins) else None
    question = 0 if number is None else 1
    places = tuple(_places(named, grid.title, range(question + 1, width if remarks is None else remarks)))
    if not places:
        return None
    return Columns(section=section, begins=begins, number=number, question=question, remarks=remarks, places=places)


def section_of(title: str) -> str | None:
    """Return the section that a title names first: `OP 3 (c) and (d)` is `op3cd`."""
    found = _SECTION.search(plain(title))
    if found is None:
        return None
    paragraph, letter = found[1], found[2] or "a"
    return {"1": "op1", "2": "op2", "3": "op3ab" if letter in "ab" else "op3cd", "6": "op6_7_8d"}.get(paragraph)


def begins_section(text: str) -> bool:
    """Return whether a line is the title of a table: it begins with its paragraph."""
    return _SECTION.match(plain(text)) is not None


def item_of(columns: Columns, row: Sequence[str]) -> tuple[int | None, str]:
    """Return the number and the question of a row; the number may stand before the question."""
    question = row[columns.question] if columns.question < len(row) else ""
    numbered = _ITEM.match(row[columns.number]) if columns.number is not None else _ITEM.match(question)
    if numbered is None:
        return None, question
    return int(numbered[1]), question if columns.number is not None else numbered[2] or ""


def _heading(grid: Grid) -> int:
    """Return how many rows the heading has: up to the last that names a weapon, an aspect or the remarks."""
    words = (*_WEAPONS.values(), *_ASPECTS.values(), _REMARKS)
    last = 0
    for number, row in enumerate(grid.rows[:HIGHEST_HEADING], 1):
        if row and _ITEM.match(row[0]):
            break
        if any(word.search(plain(cell)) for cell in row[1:] for word in words):
            last = number
    return last


def _is_numbered(grid: Grid, begins: int) -> bool:
    below = [row[0] for row in grid.rows[begins:] if row]
    return bool(below) and all(text.rstrip(".)").isdecimal() or not text for text in below)


def _named(heading: Sequence[Sequence[str]], column: int) -> str:
    texts = [plain(row[column]) for row in heading if column < len(row)]
    return " ".join(dict.fromkeys(texts)).strip()


def _places(named: Sequence[str], title: str, within: range) -> Sequence[Place]:
    alone = _weapon(plain(title))
    values: list[tuple[str, str, int]] = []
    references: list[tuple[str, int]] = []
    for column in within:
        aspect = _aspect(named[column]) or "statement"
        if _REFERENCE.search(named[column]):
            references.append((aspect, column))
        else:
            weapon = "all" if aspect == "statement" else _weapon(named[column]) or alone
            if weapon is not None:
                values.append((aspect, weapon, column))
    return [
        Place(aspect, weapon, column, _reference(values, references, aspect, column))
        for aspect, weapon, column in values
    ]


def _reference(
    values: Sequence[tuple[str, str, int]], references: Sequence[tuple[str, int]], aspect: str, column: int
) -> int | None:
    """Return the column of a value's reference: its own where each has one, else the one that an aspect has."""
    own = [each for named, each in references if named == aspect]
    places = [each for named, _, each in values if named == aspect]
    return own[places.index(column)] if len(own) == len(places) else next(iter(own), None)


def _aspect(text: str) -> str | None:
    return next((aspect for aspect, words in _ASPECTS.items() if words.search(text)), None)


def _weapon(text: str) -> str | None:
    found = [weapon for weapon, words in _WEAPONS.items() if words.search(text)]
    return found[0] if len(found) == 1 else None
