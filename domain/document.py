"""Document: bytes in the store, named by hash, with all that a reader needs to find and trust them."""

from typing import ClassVar

from msgspec.structs import replace

from domain import content
from domain.audiences import COMMITTEE, PUBLIC
from domain.content import Content
from domain.deciding import Command, Context, fold_of, received_date
from domain.recorded import Decided, Draft, Event, Recorded, RecordedInError
from domain.refusals import Conflict, MalformedInput, NotFound
from domain.values import Date, Instant, Name, Offset, Sha256

DISTRIBUTIONS = ("general", "limited", "restricted")


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


def check(event: DocumentRegistered | DocumentWithdrawn, context: Context) -> None:
    """Refuse a document registered twice or without its bytes, and what is said of one that is not as it says."""
    match event:
        case DocumentRegistered():
            _check_registration(event, context)
        case DocumentWithdrawn():
            registered(context, event.document)
            if event.replaced_by == event.document:
                raise Conflict(f"document {event.document} cannot replace itself", where="replaced_by")
            if event.replaced_by is not None:
                registered(context, event.replaced_by, where="replaced_by")


def _check_registration(event: DocumentRegistered, context: Context) -> None:
    if fold_of(context.standing(stream(event.document)), DocumentRegistered):
        raise Conflict(f"document {event.document} is registered already", remedy="use another id")
    content.check(event.content, event.document, event.size, event.distribution, context)
    if event.distribution not in DISTRIBUTIONS:
        raise MalformedInput(
            f"{event.distribution!r} is no distribution", where="distribution", remedy=", ".join(DISTRIBUTIONS)
        )
    if event.translation_of is not None:
        registered(context, event.translation_of, where="translation_of")


def registered(context: Context, document: str, *, where: str = "document") -> Recorded:
    """Return the standing registration of a document.

    Raises:
        NotFound: none stands; `where` says which member named it.
    """
    found = fold_of(context.standing(stream(document)), DocumentRegistered)
    if not found:
        raise NotFound(f"document {document} is not on record", where=where, remedy="register it first")
    return found[-1]


def withdraw(command: WithdrawDocument, context: Context) -> Decided:
    """Record a withdrawal; what replaces the document is another one on record."""
    event = DocumentWithdrawn(document=command.document, reason=command.reason, replaced_by=command.replaced_by)
    check(event, context)
    found = registered(context, event.document)
    return Decided((Draft(stream=stream(event.document), event=event, audience=found.header.audience),))
