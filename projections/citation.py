"""A matrix as a file that can be cited: what it is, as of when, at which position under which root, and the notice."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from domain.matrix.cells import cell_body
from domain.matrix.events import MatrixApproved, Source
from domain.recorded import Recorded
from domain.template import LegendEntry, by_cell
from domain.values import Instant, Reading, Standing
from ledger.record import Record
from projections.claims import Claims, LateBatch, claims_of_cells
from projections.matrix import CellView, Matrix
from projections.question import Question
from projections.sheets import csv_of
from projections.states import name_of

COLUMNS = (
    "cell",
    "obligation",
    "confidence_of_row",
    "stands",
    "value",
    "known_at",
    "known_precision",
    "recorded_at",
    "position",
    "event_id",
    "claimed_by_import",
    "sources",
    "in_force_from",
    "in_force_to",
    "note",
    "carried_from",
    "corrected_by",
    "later_fact",
    "differs_in_other_reading",
    "state",
    "revision",
    "taken_at",
    "document",
    "locator",
    "quotation",
    "language",
    "translation",
    "known",
    "reason",
    "comment",
)
"""The columns of a cell. `document` to `translation` are its first source, as columns that can be edited.

`known`, `reason` and `comment` are for whoever edits it: when the Committee knew, why what stands was an error, and
what the State says. `taken_at` is the position that the file was made at.
"""


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """How to cite a matrix. `root` is the RFC 6962 root of the log at `position`; `checkpoint` waits for the signer.

    `claimed_by_import` names by cell the batch of late history whose claims its dates are; `batches` tells of those.
    """

    log: str
    state: str
    name: str
    as_of: str | None
    known_cut: Instant
    position: int
    recorded_at: Instant | None
    root: str
    checkpoint: str | None
    standing: Standing
    reading: Reading
    in_force_on: str | None
    revision: int | None
    manifest: str | None
    decision: str | None
    template: str | None
    rows_verified: int | None
    rows: int | None
    legend: tuple[LegendEntry, ...] | None
    notice: str | None
    synthetic: bool
    batches: tuple[LateBatch, ...]
    claimed_by_import: Mapping[str, str]


def citation(question: Question, matrix: Matrix, record: Record) -> Citation:
    """Return how to cite a matrix."""
    view, template = matrix.view, matrix.answer.template
    on, claims = question.axes.in_force_on, Claims(record)
    claimed = claims_of_cells(claims, question, view.cells)
    return Citation(
        log=record.origin,
        state=view.state,
        name=name_of(record, view.state, question.axes.cut),
        as_of=view.as_of,
        known_cut=view.known_cut,
        position=view.recorded_by.position,
        recorded_at=view.recorded_by.recorded_at,
        root=record.root(view.recorded_by.position).hex(),
        checkpoint=None,
        standing=view.standing,
        reading=view.reading,
        in_force_on=None if on is None else on.isoformat(),
        revision=view.revision,
        manifest=matrix.answer.manifest,
        decision=_decision(question, view.standing),
        template=view.template,
        rows_verified=None if template is None else sum(f.confidence == "verified" for f in template.fields),
        rows=None if template is None else len(template.fields),
        legend=view.legend,
        notice=view.notice,
        synthetic=view.synthetic,
        batches=claims.batches,
        claimed_by_import=claimed,
    )


def _decision(question: Question, standing: Standing) -> str | None:
    """Return the decision that an approved matrix rests on, for who may read of the approval."""
    act = question.matrix().act_of(standing) if standing == "approved" else None
    event = None if act is None else question.facts.event(act.event_id)
    if event is None or not isinstance(event.body, MatrixApproved) or not question.rights.may(event):
        return None
    return event.body.decision_id


def matrix_json(cited: Citation, matrix: Matrix) -> bytes:
    """Return a matrix as JSON, its citation first."""
    data = msgspec.json.encode({"citation": cited, "matrix": matrix.view})
    return msgspec.json.format(data, indent=2) + b"\n"


def matrix_csv(cited: Citation, matrix: Matrix) -> bytes:
    """Return a matrix as CSV: lines of citation, an empty line, then a header and a line for each cell."""
    return csv_of((*citation_rows(cited), (), COLUMNS, *cell_rows(cited, matrix)))


def citation_rows(cited: Citation) -> Iterable[Sequence[str]]:
    """Yield the citation as rows of a table: a name and what it says."""
    if cited.synthetic:
        yield "SYNTHETIC", "This content is made up; it states no fact about a real State."
    for name in cited.__struct_fields__:
        value = getattr(cited, name)
        if name == "legend":
            yield from (("legend", entry.value, entry.meaning) for entry in cited.legend or ())
        elif name == "synthetic":
            yield name, str(value).lower()
        elif name == "batches":
            yield from (("import_batch", b.batch, b.imported_by, b.recorded_at) for b in cited.batches)
        elif name == "claimed_by_import":
            continue  # has a column of its own
        else:
            yield name, "" if value is None else str(value)


def cell_rows(cited: Citation, matrix: Matrix) -> Iterable[Sequence[str]]:
    """Yield a row for each cell of a matrix, in the order of `COLUMNS`."""
    if matrix.answer.template is None:
        return
    fields = by_cell(matrix.answer.template)
    shown = {each.cell: each.event for each in matrix.answer.cells}
    for cell in matrix.view.cells:
        field, carried = fields[cell.cell], cell.carried_from
        yield (
            cell.cell,
            field.label,
            field.confidence,
            _stands(cell),
            cell.value or "",
            cell.known_at or "",
            cell.known_precision or "",
            cell.recorded_at or "",
            "" if cell.position is None else str(cell.position),
            cell.event_id or "",
            cited.claimed_by_import.get(cell.cell, ""),
            source_words(cell.sources or ()),
            *_body_words(cell, shown[cell.cell]),
            "" if carried is None else f"{carried.revision} {carried.cell}",
            cell.corrected_by or "",
            cell.later_fact or "",
            "yes" if cell.cell in matrix.view.differs else "",
            cited.state,
            str(cited.revision),
            str(cited.position),
            *first_source(cell.sources or ()),
            "",
            "",
            "",
        )


def _stands(cell: CellView) -> str:
    return "withheld" if cell.withheld else "no" if cell.event_id is None else "yes"


def _body_words(cell: CellView, event: Recorded | None) -> tuple[str, str, str]:
    """Return the in-force dates and the note of what a cell shows; nothing where it is withheld or blanked."""
    if event is None or cell.event_id is None:
        return "", "", ""
    body = cell_body(event)
    return body.in_force_from or "", body.in_force_to or "", body.note


def first_source(sources: Sequence[Source]) -> tuple[str, str, str, str, str]:
    """Return the members of the first source, in the order of their columns."""
    if not sources:
        return "", "", "", "", ""
    first = sources[0]
    return first.document_id, first.locator, first.quotation, first.language, first.translation


def source_words(sources: Sequence[Source]) -> str:
    """Return all sources in one line."""
    return "; ".join(_source(source) for source in sources)


def _source(source: Source) -> str:
    words = f", “{source.quotation}” [{source.language}]" if source.quotation else ""
    meaning = f", unofficial translation: “{source.translation}”" if source.translation else ""
    return f"{source.document_id}, {source.locator}{words}{meaning}"
