"""A corrected reading of a scanned document, passage by passage, beside the original."""

from typing import ClassVar

import msgspec

from domain.deciding import Command, Context
from domain.document import DocumentRegistered, registered, stream
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import MalformedInput, NotFound
from domain.values import Name, Offset


class Mended(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One mended passage: offsets in code points of the original, what stands there, what it should say."""

    start: Offset
    end: Offset
    original: str
    corrected: str


class ReadAgain(Command, frozen=True, kw_only=True, tag="correct-reading"):
    """Put a corrected reading of a scanned document beside the original."""

    document: Name
    mended: tuple[Mended, ...]


class DocumentReadAgain(Event, frozen=True, kw_only=True):
    """A corrected reading stands beside the original, passage by passage."""

    TYPE: ClassVar[str] = "document.reading-corrected"
    document: Name
    mended: tuple[Mended, ...]


EVENTS: tuple[type[Event], ...] = (DocumentReadAgain,)


def read_again(command: ReadAgain, context: Context) -> Decided:
    """Record a corrected reading whose offsets agree with the stored original."""
    event = DocumentReadAgain(document=command.document, mended=command.mended)
    check(event, context)
    found = registered(context, event.document)
    return Decided((Draft(stream=stream(event.document), event=event, audience=found.header.audience),))


def check(event: DocumentReadAgain, context: Context) -> None:
    """Refuse passages that do not hold the words they claim in the text of the original."""
    corrected(text_of(context, registered(context, event.document)), event.mended)


def text_of(context: Context, registration: Recorded) -> str:
    """Return the stored text of a registered document, to which offsets refer.

    Raises:
        NotFound: its bytes are not in the store, as the text of a sealed document never is.
        MalformedInput: its bytes are not UTF-8.
    """
    body = registration.body
    assert isinstance(body, DocumentRegistered)  # noqa: S101 - `registered` returns nothing else
    if body.content.sha256 is None:
        raise NotFound(
            f"{body.document} is sealed: its text is not in the store to be compared with",
            where="document",
            remedy="what a sealed document says is not written beside it in the record",
        )
    stored = context.record.document(body.content.sha256)
    if stored is None:
        raise NotFound(f"the bytes of {body.document} are not in the store", where="document")
    try:
        return stored.decode()
    except UnicodeDecodeError:
        raise MalformedInput(
            f"{body.document} is no text in UTF-8", where="document", remedy="register its text as a document"
        ) from None


def corrected(original: str, mended: tuple[Mended, ...]) -> str:
    """Return the corrected reading of `original`.

    Raises:
        MalformedInput: offsets that overlap, run backwards, lie outside, or do not hold the words they claim.
    """
    parts: list[str] = []
    end = 0
    for place, passage in enumerate(mended):
        stands = original.startswith(passage.original, passage.start)
        if passage.start < end or not stands or passage.end != passage.start + len(passage.original):
            raise MalformedInput("offsets and original words do not agree", where=f"mended[{place}]")
        parts += [original[end : passage.start], passage.corrected]
        end = passage.end
    return "".join([*parts, original[end:]])
