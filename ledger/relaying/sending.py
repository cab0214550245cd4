"""Sending: one transaction at a time, wholly committed or given up together with the producer that tried."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ledger.relaying import client
from ledger.relaying.client import DELIVERY_MS, REQUEST_MS
from ledger.relaying.reading import unavailable
from ledger.relaying.refusals import Fenced, StreamUnavailable

if TYPE_CHECKING:
    from types import TracebackType

    from ledger.relaying.message import Message
    from ledger.relaying.place import Place

COMMIT_MS = 2 * REQUEST_MS
_FENCED = ("ProducerFencedError", "InvalidProducerEpochError", "InvalidProducerIdMappingError")


class Sending:
    """A producer from its first transaction to its first failure: after that, it is closed and another one is made.

    Making one ends whatever the one before it had open, and keeps that from committing anything more.
    """

    def __init__(self, place: Place) -> None:
        """Fence off the relay before.

        Raises:
            StreamUnavailable: the servers do not answer in time.
        """
        with unavailable("no producer can be made"):
            self._producer = client.producer(place)
        self._offsets: dict[str, int] = {}
        """Of the last message in each topic, as far as it is known."""
        try:
            self._producer.init_transactions()
        except client.error("KafkaError") as error:
            self.close()
            raise _refusal("a relay cannot begin", error) from error

    def __enter__(self) -> Sending:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def goes_on_behind(self, topic: str, offset: int) -> None:
        """Say with which offset a topic ends: what is sent must come behind it."""
        self._offsets[topic] = offset

    def send(self, messages: Iterable[tuple[str, Message]]) -> None:
        """Send messages, each to its topic, in one transaction; on return all are committed.

        Raises:
            Fenced: another relay has taken over.
            StreamUnavailable: none is committed, or the answer was lost: read back what there is.
        """
        try:
            self._send(messages)
        except client.error("KafkaError") as error:
            raise _refusal("what was sent is not committed, as far as is known", error) from error

    def _send(self, messages: Iterable[tuple[str, Message]]) -> None:
        self._producer.begin_transaction()
        sent = [
            (
                topic,
                self._producer.send(
                    topic,
                    value=message.value,
                    key=message.key,
                    headers=message.headers,
                    partition=0,
                    timestamp_ms=message.timestamp_ms,
                ),
            )
            for topic, message in messages
        ]
        self._producer.flush(DELIVERY_MS / 1000 + 1)
        # A commit does not fail where a message has expired, so each is asked for first.
        offsets = self._offsets.copy()
        for topic, future in sent:
            if not future.is_done:
                raise StreamUnavailable("a message was not acknowledged in time")
            if future.exception is not None:
                raise future.exception
            if future.value.offset <= offsets.get(topic, -1):
                raise StreamUnavailable(f"topic {topic} is not the one that it was: it begins anew")
            offsets[topic] = future.value.offset
        if not client.committed(self._producer, COMMIT_MS):
            raise StreamUnavailable("the commit was not answered in time")
        self._offsets = offsets

    def close(self) -> None:
        """Let go of the producer; what is not committed is ended by the next one."""
        client.give_up(self._producer)


def _refusal(what: str, error: BaseException) -> StreamUnavailable:
    kind = Fenced if _fenced(error) else StreamUnavailable
    return kind(f"{what}: {client.told(error)}", remedy="see whether the servers of LEDGER1540_KAFKA answer")


def _fenced(error: BaseException) -> bool:
    """Return whether another relay made itself known; a producer that failed says so in the words of its errors."""
    return any(name in f"{type(error).__name__} {error}" for name in _FENCED)
