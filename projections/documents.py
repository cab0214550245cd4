"""One document: how it was registered, its corrected readings beside the original, and what cites it."""

import msgspec

from domain.access import Reader, may
from domain.content import Content
from domain.corrected_reading import DocumentReadAgain, Mended, corrected
from domain.disposed import STREAM, disposed_documents
from domain.document import DocumentRegistered, DocumentWithdrawn, stream
from domain.matrix.facts import Facts
from domain.recorded import Recorded
from domain.refusals import NotFound
from domain.standing import Cut
from domain.times import new_york_date
from domain.values import Date, Instant
from projections.axes import RecordedBy
from projections.claims import Claims, LateBatch
from projections.close import close_to
from projections.engine.answering import Asking
from projections.origin import Itself
from projections.rested import Resting
from projections.resting import WhatRests, what_rests_on


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A corrected reading of a scanned document, passage by passage."""

    event_id: str
    position: int
    known_at: Instant
    role: str
    claimed_by_import: str | None
    mended: tuple[Mended, ...]


class DocumentView(msgspec.Struct, frozen=True, kw_only=True):
    """A document as the reader may see it; withheld, only its id and what the headers tell.

    `claimed_by_import` names the batch of late history whose claim the registration is, null where recorded live;
    `sealed_name` is the subject or name that lies sealed with what it names, where that was opened for the reader.
    """

    document: str
    as_of: str | None
    known_cut: Instant
    recorded_by: RecordedBy
    synthetic: bool
    title: str | None = None
    sealed_name: str | None = None
    symbol: str | None = None
    language: str | None = None
    media_type: str | None = None
    size: int | None = None
    content: Content | None = None
    source: str | None = None
    sender: str | None = None
    dated: Date | None = None
    received_at: Instant | None = None
    their_reference: str | None = None
    our_reference: str | None = None
    distribution: str | None = None
    translation_of: str | None = None
    retrieved_at: Instant | None = None
    licence: str | None = None
    event_id: str | None = None
    position: int | None = None
    known_at: Instant | None = None
    recorded_at: Instant | None = None
    claimed_by_import: str | None = None
    withdrawn: str | None = None
    disposed: Date | None = None
    replaced_by: str | None = None
    readings: tuple[Reading, ...] = ()
    original: str | None = None
    corrected: str | None = None
    cited_by: tuple[Resting, ...] = ()
    citations_withheld: int = 0
    batches: tuple[LateBatch, ...] = ()
    withheld: bool = False


_SAME = tuple(
    name
    for name in DocumentRegistered.__struct_fields__
    if name in DocumentView.__struct_fields__ and name != "document"
)


def document(asking: Asking, facts: Facts, name: str) -> DocumentView:
    """Return a document, as the reader may see it.

    Raises:
        NotFound: no document of that name was known there.
    """
    axes, reader, now, record = asking.axes, asking.reader, asking.now, asking.source
    registered = registration(record, reader, now, name, axes.cut)
    events = record.history(stream(name)).standing(axes.cut)
    synthetic = record.simulation or any(event.header.synthetic for event in events)
    view = DocumentView(
        document=name,
        as_of=axes.as_of,
        known_cut=axes.cut.known_at,
        recorded_by=axes.recorded_by,
        synthetic=synthetic,
        withheld=True,
    )
    if not may(reader, registered.header, now):
        return view
    return _filled(record, view, registered, events, what_rests_on(asking, facts, name))


def registration(record: Itself, reader: Reader, now: str, name: str, cut: Cut) -> Recorded:
    """Return the registration of a document at a cut, whether or not the reader may see it.

    Raises:
        NotFound: no document of that name was known there.
    """
    events = record.history(stream(name)).standing(cut)
    registered = next((event for event in reversed(events) if isinstance(event.body, DocumentRegistered)), None)
    if registered is None:
        raise NotFound(
            f"no document {name!r} is on record there",
            where="DOCUMENT",
            remedy=close_to(name, _seen(record, reader, now)) or "it may be known later, or under another id",
        )
    return registered


def disposed_on(record: Itself, name: str) -> str | None:
    """Return on which day the bytes of a document were disposed of, whatever date is asked about."""
    found = disposed_documents(record.history(STREAM).standing()).get(name)
    return None if found is None else new_york_date(found.header.recorded_at).isoformat()


def _seen(record: Itself, reader: Reader, now: str) -> dict[str, str]:
    """Return the names of the documents that the reader may see."""
    names = [each.removeprefix("document/") for each in record.stream_names("document/")]
    return {each: each for each in names if may(reader, record.history(stream(each)).events[0].header, now)}


def _filled(
    record: Itself,
    view: DocumentView,
    registered: Recorded,
    events: tuple[Recorded, ...],
    rests: WhatRests,
) -> DocumentView:
    body = registered.body
    assert isinstance(body, DocumentRegistered)  # noqa: S101 - chosen above
    claims = Claims(record)
    claimed = claims.of(registered)
    readings = [_reading(e, b.mended, claims) for e in events if isinstance(b := e.body, DocumentReadAgain)]
    gone = next((e.body for e in reversed(events) if isinstance(e.body, DocumentWithdrawn)), None)
    original = _text(record, body) if readings else None
    return msgspec.structs.replace(
        view,
        **{name: getattr(body, name) for name in _SAME},
        event_id=registered.id,
        position=registered.position,
        known_at=registered.header.known_at,
        recorded_at=registered.header.recorded_at,
        claimed_by_import=claimed,
        withdrawn=None if gone is None else gone.reason,
        replaced_by=None if gone is None else gone.replaced_by,
        disposed=disposed_on(record, body.document),
        readings=tuple(readings),
        original=original,
        corrected=None if original is None else corrected(original, readings[-1].mended),
        cited_by=rests.resting,
        citations_withheld=rests.withheld,
        batches=claims.batches,
        withheld=False,
    )


def _reading(event: Recorded, mended: tuple[Mended, ...], claims: Claims) -> Reading:
    return Reading(
        event_id=event.id,
        position=event.position,
        known_at=event.header.known_at,
        role=event.header.role,
        claimed_by_import=claims.of(event),
        mended=mended,
    )


def _text(record: Itself, body: DocumentRegistered) -> str | None:
    data = None if body.content.sha256 is None else record.document(body.content.sha256)
    return None if data is None else data.decode(errors="replace")
