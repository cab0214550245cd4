"""What comes back, read from a folder of messages: bounces by their status (RFC 3464), and replies of who is away."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from pathlib import Path
from typing import NamedTuple

import msgspec

from domain.canonical import sha256
from domain.contact.commands import BounceContact
from domain.contact.file import file_of
from domain.contact.file import stream as contact_stream
from domain.messages.commands import Came, ReturnMessage
from domain.messages.message import message_of, stream
from domain.messages.naming import command_key
from ledger.record import Record

_ID = re.compile(r"<([A-Za-z0-9._-]+)@[^>\s]+>")
_STATUS = re.compile(r"([245](?:\.[0-9]{1,3}){2})")
_LARGEST = 16 * 1024 * 1024


class Read(NamedTuple):
    """What a message that came says: which of ours it is about, what it is, and the status in it."""

    message_ids: tuple[str, ...]
    came: Came
    code: str | None


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """What one file told: of which message, or of none of ours; `recorded` unless it was on record before."""

    file: str
    message: str | None
    came: str | None
    code: str | None
    recorded: bool


def read(data: bytes) -> Read | None:
    """Return what a message says of one that was sent; None where it is neither a bounce nor an automatic reply."""
    message = message_from_bytes(data, policy=policy.default)
    if message.get_content_type() == "multipart/report":
        return _report(message)
    automatic = str(message.get("Auto-Submitted", "no")).lower()
    if automatic.startswith(("auto-replied", "auto-generated")) or message.get("X-Autoreply") is not None:
        return Read(_named(message, "In-Reply-To", "References"), "auto-reply", None)
    return None


def _report(message: EmailMessage) -> Read | None:
    """Return what a delivery report says; one of delay or success is no bounce."""
    failed: str | None = None
    ids: tuple[str, ...] = ()
    for part in message.walk():
        match part.get_content_type():
            case "message/delivery-status":
                failed = next(_failures(part), failed)
            case "message/rfc822":
                ids += tuple(name for each in part.iter_parts() for name in _named(each, "Message-ID"))
            case "text/rfc822-headers":
                ids += _named(message_from_bytes(part.get_content().encode(), policy=policy.default), "Message-ID")
            case _:
                pass
    if failed is None:
        return None
    ids = ids or _named(message, "In-Reply-To", "References")
    return Read(ids, "bounced-soft" if failed.startswith("4") else "bounced-hard", failed)


def _failures(part: Message) -> Iterator[str]:
    """Yield the status of every recipient to whom a message was not delivered."""
    for fields in part.walk():
        if str(fields.get("Action", "")).strip().lower() == "failed":
            status = _STATUS.search(str(fields.get("Status", "")))
            yield status[1] if status else "5.0.0"


def _named(message: Message, *headers: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for name in headers for found in _ID.findall(str(message.get(name, "")))))


def take(record: Record, folder: Path, *, actor: str) -> list[Returned]:
    """Record what the files of a folder say came back; a file read before records nothing twice, and all stay there."""
    paths = sorted(path for path in folder.iterdir() if path.is_file() and path.suffix == ".eml")
    return [_take(record, path, actor=actor) for path in paths if path.stat().st_size <= _LARGEST]


def _take(record: Record, path: Path, *, actor: str) -> Returned:
    data = path.read_bytes()
    found = read(data)
    if found is None:
        return Returned(file=path.name, message=None, came=None, code=None, recorded=False)
    for name in found.message_ids:
        message = message_of(record.history(stream(name)).standing())
        if message is None or not message.attempts:
            continue
        key = command_key(name, f"returned/{sha256(data)[:16]}")
        receipt = record.submit(ReturnMessage(id=key, actor=actor, message=name, came=found.came, code=found.code))
        if found.came == "bounced-hard":
            _bounce_contact(record, message.intended.addressee, found.code or "returned", key, actor)
        return Returned(file=path.name, message=name, came=found.came, code=found.code, recorded=not receipt.repeated)
    return Returned(file=path.name, message=None, came=found.came, code=found.code, recorded=False)


def _bounce_contact(record: Record, addressee: str, status: str, key: str, actor: str) -> None:
    """Say of a contact that mail came back, so that nothing more is sent there until somebody confirms it."""
    kind, _, contact = addressee.partition(":")
    if kind != "contact":
        return
    file = file_of(record.history(contact_stream(contact)).standing())
    if file.holds is not None and file.ended is None and file.erased is None:
        record.submit(BounceContact(id=f"{key}/contact", actor=actor, contact=contact, status=status))
