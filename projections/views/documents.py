"""Every registered document: symbol, dates, language, sender, size, corrected readings, and if it was withdrawn."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from domain.corrected_reading import DocumentReadAgain
from domain.document import DocumentRegistered, DocumentWithdrawn
from domain.recorded import Recorded
from domain.values import Date, Instant, Precision
from projections.engine.answering import Answered, Asking, answer, over
from projections.engine.view import Columns, Lookup, Row, View


class DocumentColumns(Columns, frozen=True, kw_only=True):
    """What an event says of a document; only a registration says more than `what` it is."""

    document: str
    what: Literal["registered", "reading corrected", "withdrawn"]
    title: str | None = None
    symbol: str | None = None
    dated: Date | None = None
    received_at: Instant | None = None
    language: str | None = None
    media_type: str | None = None
    sender: str | None = None
    size: int | None = None
    distribution: str | None = None
    reason: str | None = None
    replaced_by: str | None = None


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document as it is known at the place asked; `readings` counts the corrected readings beside the original."""

    document: str
    title: str | None
    symbol: str | None
    dated: Date | None
    received_at: Instant | None
    language: str | None
    media_type: str | None
    sender: str | None
    size: int | None
    distribution: str | None
    event_id: str
    position: int
    known_at: Instant
    known_precision: Precision
    recorded_at: Instant
    synthetic: bool
    readings: int = 0
    withdrawn: str | None = None
    replaced_by: str | None = None


class Documents(Answered, frozen=True, kw_only=True):
    """All documents, by id."""

    documents: tuple[Document, ...]


def rows(event: Recorded, lookup: Lookup) -> Iterable[DocumentColumns]:
    """Yield what an event says of a document."""
    del lookup
    match event.body:
        case DocumentRegistered() as body:
            yield DocumentColumns(what="registered", **{name: getattr(body, name) for name in _SAME})
        case DocumentReadAgain() as body:
            yield DocumentColumns(document=body.document, what="reading corrected")
        case DocumentWithdrawn() as body:
            yield DocumentColumns(
                document=body.document, what="withdrawn", reason=body.reason, replaced_by=body.replaced_by
            )
        case _:
            pass


_SAME = tuple(name for name in DocumentColumns.__struct_fields__ if name in DocumentRegistered.__struct_fields__)
VIEW = View(
    name="documents",
    version=1,
    columns=DocumentColumns,
    follows=(DocumentRegistered, DocumentReadAgain, DocumentWithdrawn),
    rows=rows,
    indexes=(("document",), ("symbol",)),
)


def documents(asking: Asking) -> Documents:
    """Return all documents that are registered at the place asked, as the reader may see them."""
    found: dict[str, Document] = {}
    shown, withheld = asking.see(VIEW)
    for row in shown:
        of, before = row.of, found.get(row.of.document)
        match of.what:
            case "registered":
                found[of.document] = _document(row)
            case "reading corrected" if before is not None:
                found[of.document] = msgspec.structs.replace(before, readings=before.readings + 1)
            case "withdrawn" if before is not None:
                changed = msgspec.structs.replace(before, withdrawn=of.reason, replaced_by=of.replaced_by)
                found[of.document] = changed
            case _:
                pass
    listed = tuple(found[name] for name in sorted(found))
    return answer(Documents, over(asking, withheld, any(each.synthetic for each in listed)), documents=listed)


def _document(row: Row[DocumentColumns]) -> Document:
    return Document(
        **{name: getattr(row.of, name) for name in _SAME},
        event_id=row.event_id,
        position=row.position,
        known_at=row.known_at,
        known_precision=row.known_precision,
        recorded_at=row.recorded_at,
        synthetic=row.synthetic,
    )
