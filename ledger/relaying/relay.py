"""The relay: sends what is recorded to the stream in order of position, and begins anew after whatever goes wrong.

The topic itself says how far it has come: each beginning fences off the relay before, reads the last committed event
back, compares it with the record and goes on behind it. So nothing is kept anywhere else, none is lost and none is
there twice, wherever a relay or a broker was killed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from ledger.relaying.message import stored_of
from ledger.relaying.pages import Pages
from ledger.relaying.reading import reading
from ledger.relaying.refusals import Fenced, StreamOfAnother, StreamUnavailable
from ledger.relaying.sending import Sending
from ledger.relaying.topics import ensure

if TYPE_CHECKING:
    from ledger.record import Record
    from ledger.relaying.message import Message
    from ledger.relaying.place import Place

LOOK_SECONDS = 1.0
RETRY_SECONDS = 1.0
TAKEOVER_SECONDS = 15.0
"""How long the topic must stand still, while the record is ahead of it, before a relay that was fenced off goes on."""


class Lag(NamedTuple):
    """How far the record and its topic have come."""

    record: int
    topic: int

    @property
    def behind(self) -> int:
        """How many events are not in the topic yet."""
        return self.record - self.topic


class Progress(NamedTuple):
    """What a relay tells of itself: how far it is, and what it met with."""

    lag: Lag | None = None
    trouble: StreamUnavailable | None = None


Extra = Callable[[Sequence["Message"], bool], "list[tuple[str, Message]]"]
"""What else is sent in the transaction of some messages, or of none; told whether the record ends with them."""
Beginning = Callable[[], Extra]
"""Makes it anew whenever a relay begins, as what was sent before may not have been committed."""
Told = Callable[[Progress], None]


def _nothing_more() -> Extra:
    def extra(messages: Sequence[Message], ends: bool) -> list[tuple[str, Message]]:
        del messages, ends
        return []

    return extra


def _nobody(progress: Progress) -> None:
    del progress


class Relay:
    """Relays one record; several may run, and the last one that began is the one that sends."""

    def __init__(
        self, record: Record, place: Place, *, beginning: Beginning | None = None, told: Told | None = None
    ) -> None:
        self._record = record
        self._place = place
        self._beginning = beginning or _nothing_more
        self._told = told or _nobody

    def run(self, stop: Event) -> None:
        """Relay until told to stop.

        Raises:
            TopicUnfit: a topic would lose or mix up events.
            StreamOfAnother: the topic holds events that this record does not have.
        """
        while not stop.is_set():
            try:
                ensure(self._place)
                with Sending(self._place) as sending:
                    self._relay(sending, stop)
            except Fenced as fenced:
                self._told(Progress(trouble=fenced))
                self._stand_by(stop)
            except StreamUnavailable as trouble:
                self._told(Progress(trouble=trouble))
                stop.wait(RETRY_SECONDS)

    def _relay(self, sending: Sending, stop: Event) -> None:
        position = relayed(self._record, self._place)
        extra, quiet = self._beginning(), False
        with self._record.awaiting() as awaiting, Pages(self._record) as pages:
            while not stop.is_set():
                last = awaiting.beyond(position, LOOK_SECONDS)
                for page in pages.between(position + 1, last):
                    position, quiet = page.last, False
                    addressed = ((self._place.record, message) for message in page.messages)
                    sending.send(chain(addressed, extra(page.messages, position == last)))
                    self._told(Progress(Lag(last, position)))
                    if stop.is_set():
                        return
                # What stands beside the record may change though nothing is recorded: a day begins.
                more = extra([], True)
                if more:
                    sending.send(more)
                if more or not quiet:
                    self._told(Progress(Lag(last, position)))
                    quiet = True

    def _stand_by(self, stop: Event) -> None:
        """Wait while another relay gets on; return once the topic has stood still behind the record."""
        seen, since = -1, monotonic()
        while not stop.wait(LOOK_SECONDS):
            try:
                found = lag(self._record, self._place)
            except StreamUnavailable:
                return
            if found.topic != seen or not found.behind:
                seen, since = found.topic, monotonic()
            elif monotonic() - since > TAKEOVER_SECONDS:
                return


def relayed(record: Record, place: Place) -> int:
    """Return the position of the last event in the topic, 0 where it is empty.

    Raises:
        StreamUnavailable: it cannot be read.
        StreamOfAnother: that event is not the record's.
    """
    with reading(place, place.record) as topic:
        last = topic.last()
    if last is None:
        return 0
    found = stored_of(last)
    own = next(iter(record.read(found.position, found.position)), None)
    if own is None or own.header != found.header:
        raise StreamOfAnother(
            f"its last event, at position {found.position}, is not on record here",
            where=f"topic {place.record}",
            remedy="a record that was restored too early gets its tail back with `ledger1540 mirror`; "
            "another record needs another prefix in LEDGER1540_KAFKA",
        )
    return found.position


def lag(record: Record, place: Place) -> Lag:
    """Return how far the topic is behind the record.

    Raises:
        StreamUnavailable: it cannot be read.
    """
    topic = relayed(record, place)
    return Lag(record.last_position, topic)
