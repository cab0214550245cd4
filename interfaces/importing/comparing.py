"""What was changed in a matrix that came back: its cells beside the acts that they were taken from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from domain.matrix.cells import cell_body
from domain.matrix.events import CellAssessed, CellCorrected, RowRemarked, Source
from domain.matrix.facts import FactsOnRecord
from domain.matrix.reading import MatrixFacts
from domain.refusals import MalformedInput, Refusal
from domain.standing import Cut
from interfaces.exporting.matrix_layout import reference
from interfaces.importing.reading import check_date
from interfaces.importing.returned import EDITED, FIXED, SOURCE, Given, tidy
from projections.citation import first_source, source_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from domain.deciding import RecordView
    from domain.recorded import Recorded
    from interfaces.importing.faults import Faults


VALUES = ("X", "NA", "YES")
MISREAD = ("\u00e2\u20ac", "\u00c3", "\u00c2")
"""What stands for a sign of UTF-8 that was read as Windows-1252."""


class CellChanged(msgspec.Struct, frozen=True, kw_only=True):
    """A cell that says something else than the act it was taken from: what it said and says, by column."""

    given: Given
    act: Recorded | None
    before: dict[str, str]
    after: dict[str, str]

    def sources(self) -> tuple[Source, ...] | None:
        """Return the sources that the file names, or None where it names the same as before.

        Raises:
            MalformedInput: a reference is not written as one.
        """
        old = () if self.act is None else cell_body(self.act).sources
        if "reference" in self.after:
            return tuple(_referred(line, old) for line in self.after["reference"].splitlines() if line.strip())
        if not any(name in self.after for name in SOURCE):
            return None
        said = {name: self.given.says.get(name, "") for name in SOURCE}
        document = said.pop("document")
        if not document:
            if any(said.values()):
                raise MalformedInput("a place or words without a document", where="document", remedy="name it")
            return old[1:]
        return (Source(document_id=document, **said), *old[1:])


def _referred(line: str, old: tuple[Source, ...]) -> Source:
    document, _, locator = (each.strip() for each in line.partition(","))
    same = next((each for each in old if tidy(reference((each,))) == tidy(line)), None)
    if same is not None:
        return same
    if not document or " " in document:
        raise MalformedInput(
            f"{document!r} is no document",
            where="reference",
            remedy="write a document's id, a comma, the place; or add --from-state if the State sent it back",
        )
    return Source(document_id=document, locator=locator, quotation="", language="", translation="")


def changed(given: Iterable[Given], record: RecordView, faults: Faults, name: str) -> Iterator[CellChanged]:
    """Yield the cells that say something else than the act they were taken from; what is wrong becomes a fault."""
    seen: dict[tuple[str, int, str], int] = {}
    for cell in given:
        first = seen.setdefault((cell.state, cell.revision, cell.cell), cell.row)
        try:
            if first != cell.row:
                raise MalformedInput(f"{cell.cell} stands in row {first} too", where="cell", remedy="keep one of them")
            found = _compared(cell, record)
        except Refusal as refusal:
            faults.take(name, cell.row, refusal)
            continue
        if found.after or cell.known or cell.reason or cell.comment:
            yield found


def _compared(cell: Given, record: RecordView) -> CellChanged:
    act = None if cell.act is None else _act(cell, record)
    stood = _texts(act)
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for column, written in cell.says.items():
        says = _value(written) if column == "value" else written
        if tidy(stood[column]) != says:
            before[column], after[column] = stood[column], says
    if cell.withheld and (after or cell.known or cell.reason):
        raise MalformedInput("what stands there was withheld", where="value", remedy="it cannot be edited unseen")
    wrong = next((column for column in after if column in FIXED), None)
    if wrong is not None:
        raise MalformedInput(
            f"{wrong} tells of what was recorded and is not edited",
            where=wrong,
            remedy=_misread(before[wrong], after[wrong])
            or "leave it; `known` says when a change was known, `reason` why what stands was an error",
        )
    if cell.known:
        check_date("known", cell.known)
    return CellChanged(given=cell, act=act, before=before, after=after)


def _misread(before: str, after: str) -> str:
    """Return what to do where a program took UTF-8 for another encoding; else nothing."""
    if any(sign in after and sign not in before for sign in MISREAD):
        return "the program that saved the file took it for Windows-1252: open it as UTF-8, or edit the .xlsx"
    return ""


def _value(written: str) -> str:
    """Return a value as the record has it, where a person typed it in small letters."""
    return written.upper() if written.upper() in VALUES else written


def what_stood(cell: Given, record: RecordView) -> Mapping[str, str]:
    """Return what an export said of a cell, by column.

    Raises:
        MalformedInput: it names no event of a cell of its State.
    """
    return _texts(None if cell.act is None else _act(cell, record))


def _act(cell: Given, record: RecordView) -> Recorded:
    act = record.event(cell.act or "")
    if act is None or not isinstance(act.body, CellAssessed | CellCorrected) or act.body.state != cell.state:
        raise MalformedInput(
            f"{cell.act!r} is no event of a cell of {cell.state}", where="event_id", remedy="leave it as it was"
        )
    return act


def _texts(act: Recorded | None) -> Mapping[str, str]:
    """Return what an export says of an act, by column."""
    if act is None:
        return dict.fromkeys((*EDITED, *FIXED, "reference"), "")
    body = cell_body(act)
    return {
        "value": body.value,
        **dict(zip(SOURCE, first_source(body.sources), strict=True)),
        "in_force_from": body.in_force_from or "",
        "in_force_to": body.in_force_to or "",
        "note": body.note,
        "reference": reference(body.sources),
        "sources": source_words(body.sources),
        "known_at": act.header.known_at,
        "position": str(act.position),
    }


class Now:
    """What stands in the cells of a revision at present."""

    def __init__(self, record: RecordView) -> None:
        self._facts = FactsOnRecord(record)
        self._record = record

    def act(self, cell: Given) -> Recorded | None:
        """Return the event that stands in a cell now, carried or its own."""
        matrix = MatrixFacts(self._facts, cell.state, Cut())
        stands = matrix.works(cell.revision, [cell.cell]).get(cell.cell)
        return None if stands is None else self._facts.at({stands.position})[stands.position]

    def says(self, change: CellChanged) -> bool:
        """True where the cell says by now what the file has, so that nothing is left to record."""
        texts = _texts(self.act(change.given))
        return bool(change.after) and all(tidy(texts[name]) == says for name, says in change.after.items())

    def remark(self, state: str, revision: int, row: tuple[str, int], position: int | None = None) -> str:
        """Return the last remark on a row by a position, or at present."""
        texts = self.remarks(state, revision, row, position)
        return texts[-1] if texts else ""

    def remarks(self, state: str, revision: int, row: tuple[str, int], position: int | None = None) -> list[str]:
        """Return all remarks that were made on a row by a position, or until now, in order."""
        from domain.ids import matrix_revision

        cut = Cut() if position is None else Cut(position=position)
        events = self._record.history(matrix_revision(state, revision)).standing(cut)
        return [
            event.body.remark
            for event in events
            if isinstance(event.body, RowRemarked) and (event.body.section, event.body.item) == row
        ]
