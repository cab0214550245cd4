"""Document: bytes in the store, named by hash, with all that a reader needs to find and trust them."""

from typing import ClassVar

import msgspec
from msgspec.structs import replace

from domain import sealed
from domain.audiences import COMMITTEE, PUBLIC
from domain.deciding import Command, Context, fold_of, received_date
from domain.recorded import Decided, Draft, Event, Recorded, RecordedInError
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.values import Date, Instant, Name, Offset, Sha256

DISTRIBUTIONS = ("general", "limited", "restricted")
SEALED = "restricted"
"""The distribution whose documents are stored sealed; what is limited goes to all delegations anyway."""


class Content(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the bytes are: `plain` with their SHA-256, or `sealed` with a commitment only."""

    kind: str
    sha256: Sha256 | None
    commitment: Sha256 | None


class Mended(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One mended passage: offsets in code points of the original, what stands there, what it should say."""

    start: Offset
    end: Offset
    original: str
    corrected: str


class Registering(Command, frozen=True, kw_only=True):
    """What is said of a document when it is registered, however its bytes are stored."""

    document: Name
    title: str
    size: int
    media_type: str
    language: str
    symbol: str | None = None
    source: str = ""
    dated: Date | None = None
    received_at: str | None = None
    sender: str = ""
    their_reference: str | None = None
    our_reference: str | None = None
    distribution: str = "restricted"
    translation_of: Name | None = None
    retrieved_at: Instant | None = None
    licence: str = ""


class RegisterDocument(Registering, frozen=True, kw_only=True, tag="register-document"):
    """Register a stored document; its bytes must be in the store already."""

    sha256: Sha256


class RegisterSealedDocument(Registering, frozen=True, kw_only=True, tag="register-sealed-document"):
    """Register a restricted document that is stored sealed, as `register` and `import` do."""

    commitment: Sha256


class ReadAgain(Command, frozen=True, kw_only=True, tag="correct-reading"):
    """Put a corrected reading of a scanned document beside the original."""

    document: Name
    mended: tuple[Mended, ...]


class WithdrawDocument(Command, frozen=True, kw_only=True, tag="withdraw-document"):
    """Record that a source was withdrawn by who issued it, or replaced; what rests on it does not change."""

    document: Name
    reason: str
    replaced_by: Name | None = None


class DocumentRegistered(Event, frozen=True, kw_only=True):
    """A document was registered."""

    TYPE: ClassVar[str] = "document.registered"
    document: Name
    title: str
    content: Content
    size: Offset
    media_type: str
    language: str
    symbol: str | None
    source: str
    dated: Date | None
    received_at: Instant | None
    sender: str
    their_reference: str | None
    our_reference: str | None
    distribution: str
    translation_of: Name | None
    retrieved_at: Instant | None
    licence: str


class DocumentReadAgain(Event, frozen=True, kw_only=True):
    """A corrected reading stands beside the original, passage by passage."""

    TYPE: ClassVar[str] = "document.reading-corrected"
    document: Name
    mended: tuple[Mended, ...]


class DocumentWithdrawn(Event, frozen=True, kw_only=True):
    """A document was withdrawn or replaced by who issued it."""

    TYPE: ClassVar[str] = "document.withdrawn"
    document: Name
    reason: str
    replaced_by: Name | None


class DocumentRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a document should never have been recorded."""

    TYPE: ClassVar[str] = "document.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (
    DocumentRegistered,
    DocumentReadAgain,
    DocumentWithdrawn,
    DocumentRecordedInError,
)


def stream(document: str) -> str:
    """Return the stream of a document."""
    return f"document/{document}"


def register(command: RegisterDocument | RegisterSealedDocument, context: Context) -> Decided:
    """Register a document; it is known when it was received."""
    received, precision = (None, None)
    if command.received_at is not None:
        received, precision = received_date(command, command.received_at, context, where="received_at")
    event = DocumentRegistered(
        document=command.document,
        title=command.title,
        content=_content(command),
        size=command.size,
        media_type=command.media_type,
        language=command.language,
        symbol=command.symbol,
        source=command.source,
        dated=command.dated,
        received_at=received,
        sender=command.sender,
        their_reference=command.their_reference,
        our_reference=command.our_reference,
        distribution=command.distribution,
        translation_of=command.translation_of,
        retrieved_at=command.retrieved_at,
        licence=command.licence,
    )
    check(event, context)
    draft = Draft(stream=stream(command.document), event=event, audience=audience(event))
    if command.known is None:
        draft = replace(draft, known_at=received, known_precision=precision)
    return Decided((draft,))


def _content(command: RegisterDocument | RegisterSealedDocument) -> Content:
    if isinstance(command, RegisterDocument):
        return Content(kind="plain", sha256=command.sha256, commitment=None)
    return Content(kind="sealed", sha256=None, commitment=command.commitment)


def audience(event: DocumentRegistered) -> tuple[str, ...]:
    """Return who may read a document of its distribution."""
    return PUBLIC if event.distribution == "general" else COMMITTEE


def check(event: DocumentRegistered | DocumentReadAgain | DocumentWithdrawn, context: Context) -> None:
    """Refuse a document registered twice or without its bytes, and what is said of one that is not as it says."""
    match event:
        case DocumentRegistered():
            _check_registration(event, context)
        case DocumentReadAgain():
            corrected(text_of(context, registered(context, event.document)), event.mended)
        case DocumentWithdrawn():
            registered(context, event.document)
            if event.replaced_by == event.document:
                raise Conflict(f"document {event.document} cannot replace itself", where="replaced_by")
            if event.replaced_by is not None:
                registered(context, event.replaced_by, where="replaced_by")


def _check_registration(event: DocumentRegistered, context: Context) -> None:
    if fold_of(context.standing(stream(event.document)), DocumentRegistered):
        raise Conflict(f"document {event.document} is registered already", remedy="use another id")
    _check_content(event, context)
    if event.distribution not in DISTRIBUTIONS:
        raise MalformedInput(
            f"{event.distribution!r} is no distribution", where="distribution", remedy=", ".join(DISTRIBUTIONS)
        )
    if event.translation_of is not None:
        registered(context, event.translation_of, where="translation_of")


def _check_content(event: DocumentRegistered, context: Context) -> None:
    """Refuse content that is neither plain nor sealed, that is not in the store, or sealed although others may read."""
    match event.content:
        case Content(kind="plain", sha256=str() as name, commitment=None):
            where, size = "sha256", event.size
        case Content(kind="sealed", sha256=None, commitment=str() as name):
            where, size = "commitment", event.size + sealed.OVERHEAD
            if event.distribution != SEALED:
                raise MalformedInput(
                    f"a document of {event.distribution} distribution is not sealed",
                    where="distribution",
                    remedy=f"restricted documents are; to change who reads {event.document}, register it anew",
                )
        case _:
            raise MalformedInput(
                "a document is plain, named by the hash of its bytes, or sealed, named by a commitment to them",
                where="content",
            )
    stored = context.record.document(name)
    if stored is None or len(stored) != size:
        raise NotFound(f"no {event.size} bytes with {where} {name} are in the store", where=where)


def name_of(content: Content) -> str:
    """Return under which name the bytes are stored, and put before the Committee: their hash, or the commitment."""
    return content.sha256 or content.commitment or ""


def registered(context: Context, document: str, *, where: str = "document") -> Recorded:
    """Return the standing registration of a document.

    Raises:
        NotFound: none stands; `where` says which member named it.
    """
    found = fold_of(context.standing(stream(document)), DocumentRegistered)
    if not found:
        raise NotFound(f"document {document} is not on record", where=where, remedy="register it first")
    return found[-1]


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


def read_again(command: ReadAgain, context: Context) -> Decided:
    """Record a corrected reading whose offsets agree with the stored original."""
    return _about(DocumentReadAgain(document=command.document, mended=command.mended), context)


def withdraw(command: WithdrawDocument, context: Context) -> Decided:
    """Record a withdrawal; what replaces the document is another one on record."""
    return _about(
        DocumentWithdrawn(document=command.document, reason=command.reason, replaced_by=command.replaced_by), context
    )


def _about(event: DocumentReadAgain | DocumentWithdrawn, context: Context) -> Decided:
    check(event, context)
    found = registered(context, event.document)
    return Decided((Draft(stream=stream(event.document), event=event, audience=found.header.audience),))
