"""The relay: sends what is recorded to the stream in order of position, and begins anew after whatever goes wrong.

The topic itself says how far it has come: each beginning fences off the relay before, reads the last committed event
back, compares it with the record and goes on behind it. So nothing is kept anywhere else, none is lost and none is
there twice, wherever a relay or a broker was killed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from random import uniform
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from ledger.relaying.pages import Pages
from ledger.relaying.refusals import Fenced, StreamUnavailable
from ledger.relaying.relayed import Lag, lag, relayed
from ledger.relaying.sending import Sending
from ledger.relaying.topics import ensure

if TYPE_CHECKING:
    from ledger.record import Record
    from ledger.relaying.message import Message
    from ledger.relaying.place import Place

LOOK_SECONDS = 1.0
RETRY_SECONDS = 1.0
CHECK_SECONDS = 60.0
"""Between two looks whether the topics are still as they must be, and end where they did."""
TAKEOVER_SECONDS = 15.0
"""How long the topic must stand still, while the record is ahead of it, before a relay that was fenced off goes on."""


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
            StreamDamaged: the topic lacks its beginning.
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
                stop.wait(RETRY_SECONDS * uniform(1, 3))  # noqa: S311 - so that two do not fence each other off in step

    def _relay(self, sending: Sending, stop: Event) -> None:
        position, offset = relayed(self._record, self._place)
        sending.goes_on_behind(self._place.record, offset)
        extra, quiet, checked = self._beginning(), False, monotonic()
        with self._record.awaiting() as awaiting, Pages(self._record) as pages:
            while not stop.is_set():
                if monotonic() - checked > CHECK_SECONDS:
                    self._check(position)
                    checked = monotonic()
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

    def _check(self, position: int) -> None:
        """Look whether the topics are still what they were.

        Raises:
            TopicUnfit: one of them was made another.
            Fenced: another relay has gone on from here.
            StreamUnavailable: the topic ends before what was sent: it was deleted or emptied.
        """
        ensure(self._place)
        found = relayed(self._record, self._place).position
        if found > position:
            raise Fenced(f"the topic has come to position {found}, and not by this relay")
        if found < position:
            raise StreamUnavailable(f"the topic ends with position {found}, and {position} were sent to it")

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
