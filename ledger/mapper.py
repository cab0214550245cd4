"""Between events and their stored bytes: the one place where headers and bodies are encoded and decoded."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, ProgrammingError, StoredEvent

from domain.header import Header, decode_body, decode_header, encode_body, encode_header, leaf_hash
from domain.recorded import Disposed, Event, Recorded
from domain.refusals import Refusal
from ledger.refusals import EventDamaged
from ledger.upcast import upcast

BodyType = Callable[[str, int], type[Event]]


class Pending(Recorded, frozen=True):
    """An event about to be recorded, with the nonce that its header commits to."""

    nonce: bytes


class Stored(msgspec.Struct, frozen=True):
    """An event exactly as stored; body and nonce are None where the body has been disposed of."""

    position: int
    header: bytes
    body: bytes | None
    nonce: bytes | None


class Written(msgspec.Struct, frozen=True, gc=False):
    """All that the tables hold of one event, worked out once; no body where a mirror gets none that was disposed of."""

    position: int
    event_id: bytes
    stream: str
    version: int
    topic: str
    header: bytes
    body: bytes | None
    nonce: bytes | None
    leaf: bytes


@dataclass(frozen=True)
class Entry(StoredEvent):
    """What the library calls a stored event (its state is the body), with all that our tables hold beside it."""

    position: int
    event_id: bytes
    header: bytes
    nonce: bytes
    leaf: bytes

    def written(self) -> Written:
        """Return the same for our tables."""
        return Written(
            self.position,
            self.event_id,
            str(self.originator_id),
            self.originator_version,
            self.topic,
            self.header,
            self.state,
            self.nonce,
            self.leaf,
        )


class RecordMapper(Mapper[str]):
    """Turns events into stored bytes and back."""

    def __init__(self, body_type: BodyType) -> None:
        super().__init__(JSONTranscoder())
        self._body_type = body_type

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> Entry:
        """Return the stored form of a `Pending` event."""
        if not isinstance(domain_event, Pending):
            raise ProgrammingError("an event is stored with its nonce; commands record events")
        return entry(domain_event.header, encode_body(domain_event.body), domain_event.nonce)

    def to_domain_event(self, stored_event: StoredEvent) -> Recorded:
        """Return the event that a stored one holds."""
        if not isinstance(stored_event, Entry):
            raise ProgrammingError("a notification carries no header; read the entry at its position")
        return self.recorded(stored_event.position, stored_event.header, stored_event.state or None)

    def recorded(self, position: int, header: bytes, body: bytes | None) -> Recorded:
        """Return the event that stored bytes hold, its body as the newest version of its type, if it is still there.

        Raises:
            EventDamaged: the bytes are not canonical.
            Refusal: the type is not known to this program.
        """
        found = header_at(position, header)
        if body is None:
            return Recorded(found, Disposed())
        kind = self._body_type(found.type, found.type_version)
        try:
            return Recorded(found, upcast(decode_body(body, kind)))
        except Refusal as refusal:
            raise _damaged(position, "body", refusal) from refusal


def header_at(position: int, data: bytes) -> Header:
    """Return the header that is stored at a position.

    Raises:
        EventDamaged: the bytes are not canonical, or of an event at another position.
    """
    try:
        found = decode_header(data)
    except Refusal as refusal:
        raise _damaged(position, "header", refusal) from refusal
    if found.position != position:
        raise EventDamaged(f"the header stored here is that of position {found.position}", where=_place(position))
    return found


def _damaged(position: int, part: str, refusal: Refusal) -> EventDamaged:
    return EventDamaged(f"the {part} cannot be read: {refusal.what}", where=_place(position))


def _place(position: int) -> str:
    return f"position {position}"


def written(header: Header, event_id: bytes, topic: str, body: bytes, nonce: bytes) -> Written:
    """Return what is stored of an event with this header and these body bytes."""
    data = encode_header(header)
    return Written(header.position, event_id, header.stream, header.version, topic, data, body, nonce, leaf_hash(data))


def entry(header: Header, body: bytes, nonce: bytes) -> Entry:
    """Return the same as the library knows it."""
    data = encode_header(header)
    return Entry(
        originator_id=header.stream,
        originator_version=header.version,
        topic=f"{header.type}@{header.type_version}",
        state=body,
        position=header.position,
        event_id=uuid_bytes(header.event_id),
        header=data,
        nonce=nonce,
        leaf=leaf_hash(data),
    )


def digest(data: bytes) -> bytes:
    """Return the SHA-256 of `data`."""
    return hashlib.sha256(data).digest()


def event_key(command: bytes, index: int) -> bytes:
    """Return the bytes of `domain.ids.event_id`: UUIDv5 of a command and an index, quicker than through objects."""
    found = bytearray(hashlib.sha1(command + str(index).encode(), usedforsecurity=False).digest()[:16])
    found[6] = found[6] & 0x0F | 0x50
    found[8] = found[8] & 0x3F | 0x80
    return bytes(found)


def uuid_bytes(text: str) -> bytes:
    """Return the 16 bytes of a UUID in its stored text form; quicker than through an object."""
    return bytes.fromhex(text.replace("-", ""))


def uuid_text(data: bytes) -> str:
    """Return the text form of a stored UUID."""
    text = data.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
