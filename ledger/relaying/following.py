"""Following a topic: its events in order from a position on, each once, and none left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ledger.relaying.message import stored_of
from ledger.relaying.reading import reading
from ledger.relaying.refusals import StreamDamaged

if TYPE_CHECKING:
    from threading import Event

    from ledger.mapper import Stored
    from ledger.relaying.place import Place


def followed(place: Place, first: int, stop: Event, *, until_end: bool = False) -> Iterator[Stored]:
    """Yield events from a position on, those to come as well unless what is there now is asked for.

    Raises:
        StreamUnavailable: the topic cannot be read.
        StreamDamaged: an event is missing, or is not what its header says.
    """
    expected = first
    with reading(place, place.record) as topic:
        offset = topic.bounds()[0] if first == 1 else topic.offset_of(first)
        arriving = topic.between(offset, topic.bounds()[1]) if until_end else topic.onwards(offset, stop.is_set)
        for message in arriving:
            stored = stored_of(message)
            if stored.position > expected:
                raise StreamDamaged(
                    f"the topic goes on with position {stored.position}",
                    where=f"position {expected}",
                    remedy="delete the topic, and let the relay fill it anew; or there never was such a position",
                )
            if stored.position == expected:
                yield stored
                expected += 1
            if stop.is_set():
                return
