"""The record as it would be: what stands once some corrections and voids are on it."""

from collections.abc import Iterable, Iterator

import msgspec

from domain.deciding import Context, RecordView
from domain.recorded import Draft, Recorded
from domain.standing import Family, History, history


class Foreseen:
    """A view of the record with strikes that are not recorded yet behind it; `struck` are the ids they name."""

    def __init__(self, context: Context, strikes: Iterable[Draft]) -> None:
        self._record: RecordView = context.record
        self._events: dict[str, Recorded] = {}
        self._added: dict[str, list[Recorded]] = {}
        self._histories: dict[str, History] = {}
        self.struck: dict[str, Recorded] = {}
        for place, draft in enumerate(strikes):
            assert draft.strikes is not None  # noqa: S101 - a strike names what it strikes
            struck = self._record.history(draft.stream).by_id[draft.strikes]
            event = _event(draft, struck, context.position + place)
            self.struck[struck.id] = struck
            self._events[event.id] = event
            self._added.setdefault(draft.stream, []).append(event)

    def history(self, stream: str) -> History:
        """Return the history of a stream with the strikes in it."""
        if stream not in self._added:
            return self._record.history(stream)
        if stream not in self._histories:
            self._histories[stream] = self._record.history(stream).extended(self._added[stream])
        return self._histories[stream]

    def event(self, event_id: str) -> Recorded | None:
        """Return the event with this id, recorded or foreseen."""
        return self._events.get(event_id) or self._record.event(event_id)

    def after(self, position: int) -> Iterator[Recorded]:
        """Yield the events recorded after a position, and those foreseen."""
        yield from self._record.after(position)
        yield from self._events.values()

    def document(self, sha256: str) -> bytes | None:
        """Return the stored document with this hash, if there is one."""
        return self._record.document(sha256)


class Without:
    """A view of the record in which one fact was never entered, nor anything that corrects or voids it."""

    def __init__(self, record: RecordView, family: Family) -> None:
        self._record = record
        self._stream = family.root.header.stream
        gone = {member.id for member in family.members}
        self._rest = history(each for each in record.history(self._stream).events if each.id not in gone)

    def history(self, stream: str) -> History:
        """Return the history of a stream."""
        return self._rest if stream == self._stream else self._record.history(stream)

    def event(self, event_id: str) -> Recorded | None:
        """Return the event with this id; what is on record keeps its id also where it is left out."""
        return self._record.event(event_id)

    def after(self, position: int) -> Iterator[Recorded]:
        """Yield the events recorded after a position."""
        return self._record.after(position)

    def document(self, sha256: str) -> bytes | None:
        """Return the stored document with this hash, if there is one."""
        return self._record.document(sha256)


def _event(draft: Draft, struck: Recorded, position: int) -> Recorded:
    """Return a draft as the event that it would be, under an id of its own."""
    header = msgspec.structs.replace(
        struck.header,
        event_id=f"foreseen-{position}",
        position=position,
        type=draft.event.TYPE,
        strikes=draft.strikes,
        noticed_at=draft.noticed_at,
        known_at=draft.known_at or struck.header.known_at,
        known_precision=draft.known_precision or struck.header.known_precision,
    )
    return Recorded(header, draft.event)
