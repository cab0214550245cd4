"""The texts on record that can be searched: names of States, documents and what they say, cells, remarks, decisions.

Nothing that is there to reach a person is among them: no sender, no actor, no contact.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Literal

from domain import corrected_reading, document
from domain.corrected_reading import DocumentReadAgain
from domain.decision import DecisionProposed
from domain.document import DocumentRegistered
from domain.matrix.events import CellAssessed, CellConfirmed, CellCorrected, RowRemarked
from domain.recorded import Recorded
from domain.refusals import MalformedInput
from domain.standing import Cut
from domain.state import StateRegistered, StateRenamed
from domain.submission import NoChangeDeclared, SubmissionRead, SubmissionReceived, SubmissionWithdrawn
from projections.engine.view import Columns, Lookup, View

Kind = Literal["state", "document", "text", "cell", "remark", "decision", "submission"]
LONGEST = 100_000
"""Characters of a document's text that are searched together: some forty pages."""

UNSEARCHED = "sealed"
"""The part that a sealed document has: what it says is never in a table, where it would lie readable."""


class TextColumns(Columns, frozen=True, kw_only=True):
    """A text: of which kind of thing, `where` that is, which part of it, and what it says."""

    kind: Kind
    where: str
    part: str
    text: str
    state: str | None = None
    revision: int | None = None


def rows(event: Recorded, lookup: Lookup) -> Iterable[TextColumns]:
    """Yield the texts of an event; what is empty is none, but for the place of a text that is sealed."""
    found = (*_of_the_committee(event), *_of_documents(event, lookup))
    return (each for each in found if each.text or each.part == UNSEARCHED)


def _of_the_committee(event: Recorded) -> Iterator[TextColumns]:
    match event.body:
        case StateRegistered() | StateRenamed() as body:
            yield TextColumns(kind="state", where=body.state, part="name", text=body.name, state=body.state)
            yield TextColumns(
                kind="state", where=body.state, part="name in French", text=body.name_fr, state=body.state
            )
        case CellAssessed() | CellCorrected() | CellConfirmed() as body:
            yield from _of_cell(body)
        case RowRemarked() as body:
            yield TextColumns(
                kind="remark",
                where=f"{body.state}/{body.revision} {body.section}-{body.item}",
                part="remark",
                text=body.remark,
                state=body.state,
                revision=body.revision,
            )
        case DecisionProposed() as body:
            yield TextColumns(kind="decision", where=body.decision, part="title", text=body.title)
            for item in body.items:
                yield TextColumns(kind="decision", where=body.decision, part=f"item {item.number}", text=item.text)
        case SubmissionReceived() as body:
            said = {"kind": body.kind, "note": body.note}
            for part, text in said.items():
                yield TextColumns(kind="submission", where=body.submission, part=part, text=text, state=body.state)
        case NoChangeDeclared() as body:
            text = f"no change since {body.since}"
            yield TextColumns(kind="submission", where=body.submission, part="kind", text=text, state=body.state)
        case SubmissionRead() as body:
            yield TextColumns(kind="submission", where=body.submission, part="note", text=body.note)
        case SubmissionWithdrawn() as body:
            yield TextColumns(kind="submission", where=body.submission, part="reason", text=body.reason)
        case _:
            pass


def _of_cell(body: CellAssessed | CellCorrected | CellConfirmed) -> Iterator[TextColumns]:
    said = [("note", body.note)]
    if not isinstance(body, CellConfirmed):
        said += [("quotation", source.quotation) for source in body.sources]
        said += [("translation", source.translation) for source in body.sources]
    for part, text in said:
        yield TextColumns(
            kind="cell",
            where=f"{body.state}/{body.revision} {body.cell}",
            part=part,
            text=text,
            state=body.state,
            revision=body.revision,
        )


def _of_documents(event: Recorded, lookup: Lookup) -> Iterator[TextColumns]:
    match event.body:
        case DocumentRegistered() as body:
            yield TextColumns(kind="document", where=body.document, part="title", text=body.title)
            yield TextColumns(kind="document", where=body.document, part="symbol", text=body.symbol or "")
            if body.content.commitment is not None:
                yield TextColumns(kind="text", where=body.document, part=UNSEARCHED, text="")
            if body.media_type.partition(";")[0].strip() == "text/plain":
                yield from of_text(body.document, "text", _stored(body, lookup))
        case DocumentReadAgain() as body:
            # As it was when this was recorded, the registration is the same at any later time.
            before = lookup.history(document.stream(body.document)).standing(Cut(position=event.position - 1))
            for registered in [each.body for each in before if isinstance(each.body, DocumentRegistered)][-1:]:
                with suppress(MalformedInput):  # a mistaken correction of a reading may not fit the original
                    read = corrected_reading.corrected(_stored(registered, lookup), body.mended)
                    yield from of_text(body.document, "corrected reading", read)
        case _:
            pass


def _stored(body: DocumentRegistered, lookup: Lookup) -> str:
    stored = None if body.content.sha256 is None else lookup.document(body.content.sha256)
    return "" if stored is None else stored.decode(errors="replace")


def of_text(name: str, part: str, text: str) -> Iterator[TextColumns]:
    """Yield a document's text, a long one in parts that end with a line where they can."""
    start = 0
    while start < len(text):
        end = min(start + LONGEST, len(text))
        if end < len(text):
            end = text.rfind("\n", start, end) + 1 or end
        whole = end - start == len(text)
        yield TextColumns(
            kind="text", where=name, part=part if whole else f"{part}, {start}-{end}", text=text[start:end]
        )
        start = end


VIEW = View(
    name="texts",
    version=2,
    columns=TextColumns,
    follows=(
        CellAssessed,
        CellConfirmed,
        CellCorrected,
        DecisionProposed,
        DocumentReadAgain,
        DocumentRegistered,
        NoChangeDeclared,
        RowRemarked,
        StateRegistered,
        StateRenamed,
        SubmissionRead,
        SubmissionReceived,
        SubmissionWithdrawn,
    ),
    rows=rows,
    indexes=(("kind", "state"),),
    full_text="text",
)
