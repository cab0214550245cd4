"""CSV of matrices: a row for each cell assessed, with its known date and its source.

Rows of one State, revision, known date and document that follow one another become one `assess` command. The ids of
these commands come from the file's SHA-256 and the row, so that the same file is recognised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from domain import period
from domain.matrix.commands import AssessCells, AssessedCell
from domain.matrix.events import Source as Citation
from domain.refusals import MalformedInput, Refusal
from domain.values import CellId, Name, Revision, StateCode
from interfaces.importing.reading import Given, OnRecord, Placed, check_date
from interfaces.importing.tables import Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interfaces.importing.faults import Faults
    from interfaces.importing.source import Source

REQUIRED = ("state", "cell", "value", "known")
OPTIONAL = (
    "document",
    "locator",
    "quotation",
    "language",
    "translation",
    "note",
    "in_force_from",
    "in_force_to",
    "revision",
)
ALSO_CALLED = {"page": "locator"}
VERBATIM = frozenset({"quotation"})
VALUES = ("X", "?", "NA", "YES", "")
MOST_CELLS = 500
"""The most cells in one command; a matrix has fewer."""


class Group(NamedTuple):
    """What the rows of one command have in common."""

    state: str
    revision: int | None
    known: str
    document: str


def recognises(columns: tuple[str, ...]) -> bool:
    """True where a header row is that of a CSV of matrices."""
    return {"state", "cell", "value"} <= set(columns)


def read(source: Source, faults: Faults, given: Given, on_record: OnRecord) -> Iterator[Placed]:
    """Yield an `assess` command for each group of rows that follow one another; what is wrong becomes a fault."""
    table = Table(source, faults)
    if not _columns_fit(table, faults):
        return
    group: Group | None = None
    cells: dict[str, tuple[AssessedCell, int]] = {}
    seen: dict[tuple[str, int | None, str, str], int] = {}
    for row in table.rows(VERBATIM):
        try:
            found, cell = _cell_of(row, on_record)
            _once(seen, found, cell.cell, row.number)
        except Refusal as refusal:
            faults.take(source.name, row.number, refusal)
            continue
        if group is not None and (found != group or len(cells) == MOST_CELLS):
            yield _placed(source, given, on_record, group, cells)
            cells = {}
        group = found
        cells[cell.cell] = cell, row.number
    if group is not None and cells:
        yield _placed(source, given, on_record, group, cells)


def _columns_fit(table: Table, faults: Faults) -> bool:
    table.columns = tuple(ALSO_CALLED.get(name, name) for name in table.columns)
    known = (*REQUIRED, *OPTIONAL)
    wrong = [
        *((name, f"no column {name!r}") for name in REQUIRED if name not in table.columns),
        *((name, f"unknown column {name!r}") for name in table.columns if name not in known),
        *((name, f"column {name!r} stands twice") for name in set(table.columns) if table.columns.count(name) > 1),
    ]
    for name, what in wrong:
        faults.add(table.name, table.header_row, name, what, f"columns are {', '.join(known)}")
    return not wrong


def _cell_of(row: Row, on_record: OnRecord) -> tuple[Group, AssessedCell]:
    cells = row.cells
    state = _form(cells["state"], StateCode, "state", "an ISO 3166 alpha-3 code such as KEN")
    if not on_record.has_state(state):
        raise MalformedInput(
            f"State {state} is not on record", where="state", remedy="States are keyed by ISO 3166 alpha-3"
        )
    cell = _form(cells["cell"], CellId, "cell", "a cell such as T2011/op3cd-5-nw-legal")
    if cells["value"] not in VALUES:
        raise MalformedInput(f"{cells['value']!r} is no value", where="value", remedy="write X, ?, NA, YES or nothing")
    known = cells["known"]
    if not known:
        raise MalformedInput("no known date", where="known", remedy="say when the Committee knew")
    for name in ("known", "in_force_from", "in_force_to"):
        check_date(name, cells.get(name) or None)
    period.check(cells.get("in_force_from") or None, cells.get("in_force_to") or None, where="in_force_{}")
    sources = _sources(cells, on_record)
    revision = _revision(cells, state, on_record)
    group = Group(state, revision, known, sources[0].document_id if sources else "")
    return group, AssessedCell(
        cell=cell,
        value=cells["value"],
        sources=sources,
        in_force_from=cells.get("in_force_from") or None,
        in_force_to=cells.get("in_force_to") or None,
        note=cells.get("note", ""),
    )


def _form(text: str, kind: object, column: str, example: str) -> str:
    try:
        return str(msgspec.convert(text, kind))
    except msgspec.ValidationError:
        if not text:
            raise MalformedInput("is empty", where=column, remedy=f"write {example}") from None
        raise MalformedInput(f"{text!r} is not {example}", where=column) from None


def _sources(cells: Mapping[str, str], on_record: OnRecord) -> tuple[Citation, ...]:
    document = cells.get("document", "")
    cited = {name: cells.get(name, "") for name in ("locator", "quotation", "language", "translation")}
    if not document:
        place = next((name for name, text in cited.items() if text.strip()), None)
        if place is not None:
            raise MalformedInput(f"a {place} without a document", where="document", remedy="name the document it is in")
        return ()
    _form(document, Name, "document", "the id of a document")
    if not on_record.has_document(document):
        raise MalformedInput(
            f"document {document} is not on record",
            where="document",
            remedy="register it first: `ledger1540 register FILE`, or in a file of commands before this one",
        )
    return (Citation(document_id=document, **cited),)


def _revision(cells: Mapping[str, str], state: str, on_record: OnRecord) -> int | None:
    """Return the revision that a row names, or None for the last opened and not withdrawn, which there must be."""
    written = cells.get("revision", "")
    if not written:
        _working(state, cells["known"], on_record)
        return None
    try:
        if not written.isascii():
            raise ValueError
        return int(msgspec.convert(int(written[:10]), Revision))
    except (ValueError, msgspec.ValidationError):
        raise MalformedInput(f"{written!r} is no revision", where="revision", remedy="write a number from 1") from None


def _working(state: str, known: str, on_record: OnRecord) -> int:
    found = on_record.working_revision(state, known)
    if found is None:
        raise MalformedInput(
            f"{state} has no revision opened and not withdrawn by {known}",
            where="revision",
            remedy="open one no later than that, or name the revision",
        )
    return found


def _once(seen: dict[tuple[str, int | None, str, str], int], group: Group, cell: str, row: int) -> None:
    first = seen.setdefault((group.state, group.revision, group.known, cell), row)
    if first != row:
        raise MalformedInput(
            f"row {first} assesses {cell} of {group.state} on the same known date",
            where="cell",
            remedy="keep one of them; a cell with several sources goes into a file of commands",
        )


def _placed(
    source: Source, given: Given, on_record: OnRecord, group: Group, cells: Mapping[str, tuple[AssessedCell, int]]
) -> Placed:
    rows = tuple(row for _, row in cells.values())
    command = AssessCells(
        id=f"import:{source.sha256}:{rows[0]}",
        actor=given.actor,
        known=group.known,
        synthetic=given.synthetic,
        state=group.state,
        revision=group.revision or _working(group.state, group.known, on_record),
        cells=tuple(cell for cell, _ in cells.values()),
    )
    return Placed(command, rows)
