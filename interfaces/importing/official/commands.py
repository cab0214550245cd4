"""What a country matrix in a file changes, as commands: the file itself is registered, and is what its cells cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.canonical import sha256
from domain.document import RegisterDocument
from domain.matrix.cells import cell_body
from domain.matrix.commands import AssessCells, AssessedCell, RemarkRow
from domain.matrix.events import Source as Citation
from interfaces.exporting.matrix_layout import reference as reference_words
from interfaces.importing.comparing import Now
from interfaces.importing.official.files import media_type_of
from interfaces.importing.reading import Given, OnRecord, Placed
from interfaces.importing.returned import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.matrix.reading import MatrixFacts
    from domain.recorded import Recorded
    from interfaces.importing.faults import Faults
    from interfaces.importing.official.matching import CellRead, Reading
    from interfaces.importing.source import Source


class MatrixCommands:
    """What a document changes, worked out before any of it is decided."""

    def __init__(
        self,
        source: Source,
        given: Given,
        state: str,
        known: str,
        revision: int,
        found: Reading,
        facts: MatrixFacts,
        on_record: OnRecord,
    ) -> None:
        self._source, self._given, self._found = source, given, found
        self._state, self._known, self._revision = state, known, revision
        self._key = source.sha256 if source.sheet is None else sha256(f"{source.sha256}:{source.sheet}".encode())
        self._document = f"matrix-{state.lower()}-{self._key[:12]}"
        self._language = "fr" if found.french else "en"
        self._stands = facts.works(revision, [cell.field.cell for cell in found.cells])
        self._events = facts.facts.at({each.position for each in self._stands.values()})
        self._now = Now(on_record.record)

    def placed(self, faults: Faults) -> Iterator[Placed]:
        """Yield the document, its cells and its remarks as commands; say what became of all that was read."""
        refused = [cell for cell in self._found.cells if cell.value is None]
        good = [cell for cell in self._found.cells if cell.value is not None]
        new = [cell for cell in good if not self._is_there(cell)]
        remarks = {row: "\n".join(texts) for row, texts in self._found.remarks.items()}
        remarks = {
            row: text for row, text in remarks.items() if text != self._now.remark(self._state, self._revision, row)
        }
        self._say(faults, refused, new, len(good) - len(new), len(remarks))
        faults.counts.on_record = len(good) - len(new)
        if not new and not remarks:
            return
        yield self._registered()
        if new:
            yield Placed(
                AssessCells(
                    id=f"import:{self._key}:cells",
                    actor=self._given.actor,
                    known=self._known,
                    synthetic=self._given.synthetic,
                    state=self._state,
                    revision=self._revision,
                    cells=tuple(self._assessed(cell) for cell in new),
                ),
                tuple(cell.row for cell in new),
                places=tuple(cell.place for cell in new),
            )
        for (section, item), text in remarks.items():
            row, place = self._found.places[section, item]
            yield Placed(
                RemarkRow(
                    id=f"import:{self._key}:{section}-{item}",
                    actor=self._given.actor,
                    known=self._known,
                    synthetic=self._given.synthetic,
                    state=self._state,
                    revision=self._revision,
                    section=section,
                    item=item,
                    remark=text,
                ),
                (row,),
                places=(place,),
            )

    def _registered(self) -> Placed:
        command = RegisterDocument(
            id=f"import:{self._key}:document",
            actor=self._given.actor,
            known=self._known,
            synthetic=self._given.synthetic,
            document=self._document,
            title=self._source.name,
            sha256=self._source.sha256,
            size=self._source.size,
            media_type=media_type_of(self._source),
            language=self._language,
        )
        return Placed(command, (1,), self._source.stream().read())

    def _assessed(self, cell: CellRead) -> AssessedCell:
        place = f"{cell.field.section} {cell.field.item}, {cell.field.weapon} {cell.field.aspect}, {cell.place}"
        cited = Citation(
            document_id=self._document,
            locator=place,
            quotation=cell.reference,
            language=self._language if cell.reference else "",
            translation="",
        )
        return AssessedCell(cell=cell.field.cell, value=cell.value or "", sources=(cited,))

    def _is_there(self, cell: CellRead) -> bool:
        """True where the cell says so already; a blank says no more than that nothing stands."""
        event = self._event(cell)
        if event is None:
            return not cell.value and not cell.reference
        body = cell_body(event)
        said = {tidy(each.quotation) for each in body.sources} | {tidy(reference_words(body.sources)), ""}
        return body.value == cell.value and cell.reference in said

    def _event(self, cell: CellRead) -> Recorded | None:
        stands = self._stands.get(cell.field.cell)
        return None if stands is None else self._events[stands.position]

    def _say(self, faults: Faults, refused: list[CellRead], new: list[CellRead], unchanged: int, remarks: int) -> None:
        found, name = self._found, self._source.name
        faults.say(
            name,
            f"{found.rows} rows: {found.matched} matched, {len(found.doubtful)} doubtful, {found.empty} blank; "
            f"tables that are none of a matrix: {found.skipped}",
        )
        faults.say(
            name,
            f"{len(found.cells)} cells read: {len(new)} new or changed, {unchanged} unchanged, {len(refused)} refused; "
            f"remarks that are new: {remarks}, refused: {len(found.remarks_refused)}",
        )
        for said in found.doubtful:
            faults.say(name, f"doubtful, not recorded: {said}")
        for cell in refused:
            faults.say(name, f"refused, {cell.place}: {_wrong(cell)}")
        for said in found.remarks_refused:
            faults.say(name, f"refused, {said}")


def _wrong(cell: CellRead) -> str:
    if cell.unreadable is not None:
        return f"{cell.field.cell}: {cell.unreadable}"
    allowed = ", ".join(each or "blank" for each in cell.field.allowed)
    return f"{cell.written!r} is no value of {cell.field.cell} ({allowed})"
