"""A message of the stream: an event in Avro, with what a CloudEvent in binary mode says of it in its headers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

import msgspec

from domain.header import decode_header
from domain.refusals import Refusal
from ledger.mapper import Stored
from ledger.relaying.refusals import StreamDamaged
from schemas.golden import NotFrozen
from schemas.registry import UnknownSchema, kind_of, subjects
from schemas.value import NotAvro, Value, decode, encode

CONTENT_TYPE = "application/avro"
SCHEMA = "ledger1540:avro:"
"""What a schema's address begins with; its fingerprint follows."""


class Message(NamedTuple):
    """Key, value and headers as they are sent; a message without a value takes back what its key said before."""

    key: bytes
    value: bytes | None
    headers: Sequence[tuple[str, bytes]]
    timestamp_ms: int | None = None


class Arrived(Protocol):
    """A message as it is fetched."""

    @property
    def offset(self) -> int: ...
    @property
    def value(self) -> bytes | None: ...
    @property
    def headers(self) -> Sequence[tuple[str, bytes]]: ...


class _Said(msgspec.Struct, frozen=True):
    """What headers of messages say of an event's header; stored bytes are not read whole once more."""

    log: str
    position: int
    event_id: str
    stream: str
    subject: str | None
    type: str
    type_version: int
    recorded_at: str


def message_of(stored: Stored) -> Message:
    """Return the message that carries an event; every stored byte is in it."""
    said = msgspec.json.decode(stored.header, type=_Said)
    kind = f"{said.type}@{said.type_version}"
    value = encode(kind, Value(stored.header, stored.nonce, stored.body))
    key = said.stream.encode()
    headers = [
        ("content-type", CONTENT_TYPE.encode()),
        ("ce_specversion", b"1.0"),
        ("ce_id", said.event_id.encode()),
        ("ce_source", said.log.encode()),
        ("ce_type", kind.encode()),
        ("ce_time", said.recorded_at.encode()),
        ("ce_dataschema", f"{SCHEMA}{subjects()[kind].fingerprint}".encode()),
        ("ce_partitionkey", key),
        ("ce_position", str(said.position).encode()),
    ]
    if said.subject is not None:
        headers.append(("ce_subject", said.subject.encode()))
    return Message(key, value, headers, _milliseconds(said.recorded_at))


def stored_of(arrived: Arrived) -> Stored:
    """Return the event that a message carries, once its schema, its bytes and its commitment have been checked.

    Raises:
        StreamDamaged: it is no such message.
    """
    named = dict(arrived.headers)
    schema = named.get("ce_dataschema", b"").decode(errors="replace")
    if arrived.value is None or not schema.startswith(SCHEMA):
        raise _damaged(arrived, "no event is in it")
    try:
        kind = kind_of(schema.removeprefix(SCHEMA))
        value = decode(kind, arrived.value)
        header = decode_header(value.header)
    except (UnknownSchema, NotFrozen, NotAvro) as error:
        raise _damaged(arrived, str(error)) from None
    except Refusal as refusal:
        raise _damaged(arrived, refusal.what) from None
    stored = Stored(header.position, value.header, value.body, value.nonce)
    if list(arrived.headers) != list(message_of(stored).headers):
        raise _damaged(arrived, "its headers are not those of its event")
    return stored


class _OfCommand(msgspec.Struct, frozen=True):
    command_id: str


def same_command(one: Stored, other: Stored) -> bool:
    """Return whether two events are of one command; what is told of them is told together."""
    ids = (msgspec.json.decode(each.header, type=_OfCommand).command_id for each in (one, other))
    return next(ids) == next(ids)


def _damaged(arrived: Arrived, what: str) -> StreamDamaged:
    return StreamDamaged(
        what, where=f"offset {arrived.offset}", remedy="`ledger1540 replay-topic --check` compares topic and record"
    )


def _milliseconds(instant: str) -> int:
    return int(datetime.fromisoformat(instant).timestamp() * 1000)
