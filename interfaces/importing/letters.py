"""Letters as electronic mail (MIME) into the register of correspondence: the message itself, and what came with it.

The whole message is registered as a document, restricted, and so are its attachments and its text, which is thereby
found by its words. Addresses stay in these documents; the register says by whom the letter is, as whoever imports it
says.
"""

from __future__ import annotations

import re
from datetime import UTC
from email import message_from_bytes, policy
from email.errors import MessageDefect, MessageError, NoBoundaryInMultipartDefect, StartBoundaryNotFoundDefect
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple, cast

from domain.canonical import nfc, sha256
from domain.correspondence.letters import ReceiveLetter
from domain.document import RegisterDocument
from domain.refusals import MalformedInput, Refusal
from domain.times import text as instant_text
from interfaces.importing.commands import checked
from interfaces.importing.reading import Placed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from interfaces.importing.faults import Faults
    from interfaces.importing.reading import Given, OnRecord
    from interfaces.importing.source import Source

LARGEST = 64 * 1024 * 1024
MOST_PARTS = 200
_ADDRESS = re.compile(r"[^\s<>()\[\],;:]+@[^\s<>()\[\],;:]+")
_BROKEN = (NoBoundaryInMultipartDefect, StartBoundaryNotFoundDefect)
_STUMBLES = (
    MessageError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What the library raises over headers and parts that are none."""


class LetterUnfit(MalformedInput):
    """A message is not one, is damaged, or does not say what the register needs."""


class Attachment(NamedTuple):
    """A part of a message that is registered: its bytes, what it is called, and of what kind it is."""

    content: bytes
    title: str
    media_type: str


def read(source: Source, faults: Faults, given: Given, on_record: OnRecord) -> Iterator[Placed]:
    """Yield the documents of a message, and the letter that rests on them; what is wrong with it is a fault."""
    del on_record
    try:
        yield from _placed(source, given)
    except Refusal as refusal:
        faults.take(source.name, 1, refusal)


def _placed(source: Source, given: Given) -> Iterator[Placed]:
    if given.letter is None or given.sender is None:
        raise LetterUnfit(
            "which number it has and who sent it is not said",
            remedy="add --letter 2013/45 and --sender state:KEN, organization:NAME, sector:NAME or other:NAME",
        )
    if source.size > LARGEST:
        raise LetterUnfit(f"it has more than {LARGEST} bytes", remedy="register large attachments by themselves")
    content = source.stream().read()
    try:
        message = message_from_bytes(content, policy=policy.default)
        subject, sent, received = _headers(message)
        language = _language(message)
        parts = list(_parts(message))
    except _STUMBLES as error:
        raise LetterUnfit(f"it is no message that can be read ({type(error).__name__})") from None
    name = f"letter-{given.letter.replace('/', '-')}"
    said = given.known or (None if received is None else instant_text(received))
    if said is None:
        raise LetterUnfit("no header says when it was received", remedy="add --known DATE, the day it was received")
    whole = Attachment(content, f"Letter {given.letter}: {subject}", "message/rfc822")
    names: list[str] = []
    for number, each in enumerate([whole, *parts]):
        names.append(name if not number else f"{name}-{number}")
        yield Placed(_document(source, given, names[-1], each, sent, said, language), (1,), each.content)
    command = ReceiveLetter(
        id=f"import:{source.sha256}:letter",
        actor=given.actor,
        synthetic=given.synthetic,
        letter=given.letter,
        sender=given.sender,
        title=subject,
        received=said,
        dated=sent.date().isoformat(),
        language=language,
        documents=tuple(names),
    )
    yield Placed(checked(command), (1,))


def _headers(message: EmailMessage) -> tuple[str, datetime, datetime | None]:
    """Return the subject, when it was sent, and when the last machine on its way received it.

    Raises:
        LetterUnfit: one of the headers that every letter has is not there.
    """
    for name in ("From", "Date"):
        if message[name] is None:
            raise LetterUnfit(f"it has no header {name}", where=name, remedy="export the message as .eml, with headers")
    if any(isinstance(defect, _BROKEN) for defect in _defects(message)):
        raise LetterUnfit("its parts cannot be told apart: it was cut or changed on its way")
    subject = _ADDRESS.sub("[address]", nfc(" ".join(str(message["Subject"] or "").split())))
    way = cast("Sequence[str]", message.get_all("Received", []))
    stamp = str(way[0]).rpartition(";")[2].strip() if way else ""
    return (
        subject[:1000] or "Without a subject",
        parsedate_to_datetime(str(message["Date"])),
        _aware(parsedate_to_datetime(stamp)) if stamp else None,
    )


def _aware(moment: datetime) -> datetime:
    """Return a moment with a zone: what says none is meant in UTC."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _language(message: EmailMessage) -> str:
    """Return the language that a message or one of its parts says it is in, or the code for none that is said."""
    said = (part["Content-Language"] for part in cast("Iterator[EmailMessage]", message.walk()))
    return next((str(each) for each in said if each), "und").partition("-")[0].strip().lower()


def _defects(message: EmailMessage) -> Iterator[MessageDefect]:
    yield from cast("Sequence[MessageDefect]", message.defects)


def _parts(message: EmailMessage) -> Iterator[Attachment]:
    """Yield the text of a message and its attachments, those of an enclosed message within it."""
    count = 0
    for part in cast("Iterator[EmailMessage]", message.walk()):
        count += 1
        if count > MOST_PARTS:
            raise LetterUnfit(f"it has more than {MOST_PARTS} parts")
        if part.is_multipart():
            continue
        kind, file = part.get_content_type(), part.get_filename()
        if file is None and kind == "text/plain":
            text = nfc(_text(part).replace("\r\n", "\n"))
            if text.strip():
                yield Attachment(text.encode(errors="replace"), "Text of the letter", kind)
        elif file is not None or not kind.startswith("text/"):
            content = part.get_payload(decode=True)
            title = _ADDRESS.sub("[address]", nfc(" ".join(file.split()))) if file else f"Part {count}"
            yield Attachment(content if isinstance(content, bytes) else b"", f"Attachment: {title}"[:500], kind)


def _text(part: EmailMessage) -> str:
    """Return the text of a part, also where it names an alphabet that nobody knows."""
    try:
        return str(part.get_content())
    except (LookupError, ValueError):
        content = part.get_payload(decode=True)
        return content.decode(errors="replace") if isinstance(content, bytes) else ""


def _document(
    source: Source, given: Given, name: str, part: Attachment, sent: datetime, received: str, language: str
) -> RegisterDocument:
    command = RegisterDocument(
        id=f"import:{source.sha256}:{name}",
        actor=given.actor,
        synthetic=given.synthetic,
        document=name,
        title=part.title,
        sha256=sha256(part.content),
        size=len(part.content),
        media_type=part.media_type,
        language=language,
        source="correspondence",
        dated=sent.date().isoformat(),
        received_at=received,
        sender=given.sender or "",
    )
    return checked(command)
