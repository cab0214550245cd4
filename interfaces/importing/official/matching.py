"""The rows of a document beside those of a template: matched by number and question, or doubtful."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from interfaces.importing.official.columns import columns_of, item_of
from interfaces.text import words_of
from projections.meant import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from domain.template import Field
    from interfaces.importing.official.columns import Columns
    from interfaces.importing.official.tables import Grid

VALUES = {"x": "X", "?": "?", "na": "NA", "n/a": "NA", "n.a.": "NA", "yes": "YES", "oui": "YES", "": "", "-": ""}
"""How the values are written by people."""


class CellRead(msgspec.Struct, frozen=True, kw_only=True):
    """A cell as a document has it: its value as it is written, and its reference."""

    row: int
    place: str
    """In words where the row is."""
    field: Field
    written: str
    reference: str
    unreadable: str | None = None
    """Why its value or its reference cannot be taken at its word."""

    @property
    def value(self) -> str | None:
        """The value that is meant, None where it is none that there is."""
        if self.unreadable is not None:
            return None
        found = VALUES.get(plain(self.written))
        return found if found in self.field.allowed else None


class Reading(msgspec.Struct, kw_only=True):
    """What was read of a document's tables; every row is in one of the counts."""

    rows: int = 0
    matched: int = 0
    empty: int = 0
    french: bool = False
    doubtful: list[str] = msgspec.field(default_factory=list)
    cells: list[CellRead] = msgspec.field(default_factory=list)
    remarks: dict[tuple[str, int], list[str]] = msgspec.field(default_factory=dict)
    places: dict[tuple[str, int], tuple[int, str]] = msgspec.field(default_factory=dict)
    remarks_refused: list[str] = msgspec.field(default_factory=list)
    skipped: int = 0
    """Tables that are none of a matrix."""


def read_grids(grids: Iterable[Grid], fields: Mapping[str, Field]) -> Reading:
    """Return what the tables of a document say of the cells of a template."""
    reading, rows, seen = Reading(), _rows_of(fields.values()), set[str]()
    for grid in grids:
        columns = columns_of(grid)
        if columns is None:
            reading.skipped += 1
            continue
        for place in range(columns.begins, len(grid.rows)):
            _read_row(reading, columns, grid, place, rows, seen)
    return reading


Rows = dict[tuple[str, int], dict[tuple[str, str], "Field"]]


def _rows_of(fields: Iterable[Field]) -> Rows:
    rows: Rows = {}
    for field in fields:
        of = rows.setdefault((field.section.lower(), field.item), {})
        of[field.aspect, field.weapon.lower()] = field
    return rows


def _read_row(reading: Reading, columns: Columns, grid: Grid, place: int, rows: Rows, seen: set[str]) -> None:
    row, number = grid.rows[place], grid.first + place
    reading.rows += 1
    if not any(cell.strip() for cell in row) and not any(at == number for at, _ in grid.unreadable):
        reading.empty += 1
        return
    item, question = item_of(columns, row)
    asks = (columns.question, *(() if columns.number is None else (columns.number,)))
    wrong = next((grid.unreadable[number, column] for column in asks if (number, column) in grid.unreadable), None)
    found = wrong or _match(columns, item, question, rows)
    if isinstance(found, str):
        reading.doubtful.append(f"{grid.place(number)}: {found}")
        return
    of = rows[columns.section, found]
    cells = list(_cells(columns, grid, place, of))
    twice = next((cell.field.cell for cell in cells if cell.field.cell in seen), None)
    if twice is not None:
        reading.doubtful.append(f"{grid.place(number)}: {twice} stands in an earlier row too")
        return
    seen.update(cell.field.cell for cell in cells)
    reading.matched += 1
    reading.french = reading.french or any(plain(question) == plain(_in_french(each.label)) for each in of.values())
    reading.cells += cells
    _read_remark(reading, columns, grid, place, (next(iter(of.values())).section, found))


def _read_remark(reading: Reading, columns: Columns, grid: Grid, place: int, of: tuple[str, int]) -> None:
    row, number = grid.rows[place], grid.first + place
    if columns.remarks is None or columns.remarks >= len(row):
        return
    wrong, remark = grid.unreadable.get((number, columns.remarks)), row[columns.remarks].strip()
    if wrong is not None:
        reading.remarks_refused.append(f"{grid.place(number)}: the remark is {wrong}")
    elif remark:
        reading.places.setdefault(of, (number, grid.place(number)))
        listed = reading.remarks.setdefault(of, [])
        if remark not in listed:
            listed.append(remark)


def _match(columns: Columns, item: int | None, question: str, rows: Rows) -> int | str:
    """Return the item that a row is, or in words why that is doubtful."""
    weapons = {place.weapon for place in columns.places}
    asked = plain(question)
    own = {
        number: labels
        for (section, number), of in rows.items()
        if section == columns.section
        and (labels := {field.label for (_, weapon), field in of.items() if weapon in weapons})
    }
    same = [number for number, labels in own.items() if asked in _spoken(labels)]
    if item is None:
        if len(same) == 1:
            return same[0]
        return f"{question[:80]!r} is {'several items' if same else 'no item'} of {columns.section}"
    if item in same:
        return item
    if item not in own:
        return f"{columns.section} has no item {item} ({question[:80]!r})"
    says = " / ".join(sorted(own[item]))
    return f"item {item} of {columns.section} is {says[:80]!r}, not {question[:80]!r}"


def _in_french(label: str) -> str:
    return words_of("fr")(label)


def _spoken(labels: Iterable[str]) -> set[str]:
    return {plain(label) for label in labels} | {plain(_in_french(label)) for label in labels}


def _cells(columns: Columns, grid: Grid, row_place: int, of: Mapping[tuple[str, str], Field]) -> Iterator[CellRead]:
    row, number = grid.rows[row_place], grid.first + row_place
    for place in columns.places:
        field = of.get((place.aspect, place.weapon))
        if field is None or place.value >= len(row):
            continue
        written = row[place.value].strip()
        shared = place.reference is not None and sum(p.reference == place.reference for p in columns.places) > 1
        unsaid = place.reference is None or place.reference >= len(row) or (shared and not written)
        cited_at = None if unsaid else place.reference
        looked_at = [place.value] if cited_at is None else [place.value, cited_at]
        yield CellRead(
            row=number,
            place=grid.place(number),
            field=field,
            written=written,
            reference="" if cited_at is None else row[cited_at].strip(),
            unreadable=next((grid.unreadable[number, at] for at in looked_at if (number, at) in grid.unreadable), None),
        )
