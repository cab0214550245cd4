"""Reading a topic: what is committed of it, in order, from any position on."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from ledger.relaying import client
from ledger.relaying.hearing import heard
from ledger.relaying.message import stored_of
from ledger.relaying.refusals import StreamUnavailable

if TYPE_CHECKING:
    from ledger.relaying.client import Consumer, Fetched
    from ledger.relaying.place import Place

PATIENCE_SECONDS = 30.0
"""How long nothing may come of what is known to be there."""
_POLL_MS = 200
_AT_ONCE = 1_000
_TAIL = 16
"""How far from the end the last message is looked for at first: markers of transactions stand between."""


class Reading:
    """A topic's one partition, read by one consumer."""

    def __init__(self, consumer: Consumer, topic: str) -> None:
        self._consumer = consumer
        self._partition = client.partition(topic)
        self._topic = topic
        consumer.assign([self._partition])

    def bounds(self) -> tuple[int, int]:
        """Return the first offset and the end of what is committed now."""
        some = [self._partition]
        return (
            self._consumer.beginning_offsets(some)[self._partition],
            self._consumer.end_offsets(some)[self._partition],
        )

    def first(self) -> Fetched | None:
        """Return the first message, if there is one."""
        return next(self.between(*self.bounds()), None)

    def last(self) -> Fetched | None:
        """Return the last message, if there is one; the end of a topic may hold aborted ones and markers."""
        begin, end = self.bounds()
        back = _TAIL
        while True:
            first = max(begin, end - back)
            found = None
            for found in self.between(first, end):  # noqa: B007 - the last one is wanted
                pass
            if found is not None or first == begin:
                return found
            back *= 64

    def between(self, first: int, end: int) -> Iterator[Fetched]:
        """Yield the messages at offsets from `first` up to `end`, without it.

        Raises:
            StreamUnavailable: nothing comes for a long while, though there is more.
        """
        if first >= end:
            return
        self._consumer.seek(self._partition, first)
        moved, at = monotonic(), first
        while at < end:
            for message in self._fetched():
                if message.offset >= end:
                    return
                yield message
            now = self._consumer.position(self._partition)
            if now != at:
                moved, at = monotonic(), now
            elif monotonic() - moved > PATIENCE_SECONDS:
                raise StreamUnavailable(
                    f"topic {self._topic} gives nothing at offset {at}", remedy="see whether its broker is there"
                )

    def onwards(self, first: int, stopped: Callable[[], bool]) -> Iterator[Fetched]:
        """Yield the messages from an offset on, those to come as well, until stopped."""
        self._consumer.seek(self._partition, first)
        while not stopped():
            yield from self._fetched()

    def offset_of(self, position: int) -> int:
        """Return an offset at or before that of the event at a position, and close to it."""
        begin, end = self.bounds()
        low, high = begin, end
        while high - low > _TAIL:
            middle = (low + high) // 2
            found = next(self.between(middle, high), None)
            if found is None or stored_of(found).position >= position:
                high = middle
            else:
                low = found.offset
        return low

    def _fetched(self) -> Iterator[Fetched]:
        for several in self._consumer.poll(_POLL_MS, _AT_ONCE).values():
            yield from several


@contextmanager
def reading(place: Place, topic: str) -> Generator[Reading]:
    """Give the topic to read.

    Raises:
        StreamUnavailable: its broker does not answer, or there is no such topic.
    """
    with unavailable(f"topic {topic} cannot be read"):
        consumer = client.consumer(place)
        try:
            if not consumer.partitions_for_topic(topic):
                raise StreamUnavailable(f"there is no topic {topic}", remedy="`ledger1540 relay` makes and fills it")
            yield Reading(consumer, topic)
        finally:
            consumer.close()


@contextmanager
def unavailable(what: str) -> Generator[None]:
    """Say what could not be done where the library's own words are about its inside."""
    with heard() as why:
        try:
            yield
        except client.error("KafkaError") as error:
            raise StreamUnavailable(
                f"{what}: {client.told(error)}{why.why()}", remedy="see whether the servers of LEDGER1540_KAFKA answer"
            ) from error
