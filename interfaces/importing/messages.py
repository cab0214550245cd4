"""Electronic mail (MIME) taken apart: what its headers say, its text, and what was attached to it."""

from __future__ import annotations

import re
from datetime import UTC
from email import message_from_bytes, policy
from email.errors import MessageDefect, MessageError, NoBoundaryInMultipartDefect, StartBoundaryNotFoundDefect
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple, cast

from domain.canonical import nfc
from domain.refusals import MalformedInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

MEDIA_TYPE = "message/rfc822"
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
    """A part of a message: its bytes, the name that it came with, if it has one, and of what kind it is."""

    content: bytes
    name: str
    media_type: str


class Message(NamedTuple):
    """A message: its subject, when it was sent and received, its language, and its parts in their order."""

    subject: str
    sent: datetime
    received: datetime | None
    language: str
    parts: tuple[Attachment, ...]


def parsed(content: bytes) -> Message:
    """Return what a message holds.

    Raises:
        LetterUnfit: it is none, is damaged, or does not say what the register needs.
    """
    try:
        message = message_from_bytes(content, policy=policy.default)
        return Message(*_headers(message), _language(message), tuple(_parts(message)))
    except _STUMBLES as error:
        raise LetterUnfit(f"it is no message that can be read ({type(error).__name__})") from None


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
                yield Attachment(text.encode(errors="replace"), "", kind)
        elif file is not None or not kind.startswith("text/"):
            content = part.get_payload(decode=True)
            title = _ADDRESS.sub("[address]", nfc(" ".join(file.split()))) if file else f"Part {count}"
            yield Attachment(content if isinstance(content, bytes) else b"", title[:500], kind)


def _text(part: EmailMessage) -> str:
    """Return the text of a part, also where it names an alphabet that nobody knows."""
    try:
        return str(part.get_content())
    except (LookupError, ValueError):
        content = part.get_payload(decode=True)
        return content.decode(errors="replace") if isinstance(content, bytes) else ""
