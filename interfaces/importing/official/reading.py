"""A country matrix in a document, read into commands: the document itself is registered, and is what its cells cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.document import RegisterDocument
from domain.matrix.cells import cell_body
from domain.matrix.commands import AssessCells, AssessedCell, RemarkRow
from domain.matrix.events import Source as Citation
from domain.matrix.facts import FactsOnRecord
from domain.matrix.reading import MatrixFacts
from domain.standing import Cut
from domain.times import parse
from interfaces.exporting.matrix_layout import reference as reference_words
from interfaces.importing import office
from interfaces.importing.comparing import Now
from interfaces.importing.official.matching import CellRead, Reading, read_grids
from interfaces.importing.official.tables import grids
from interfaces.importing.reading import Given, OnRecord, Placed
from interfaces.importing.returned import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile

    from domain.recorded import Recorded
    from interfaces.importing.faults import Faults
    from interfaces.importing.source import Source

DOCUMENT = "word/document.xml"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OURS = b'w:val="taken_at"'


def is_document(source: Source) -> bool:
    """Return whether a file is an Office document.

    Raises:
        OfficeFileRefused: it is an Office file that cannot be opened safely.
    """
    if not office.is_office(source.stream()):
        return False
    with office.opened(source.stream(), source.name) as archive:
        return DOCUMENT in archive.namelist()


def read(source: Source, faults: Faults, given: Given, on_record: OnRecord) -> Iterator[Placed]:
    """Yield the commands of a document; doubtful rows and values that are none are said, and left out."""
    with office.opened(source.stream(), source.name) as archive:
        matrix = _matrix(source, archive, faults, given, on_record)
        if matrix is None:
            return
        for each in office.ignored(archive):
            faults.say(source.name, each)
        state, known, revision = matrix
        facts = MatrixFacts(FactsOnRecord(on_record.record), state, Cut(known_at=parse(known)[0]))
        opened = facts.opening(revision)
        if opened is None:
            faults.add(source.name, 1, "", f"revision {revision} of {state} is not open on record")
            return
        found = read_grids(grids(archive, source.name), facts.fields(opened.template))
    if not found.cells:
        what = f"no table of it is one of a matrix on template {opened.template}"
        faults.add(source.name, 1, "", what, "see docs/how-to/exchange-matrices.md for the layout")
        return
    yield from _Commands(source, given, state, known, revision, found, facts, on_record).placed(faults)


def _matrix(
    source: Source, archive: ZipFile, faults: Faults, given: Given, on_record: OnRecord
) -> tuple[str, str, int] | None:
    """Return State, known date and revision, or None where they are not said, which is then a fault."""
    if OURS in archive.read(DOCUMENT):
        faults.add(source.name, 1, "", "we exported it ourselves", "what was changed in it: `ledger1540 enter FILE`")
    elif given.state is None or given.known is None:
        missing = "--state" if given.state is None else "--known"
        faults.add(source.name, 1, missing, "a matrix in a document", "say --state KEN and --known DATE")
    elif not on_record.has_state(given.state):
        faults.add(source.name, 1, "--state", f"State {given.state} is not on record")
    else:
        revision = on_record.working_revision(given.state, given.known)
        if revision is not None:
            return given.state, given.known, revision
        what = f"{given.state} has no revision opened and not withdrawn by {given.known}"
        faults.add(source.name, 1, "--known", what, "open one no later than that")
    return None


class _Commands:
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
        self._document = f"matrix-{state.lower()}-{source.sha256[:12]}"
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
                    id=f"import:{self._source.sha256}:cells",
                    actor=self._given.actor,
                    known=self._known,
                    synthetic=self._given.synthetic,
                    state=self._state,
                    revision=self._revision,
                    cells=tuple(self._assessed(cell) for cell in new),
                ),
                tuple(cell.row for cell in new),
            )
        for (section, item), text in remarks.items():
            yield Placed(
                RemarkRow(
                    id=f"import:{self._source.sha256}:{section}-{item}",
                    actor=self._given.actor,
                    known=self._known,
                    synthetic=self._given.synthetic,
                    state=self._state,
                    revision=self._revision,
                    section=section,
                    item=item,
                    remark=text,
                ),
                (self._found.places[section, item],),
            )

    def _registered(self) -> Placed:
        command = RegisterDocument(
            id=f"import:{self._source.sha256}:document",
            actor=self._given.actor,
            known=self._known,
            synthetic=self._given.synthetic,
            document=self._document,
            title=self._source.name,
            sha256=self._source.sha256,
            size=self._source.size,
            media_type=MEDIA_TYPE,
            language=self._language,
        )
        return Placed(command, (1,), self._source.stream().read())

    def _assessed(self, cell: CellRead) -> AssessedCell:
        place = f"{cell.field.section} {cell.field.item}, {cell.field.weapon} {cell.field.aspect}, row {cell.row}"
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
            f"remarks that are new: {remarks}",
        )
        for said in found.doubtful:
            faults.say(name, f"doubtful, not recorded: {said}")
        for cell in refused:
            allowed = ", ".join(each or "blank" for each in cell.field.allowed)
            faults.say(name, f"refused, row {cell.row}: {cell.written!r} is no value of {cell.field.cell} ({allowed})")
