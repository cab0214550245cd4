"""The header of an event: the bytes that become a leaf of the record's tree."""

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

from domain.canonical import InvalidValue, decode, encode
from domain.values import (
    INSTANT,
    LARGEST_BODY,
    LARGEST_HEADER,
    LONGEST_NAME,
    LONGEST_STREAM_NAME,
    NAME,
    SHA256,
    STREAM_NAME,
    UUID,
    Integer,
    Position,
    Precision,
)

FORMAT = 1
B = TypeVar("B")

# The forms of a header's texts stand in its schema, and `decode_header` checks them, each once for all the headers
# that share it: a call out of the decoder for each of them took three quarters of the time of decoding a header.
Instant = Annotated[str, Meta(extra_json_schema={"pattern": rf"^{INSTANT}\Z"})]
Sha256 = Annotated[str, Meta(extra_json_schema={"pattern": rf"^{SHA256}\Z"})]
Uuid = Annotated[str, Meta(extra_json_schema={"pattern": rf"^{UUID}\Z"})]
StreamName = Annotated[str, Meta(extra_json_schema={"pattern": rf"^{STREAM_NAME}\Z"}, max_length=LONGEST_STREAM_NAME)]
Name = Annotated[str, Meta(extra_json_schema={"pattern": rf"^{NAME}\Z"}, max_length=LONGEST_NAME)]

_SHARED = 8192
_is_instant = lru_cache(_SHARED)(re.compile(INSTANT).fullmatch)
_is_uuid = lru_cache(_SHARED)(re.compile(UUID).fullmatch)
_is_stream = lru_cache(_SHARED)(re.compile(STREAM_NAME).fullmatch)
_is_name = lru_cache(_SHARED)(re.compile(NAME).fullmatch)
_is_its_own = re.compile(f"{UUID} {SHA256} {SHA256}").fullmatch


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """What can be said of an event without its body (the record's section 1).

    `known_at` is when the Committee knew, `recorded_at` when it entered this system, `noticed_at` when an error
    was noticed. `strikes` names the event that this one corrects or voids. `previous` is the leaf hash of the
    stream's preceding event.
    """

    format: Integer
    log: str
    position: Position
    event_id: Uuid
    stream: StreamName
    version: Position
    previous: Sha256 | None
    subject: str | None
    type: str
    type_version: Integer
    body_commitment: Sha256
    recorded_at: Instant
    known_at: Instant
    known_precision: Precision
    strikes: Uuid | None
    noticed_at: Instant | None
    command_id: Uuid
    actor: Name
    role: str
    causation_id: Uuid | None
    correlation_id: Uuid | None
    audience: tuple[str, ...]
    synthetic: bool

    @property
    def voids(self) -> bool:
        """True for an event that says its target was recorded in error."""
        return self.type.endswith(".recorded-in-error")


class HeaderTooLong(InvalidValue):
    """A header of 4 KiB or more."""


class BodyTooLong(InvalidValue):
    """A body of more than 256 KiB; larger things are documents."""


def encode_header(header: Header) -> bytes:
    """Return the canonical bytes of a header."""
    data = encode(header)
    if len(data) >= LARGEST_HEADER:
        raise HeaderTooLong(f"the header has {len(data)} bytes; it must stay under {LARGEST_HEADER}")
    return data


def decode_header(data: bytes, *, where: str = "") -> Header:
    """Return the header that `data` holds, or refuse bytes that are not its canonical form."""
    found = decode(data, Header, where=where)
    if not _well_formed(found):
        given = {name: getattr(found, name) for name in _FORMS}
        name = next(name for name, value in given.items() if value is not None and not _FORMS[name](value))
        raise InvalidValue(f"{name} {given[name]!r} is not written as it must be", where=where)
    return found


def _well_formed(header: Header) -> bool:
    previous = header.body_commitment if header.previous is None else header.previous
    return bool(
        _is_its_own(f"{header.event_id} {header.body_commitment} {previous}")
        and _is_uuid(header.command_id)
        and _is_instant(header.recorded_at)
        and _is_instant(header.known_at)
        and _is_stream(header.stream)
        and _is_name(header.actor)
        and (header.strikes is None or _is_uuid(header.strikes))
        and (header.noticed_at is None or _is_instant(header.noticed_at))
        and (header.causation_id is None or _is_uuid(header.causation_id))
        and (header.correlation_id is None or _is_uuid(header.correlation_id))
    )


_is_sha256 = re.compile(SHA256).fullmatch
_FORMS: Mapping[str, Callable[[str], object]] = {
    **dict.fromkeys(("event_id", "command_id", "strikes", "causation_id", "correlation_id"), _is_uuid),
    **dict.fromkeys(("body_commitment", "previous"), _is_sha256),
    **dict.fromkeys(("recorded_at", "known_at", "noticed_at"), _is_instant),
    "stream": _is_stream,
    "actor": _is_name,
}


def encode_body(body: object) -> bytes:
    """Return the canonical bytes of a body."""
    return _short_enough(encode(body))


def decode_body(data: bytes, kind: type[B], *, where: str = "") -> B:
    """Return the body that `data` holds as `kind`, or refuse bytes that are not its canonical form or too many."""
    return decode(_short_enough(data, where), kind, where=where)


def _short_enough(body: bytes, where: str = "") -> bytes:
    if len(body) > LARGEST_BODY:
        raise BodyTooLong(
            f"the body has {len(body)} bytes; it may have {LARGEST_BODY}",
            where=where,
            remedy="put what is large into a document",
        )
    return body


def leaf_hash(header: bytes) -> bytes:
    """Return the Merkle leaf of a stored header: SHA-256 of a zero byte and the header (RFC 6962 2.1)."""
    return hashlib.sha256(b"\x00" + header).digest()


def commitment(nonce: bytes, body: bytes) -> str:
    """Return the commitment to a body: SHA-256 of its nonce (16 bytes) and its stored bytes, in hex."""
    return hashlib.sha256(nonce + body).hexdigest()
