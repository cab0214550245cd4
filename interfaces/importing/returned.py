"""A matrix that we exported, come back edited: its cells as the file says them now, and what they were taken from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from domain.canonical import nfc
from domain.forms import in_words
from domain.refusals import MalformedInput
from domain.values import CellId, Position, Revision, StateCode
from interfaces.importing import office
from interfaces.importing.tables import Table
from projections.sheets import printable, unguarded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interfaces.importing.faults import Faults
    from interfaces.importing.source import Source
    from interfaces.importing.tables import Row

CELLS = "Cells"
"""The sheet of a workbook whose cells come back."""
SOURCE = ("document", "locator", "quotation", "language", "translation")
EDITED = ("value", *SOURCE, "in_force_from", "in_force_to", "note")
"""Columns that say what a cell says, and can be edited."""
FIXED = ("known_at", "position", "sources")
"""Columns that tell of what stood there; editing them would change nothing."""
ASKED = ("known", "reason", "comment")
NEEDED = ("state", "revision", "cell", "event_id", "taken_at", "value")
REMEDY = "a file that `ledger1540 export STATE --to FILE` made, as .xlsx, .docx or .csv"


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A cell as a file has it now: of which matrix, from which act at which position, and what it says.

    `says` holds the columns that the file has of it: those that can be edited, and those that cannot. `of_row` names
    the row that `known`, `reason` and `comment` were written on, where they are of a row and not of a cell.
    """

    row: int
    state: StateCode
    revision: Revision
    cell: CellId
    act: str | None
    taken_at: Position
    withheld: bool
    says: dict[str, str]
    known: str = ""
    reason: str = ""
    comment: str = ""
    of_row: str = ""


class RemarkGiven(msgspec.Struct, frozen=True, kw_only=True):
    """The remark on a row as a file has it now, with the cells of that row."""

    row: int
    section: str
    item: int
    remark: str
    cells: tuple[str, ...]


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says."""

    cells: tuple[Given, ...]
    remarks: tuple[RemarkGiven, ...] = ()


def returned(source: Source, faults: Faults) -> Returned:
    """Return what a file says; what cannot be read becomes a fault.

    Raises:
        MalformedInput: it is no matrix that we exported, or cannot be opened safely.
    """
    if office.is_office(source.stream()):
        with office.opened(source.stream(), source.name) as archive:
            if "word/document.xml" in archive.namelist():
                from interfaces.importing.returned_document import read_document

                for each in office.ignored(archive):
                    faults.say(source.name, each)
                return read_document(archive, source.name, faults)
        source.sheet = source.sheet or CELLS
    return Returned(cells=tuple(_table(source, faults, plain=source.sheet is None)))


def as_given(row: int, members: Mapping[str, object], faults: Faults, name: str) -> Given | None:
    """Return a cell of a file, or None where it names none as it should, which is then a fault."""
    try:
        return msgspec.convert({"row": row, **members}, Given, strict=False)
    except msgspec.ValidationError as error:
        faults.add(
            name,
            row,
            "",
            f"a cell of no exported matrix: {in_words(str(error))}",
            "leave what names the cell as it was",
        )
        return None


def _table(source: Source, faults: Faults, *, plain: bool) -> Iterator[Given]:
    table = Table(source, faults, fits=set(NEEDED).issubset)
    missing = [name for name in NEEDED if name not in table.columns]
    twice = sorted({name for name in table.columns if name and table.columns.count(name) > 1})
    if missing or twice:
        if not faults:
            what = f"no column {missing[0]!r}" if missing else f"column {twice[0]!r} stands twice"
            raise MalformedInput(what, where=source.name, remedy=REMEDY)
        return
    known = frozenset((*NEEDED, *EDITED, *FIXED, *ASKED, "stands"))
    for row in table.rows(frozenset(table.columns), wanted=known):
        found = as_given(row.number, _members(row, plain=plain), faults, source.name)
        if found is not None:
            yield found


def _members(row: Row, *, plain: bool) -> dict[str, object]:
    """Return the members of a cell; in a plain file, text that could be a formula was guarded."""
    cells = {name: tidy(unguarded(text) if plain else text) for name, text in row.cells.items()}
    return {
        "state": cells["state"],
        "revision": cells["revision"],
        "cell": cells["cell"],
        "act": cells["event_id"] or None,
        "taken_at": cells["taken_at"],
        "withheld": cells.get("stands") == "withheld",
        "says": {name: cells[name] for name in (*EDITED, *FIXED) if name in cells},
        **{name: cells.get(name, "") for name in ASKED},
    }


def tidy(text: str) -> str:
    """Return text as it is compared: in NFC, its lines ended alike, without blanks around it."""
    return nfc(printable(text).replace("\r\n", "\n").replace("\r", "\n")).strip()
