"""How far a topic has come, as it says itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ledger.relaying.message import stored_of
from ledger.relaying.reading import reading
from ledger.relaying.refusals import StreamDamaged, StreamOfAnother

if TYPE_CHECKING:
    from ledger.record import Record
    from ledger.relaying.place import Place


class Relayed(NamedTuple):
    """The last event of a topic: its position, and its offset among the messages; 0 and -1 where there is none."""

    position: int = 0
    offset: int = -1


class Lag(NamedTuple):
    """How far the record and its topic have come."""

    record: int
    topic: int

    @property
    def behind(self) -> int:
        """How many events are not in the topic yet."""
        return self.record - self.topic


def relayed(record: Record, place: Place) -> Relayed:
    """Return where the topic ends.

    Raises:
        StreamUnavailable: it cannot be read.
        StreamDamaged: it does not begin with the first event.
        StreamOfAnother: its last event is not the record's.
    """
    with reading(place, place.record) as topic:
        first, last = topic.first(), topic.last()
    if first is None or last is None:
        return Relayed()
    begins, found = stored_of(first), stored_of(last)
    if begins.position != 1:
        raise StreamDamaged(
            f"it begins with position {begins.position}",
            where=f"topic {place.record}",
            remedy="delete the topic, and let the relay make and fill it anew",
        )
    own = next(iter(record.read(found.position, found.position)), None)
    if own is None or own.header != found.header:
        raise StreamOfAnother(
            f"its last event, at position {found.position}, is not on record here",
            where=f"topic {place.record}",
            remedy="a record that was restored too early gets its tail back with `ledger1540 mirror`; "
            "another record needs another prefix in LEDGER1540_KAFKA",
        )
    return Relayed(found.position, last.offset)


def lag(record: Record, place: Place) -> Lag:
    """Return how far the topic is behind the record.

    Raises:
        StreamUnavailable: it cannot be read.
        StreamDamaged: it does not begin with the first event.
        StreamOfAnother: its last event is not the record's.
    """
    topic = relayed(record, place).position
    return Lag(record.last_position, topic)
