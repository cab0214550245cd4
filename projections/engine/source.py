"""Reading the record for views: a glance at every header, and all of an event only where a view wants it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

import msgspec

from domain.header import leaf_hash
from domain.recorded import Recorded
from domain.refusals import IntegrityFailure
from ledger.mapper import Stored
from projections.engine.placing import Histories
from projections.engine.view import Glance

Wants = Callable[[Glance], bool]
_glance = msgspec.json.Decoder(Glance).decode


class Waiter(Protocol):
    """Waits, again and again, for a record to grow."""

    def beyond(self, position: int, seconds: float | None = None) -> int:
        """Return the last position, as soon as it is greater than `position` or when `seconds` are over."""
        ...


class Followed(Histories, Protocol):
    """A record as the engine follows it."""

    @property
    def last_position(self) -> int:
        """The last position, 0 for an empty record."""
        ...

    def read(self, start: int = 1, stop: int | None = None) -> Iterator[Stored]:
        """Yield stored bytes from position `start` to `stop`."""
        ...

    def decoded(self, stored: Stored) -> Recorded | None:
        """Return the event that stored bytes hold, or None where its body was disposed of."""
        ...

    def awaiting(self) -> AbstractContextManager[Waiter]:
        """Begin to wait for the record to grow."""
        ...

    def recorded_at(self, position: int) -> str:
        """Return when a position was recorded."""
        ...

    def now(self) -> str:
        """Return the present instant by the record's clock."""
        ...


def leaf_at(record: Followed, position: int) -> str | None:
    """Return the leaf hash of the event at a position, by which one record is told from another; empty for 0."""
    if position == 0:
        return ""
    found = next(iter(record.read(position, position)), None)
    return None if found is None else leaf_hash(found.header).hex()


class Item:
    """An event on its way into views, decoded when the first of them wants it."""

    __slots__ = ("_event", "_record", "_stored", "glance", "position")

    def __init__(self, stored: Stored, glance: Glance, record: Followed) -> None:
        self.position = stored.position
        self.glance = glance
        self._stored = stored
        self._record = record
        self._event: Recorded | None = None

    @property
    def event(self) -> Recorded:
        """The event.

        Raises:
            Refusal: its bytes cannot be read by this program.
        """
        if self._event is None:
            self._event = self._record.decoded(self._stored)
            assert self._event is not None  # noqa: S101 - `batch` leaves out what has no body
        return self._event


class Batch(msgspec.Struct, frozen=True):
    """What somebody wants of the events of some positions, in order; whose body was disposed of is left out."""

    stop: int
    items: list[Item]


def batch(record: Followed, start: int, stop: int, *wants: Wants) -> Batch:
    """Return what any of `wants` wants of the events from one position to another.

    Raises:
        IntegrityFailure: a header cannot be read.
    """
    items: list[Item] = []
    for stored in record.read(start, stop):
        try:
            glance = _glance(stored.header)
        except msgspec.DecodeError as error:
            raise IntegrityFailure(
                f"the header cannot be read: {error}", where=f"position {stored.position}", remedy="`ledger1540 verify`"
            ) from None
        if stored.body is not None and any(want(glance) for want in wants):
            items.append(Item(stored, glance, record))
    return Batch(stop, items)
