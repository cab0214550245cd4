"""Whether topic and record say the same, byte for byte, and where they first do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from ledger.merkle import Growth, leaf_hash
from ledger.relaying.message import stored_of
from ledger.relaying.reading import reading
from ledger.relaying.refusals import StreamDamaged

if TYPE_CHECKING:
    from ledger.mapper import Stored
    from ledger.record import Record
    from ledger.relaying.place import Place

PROGRESS_EVERY = 5_000


class Comparison(msgspec.Struct, frozen=True):
    """What a comparison came to; `disposed` bodies are gone from the record and can still be read in the topic.

    Without a first difference the topic is the beginning of the record, as far as the relay has come.
    """

    record: int
    topic: int
    root: str
    repeated: int
    disposed: int
    first: str | None


def compare(record: Record, place: Place, progress: Callable[[int], None] | None = None) -> Comparison:
    """Compare the topic with the record, from their beginnings to where the topic ends now.

    Raises:
        StreamUnavailable: the topic cannot be read.
    """
    with reading(place, place.record) as topic:
        end = topic.bounds()
        last = record.last_position  # after the end of the topic: what is in it is on record by now
        found = _Comparing(record.read(1, last))
        try:
            for message in topic.between(*end):
                found.take(stored_of(message))
                if found.first is not None:
                    break
                if progress is not None and found.tree.size % PROGRESS_EVERY == 0:
                    progress(found.tree.size)
        except StreamDamaged as damage:
            found.first = str(damage)
    tree = found.tree
    return Comparison(last, tree.size, tree.root().hex(), found.repeated, found.disposed, found.first)


class _Comparing:
    """What has been compared so far, up to the first difference."""

    def __init__(self, own: Iterator[Stored]) -> None:
        self.tree = Growth(0, [])
        self.repeated = 0
        self.disposed = 0
        self.first: str | None = None
        self._own = own

    def take(self, stored: Stored) -> None:
        """Compare what the topic holds next."""
        expected = self.tree.size + 1
        if stored.position < expected:
            self.repeated += 1
            return
        if stored.position > expected:
            self.first = f"position {expected} is missing in the topic, which goes on with {stored.position}"
            return
        own = next(self._own, None)
        if own is None:
            self.first = f"position {expected} is in the topic and not on record"
        elif own.header != stored.header:
            self.first = f"position {expected} has another header in the topic than on record"
        elif own.body is not None and (own.body, own.nonce) != (stored.body, stored.nonce):
            self.first = f"position {expected} has no body in the topic, and one on record"
        else:
            self.disposed += own.body is None and stored.body is not None
            self.tree.append(leaf_hash(stored.header))
