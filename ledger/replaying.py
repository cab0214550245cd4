"""Events that were recorded elsewhere, put behind those of a restored record: the same bytes at the same places."""

from collections.abc import Iterable, Iterator, Mapping

from domain.disposed import RecordDisposed
from domain.header import FORMAT, commitment, decode_header, leaf_hash
from domain.index import Change
from domain.recorded import Recorded
from domain.standing import History
from ledger import standing, tables
from ledger.mapper import Stored, Written, uuid_bytes
from ledger.parts import Parts
from ledger.refusals import TailDiffers
from ledger.unit import NOT_KNOWN

AT_ONCE = 2_000
Requests = Mapping[bytes, bytes]
"""By the id of a command, the hash of what was asked; a mirror does not have it."""


class Replay:
    """Writes events as they were recorded; nobody else writes meanwhile."""

    def __init__(self, parts: Parts, requests: Requests) -> None:
        self._parts = parts
        self._requests = requests
        self._histories: dict[str, History] = {}
        self._disposed: set[int] = set()
        self._without: set[int] = set()

    @property
    def lost(self) -> list[int]:
        """The positions whose bodies are missing though no disposal on record names them."""
        return sorted(self._without - self._disposed)

    def take(self, events: Iterable[Stored]) -> None:
        """Put events behind the last one.

        Raises:
            TailDiffers: one of them does not follow from those before it.
        """
        several: list[Stored] = []
        for event in events:
            if len(several) >= AT_ONCE and _command(several[-1]) != _command(event):
                self._put(several)
                several = []
            several.append(event)
        self._put(several)
        gone = self._disposed - self._without
        if gone:
            self._parts.recorder.database.dispose(sorted(gone))

    def _put(self, several: list[Stored]) -> None:
        recorder, claims = self._parts.recorder, dict[bytes, tuple[int, int]]()
        with recorder.sequenced():
            expected = recorder.growth().size + 1
            written: list[Written] = []
            for position, event in enumerate(several, expected):
                written.append(self._written(event, position))
                key = uuid_bytes(_command(event))
                claims[key] = claims.get(key, (position, position))[0], position
            recorder.append(written)
            for event in several:
                found = self._parts.application.bytes_of.recorded(event.position, event.header, event.body)
                if isinstance(found.body, RecordDisposed):
                    self._disposed.update(found.body.positions)
                standing.write(recorder.database, self._changes(found))
            rows = [(key, self._requests.get(key, NOT_KNOWN), *places) for key, places in claims.items()]
            recorder.database.insert(tables.COMMANDS, rows)

    def _written(self, event: Stored, position: int) -> Written:
        where = f"position {position}"
        header = decode_header(event.header, where=where)
        version, previous = self._parts.head(header.stream)
        if (header.log, header.format, header.position) != (self._parts.origin, FORMAT, position):
            raise TailDiffers(f"what follows is position {header.position} of {header.log}", where=where)
        if (header.version, header.previous) != (version + 1, previous):
            raise TailDiffers(f"it does not follow version {version} of stream {header.stream}", where=where)
        if event.body is None or event.nonce is None:
            self._without.add(position)
        elif commitment(event.nonce, event.body) != header.body_commitment:
            raise TailDiffers("body and nonce are not what the header commits to", where=where)
        leaf = leaf_hash(event.header)
        self._parts.heads[header.stream] = header.version, leaf.hex()
        key, topic = uuid_bytes(header.event_id), f"{header.type}@{header.type_version}"
        return Written(position, key, header.stream, header.version, topic, event.header, event.body, event.nonce, leaf)

    def _changes(self, event: Recorded) -> Iterator[Change]:
        change = standing.derived(event, None if event.header.strikes is None else self._history(event))
        if change is not None:
            yield change

    def _history(self, event: Recorded) -> History:
        """Return the history of an event's stream up to it and no further."""
        recorded = self._parts.application.bytes_of.recorded
        found = self._histories.pop(event.header.stream, History())
        rows = self._parts.recorder.stream(event.header.stream, found.version)
        found = found.extended(each for row in rows if (each := recorded(*row)).header.version <= event.header.version)
        self._histories = {event.header.stream: found}
        return found


def _command(event: Stored) -> str:
    return decode_header(event.header).command_id
