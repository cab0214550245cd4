"""What anyone may see, on a topic of its own: the matrix published now of each State, taken back when it is not."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import msgspec

from domain import ids
from interfaces.bootstrap import question_of
from ledger.relaying.message import CONTENT_TYPE, SCHEMA, Message
from ledger.relaying.reading import reading
from projections.axes import Asked
from projections.published import TYPE, VERSION, PublishedMatrix, published_matrix
from projections.states import codes
from schemas import golden, registry
from schemas.codec import to_avro

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.record import Record
    from ledger.relaying.place import Place

KIND = f"{TYPE}@{VERSION}"
LOOK_AGAIN_SECONDS = 600.0
"""Between two looks at all States: a consent runs out on its day, and nothing is recorded then."""


class Publishing:
    """Says what the topic lacks of what anyone may see now; what it holds is read from it once, at the beginning."""

    def __init__(self, record: Record, place: Place) -> None:
        self._record = record
        self._topic = place.published
        self._held = _held(place)
        self._changed: set[str] = set()
        self._looked: float | None = None

    def __call__(self, messages: Sequence[Message], ends: bool) -> list[tuple[str, Message]]:
        """Return the messages that go with some events, once the record ends with them: what is public is so now."""
        streams = (message.key.decode().split("/") for message in messages)
        self._changed.update(parts[1] for parts in streams if parts[0] in _OF_A_STATE)
        if not ends:
            return []
        if self._looked is None or monotonic() - self._looked > LOOK_AGAIN_SECONDS:
            self._looked = monotonic()
            self._changed.update(codes(self._record))
        states, self._changed = sorted(self._changed), set()
        return [(self._topic, message) for state in states if (message := self._message(state)) is not None]

    def _message(self, state: str) -> Message | None:
        key = ids.matrix(state).encode()
        question = question_of(self._record, "", state, Asked(standing="published"), replay=False)
        matrix = published_matrix(question, self._record.origin)
        value = None if matrix is None else to_avro(golden.avro_schema(TYPE, VERSION), msgspec.to_builtins(matrix))
        if value == self._held.get(key):
            return None
        self._held[key] = value
        return Message(key, value, [] if matrix is None else _headers(matrix, key))


_OF_A_STATE = frozenset({"matrix", "consent", "exchange"})


def _headers(matrix: PublishedMatrix, key: bytes) -> list[tuple[str, bytes]]:
    return [
        ("content-type", CONTENT_TYPE.encode()),
        ("ce_specversion", b"1.0"),
        ("ce_id", matrix.published.encode()),
        ("ce_source", matrix.log.encode()),
        ("ce_type", KIND.encode()),
        ("ce_time", matrix.recorded_at.encode()),
        ("ce_dataschema", f"{SCHEMA}{registry.subjects()[KIND].fingerprint}".encode()),
        ("ce_partitionkey", key),
    ]


def _held(place: Place) -> dict[bytes, bytes | None]:
    """Return what the topic says now, by key."""
    with reading(place, place.published) as topic:
        return {message.key: message.value for message in topic.between(*topic.bounds()) if message.key is not None}
