"""What an answer rests on: the rule itself is asked, over a record that notes what it is asked for."""

from collections.abc import Iterator

import msgspec

from domain.header import decode_header
from ledger.mapper import Stored
from ledger.record import Record
from projections.openness import MaySee
from verifier.verify_bundle import Event, Json, leaf_hash, refuse


class Noted(Event):
    """An event that notes when its body is asked for."""

    used: set[int]

    @property
    def body(self) -> Json | None:
        """The body, or None where the reader may not see it."""
        self.used.add(self.position)
        return super().body


class Asked:
    """A record up to a position, as a reader may see it; keeps which streams, prefixes and documents were asked for."""

    def __init__(self, record: Record, through: int, may_see: MaySee) -> None:
        self._record = record
        self.through = through
        self._may_see = may_see
        self.streams: dict[str, list[Stored]] = {}
        self.prefixes: dict[str, list[str]] = {}
        self.documents: dict[str, str] = {}
        self._events: dict[str, list[Event]] = {}
        self._open: set[int] = set()
        self._used: set[int] = set()

    def stream(self, name: str) -> list[Event]:
        """Return the events of a stream, in order."""
        if name not in self._events:
            self.streams[name] = self._record.stored_stream(name, self.through)
            self._events[name] = [self._read(each) for each in self.streams[name]]
        return self._events[name]

    def _read(self, stored: Stored) -> Event:
        shown = stored.body is not None and self._may_see(decode_header(stored.header))
        body = msgspec.json.decode(stored.body or b"null") if shown else None
        found = Noted(msgspec.json.decode(stored.header), leaf_hash(stored.header), body)
        found.used = self._used
        if shown:
            self._open.add(found.position)
        return found

    def names(self, prefix: str) -> list[str]:
        """Return the names of the streams that begin with a prefix and had an event by the position."""
        if prefix not in self.prefixes:
            found = self._record.stream_names(prefix)
            self.prefixes[prefix] = [name for name in found if self.stream(name)]
        return self.prefixes[prefix]

    def document(self, digest: str) -> Json:
        """Return a manifest or carry-over."""
        data = self._record.document(digest)
        if data is None:
            refuse("left-out", f"the document {digest} is not in the archive")
        self.documents[digest] = data.decode()
        found: Json = msgspec.json.decode(data)
        return found

    def disclosed(self, name: str) -> Iterator[tuple[Stored, bool]]:
        """Yield what is stored of a stream, and whether its body goes along.

        Bodies of events without a subject do, and those whose subject the answer rests on (the record's section 6).
        """
        events = self._events[name]
        subjects = {event.header["subject"] for event in events if event.position in self._used}
        for stored, event in zip(self.streams[name], events, strict=True):
            subject = event.header["subject"]
            yield stored, event.position in self._open and (subject is None or subject in subjects)
