"""The record as an audit walks it: every event up to a position read once, in order, and kept for all checks.

No view is read: checks ask what no view keeps, and an audit rests on nothing that was derived from what it audits.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property, lru_cache
from typing import Protocol

from domain import ids
from domain.matrix.events import INSIDE, RevisionOpened
from domain.recorded import Event, Recorded
from domain.records import BatchReversed, begins_batch
from domain.standing import Cut, History, history

DOCUMENTS_KEPT = 64
"""Stored documents kept at hand: the checks go from State to State, and one has few manifests."""


class Walked(Protocol):
    """A record that gives its events in order, and its stored documents."""

    def recorded(self, start: int = 1, stop: int | None = None) -> Iterator[Recorded]:
        """Yield the events from position `start` to `stop`."""
        ...

    def document(self, sha256: str) -> bytes | None:
        """Return the stored document with this hash, if there is one."""
        ...


class Trail:
    """The events by the position of a cut, and which of them stand there.

    `day` is the one on which "now" is judged; `gap_days` how many days may lie between known and recorded.
    """

    def __init__(self, record: Walked, cut: Cut, *, day: date, gap_days: int) -> None:
        self.cut = cut
        self.day = day
        self.gap_days = gap_days
        self._document = lru_cache(DOCUMENTS_KEPT)(record.document)
        self._events = list(record.recorded(1, cut.position))
        self._by_id = {event.id: event for event in self._events}
        self._by_stream: dict[str, list[Recorded]] = defaultdict(list)
        for event in self._events:
            self._by_stream[event.header.stream].append(event)
        self._histories: dict[str, History] = {}
        self._standing: dict[str, tuple[Recorded, ...]] = {}
        self._open: dict[str, frozenset[int]] = {}

    def history(self, stream: str) -> History:
        """Return the history of a stream, empty where it has none."""
        if stream not in self._histories:
            self._histories[stream] = history(self._by_stream.get(stream, ()))
        return self._histories[stream]

    def event(self, event_id: str) -> Recorded | None:
        """Return the event with this id, if it is on record by the cut."""
        return self._by_id.get(event_id)

    def document(self, sha256: str) -> bytes | None:
        """Return the stored document with this hash, if there is one."""
        return self._document(sha256)

    def after(self, position: int) -> Iterator[Recorded]:
        """Yield the events recorded after a position, in order."""
        return (event for event in self._events if event.position > position)

    def streams(self, prefix: str) -> list[str]:
        """Return the streams whose names begin with `prefix`, in order of their first event."""
        return [name for name in self._by_stream if name.startswith(prefix)]

    def acts(self) -> Iterator[Recorded]:
        """Yield everything that was recorded by the cut, whether it stands or not, in order."""
        return (event for event in self._events if event.header.recorded_at <= self.cut.known_at)

    def standing(self, prefix: str, *kinds: type[Event]) -> Iterator[Recorded]:
        """Yield the events of some kinds that stand at the cut in the streams that begin with `prefix`."""
        for stream in self.streams(prefix):
            yield from self.standing_in(stream, *kinds)

    def standing_in(self, stream: str, *kinds: type[Event]) -> Iterator[Recorded]:
        """Yield the events of some kinds that stand at the cut in a stream."""
        if stream not in self._standing:
            self._standing[stream] = tuple(filter(self._inside_stands, self.history(stream).standing(self.cut)))
        return (event for event in self._standing[stream] if isinstance(event.body, kinds))

    def stands(self, stream: str) -> tuple[Recorded, ...]:
        """Return all that stands at the cut in a stream."""
        return tuple(self.standing_in(stream, Event))

    def known_by(self, stream: str, instant: str) -> tuple[Recorded, ...]:
        """Return what we say at the cut to have been known of a stream by an instant."""
        return self.history(stream).standing(
            Cut(known_at=instant, position=self.cut.position, reading=self.cut.reading)
        )

    def came_late(self, event: Recorded) -> bool:
        """Return whether an event entered in a batch of late history."""
        cause = event.header.causation_id
        return cause is not None and begins_batch(self.event(cause))

    @cached_property
    def reversals(self) -> frozenset[str]:
        """The commands that reversed a batch: what they strike is the import's own error."""
        return frozenset(act.header.command_id for act in self._events if isinstance(act.body, BatchReversed))

    def _inside_stands(self, event: Recorded) -> bool:
        """Return whether the opening of an event's revision stands, as what is inside it falls with that."""
        body = event.body
        return not isinstance(body, INSIDE) or body.revision in self._opened(body.state)

    def _opened(self, state: str) -> frozenset[int]:
        if state not in self._open:
            bodies = (event.body for event in self.history(ids.matrix(state)).standing(self.cut))
            self._open[state] = frozenset(body.revision for body in bodies if isinstance(body, RevisionOpened))
        return self._open[state]
