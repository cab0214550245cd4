"""Events that were recorded elsewhere, put behind those that are here: the same bytes at the same places.

A restore takes them from a mirror or another copy, a mirror of the stream from its topic.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping

from domain.disposed import RecordDisposed
from domain.header import FORMAT, Header, commitment, decode_header, leaf_hash
from domain.index import Change
from domain.log_keys import log_of
from domain.recorded import Recorded
from domain.refusals import IntegrityFailure
from domain.standing import History
from ledger import standing, tables
from ledger.mapper import Stored, Written, uuid_bytes
from ledger.parts import Parts
from ledger.references import documents_of
from ledger.refusals import TailDiffers
from ledger.unit import NOT_KNOWN

AT_ONCE = 2_000
HISTORIES_KEPT = 64
Requests = Mapping[bytes, bytes]
"""By the id of a command, the hash of what was asked; a mirror does not have it."""
Broken = Callable[[str, str], IntegrityFailure]
"""The refusal of what does not follow, made of what is wrong and where."""


def _differs(what: str, where: str) -> IntegrityFailure:
    return TailDiffers(what, where=where)


class Replay:
    """Writes events as they were recorded; nobody else writes meanwhile."""

    def __init__(self, parts: Parts, requests: Requests | None = None, *, broken: Broken = _differs) -> None:
        self.named: set[str] = set()
        """The documents that the events name."""
        self.taken = 0
        self._parts = parts
        self._log = parts.origin
        self._requests = requests or {}
        self._broken = broken
        self._histories: OrderedDict[str, History] = OrderedDict()
        self._disposed: set[int] = set()
        self._without: set[int] = set()

    @property
    def lost(self) -> list[int]:
        """The positions whose bodies are missing though no disposal on record names them."""
        return sorted(self._without - self._disposed)

    def take(self, events: Iterable[Stored], progress: Callable[[int], None] | None = None) -> None:
        """Put events behind the last one, in transactions that end where a command does.

        Raises:
            IntegrityFailure: one of them does not follow from those before it.
        """
        for several in _by_command(events):
            gone = self._put(several)
            if gone:
                self._parts.recorder.database.dispose(sorted(gone))
            self.taken += len(several)
            if progress is not None:
                progress(self.taken)

    def _put(self, several: list[tuple[Header, Stored]]) -> set[int]:
        """Record some events; return the positions whose bodies they say were disposed of."""
        recorder, claims, gone = self._parts.recorder, dict[bytes, tuple[int, int]](), set[int]()
        with recorder.sequenced():
            expected = recorder.growth().size + 1
            written: list[Written] = []
            for position, (header, stored) in enumerate(several, expected):
                written.append(self._written(header, stored, position))
                key = uuid_bytes(header.command_id)
                claims[key] = claims.get(key, (position, position))[0], position
            recorder.append(written)
            for _, stored in several:
                event = self._parts.application.bytes_of.recorded(stored.position, stored.header, stored.body)
                self.named.update(documents_of(event.body))
                if isinstance(event.body, RecordDisposed):
                    gone.update(event.body.positions)
                standing.write(recorder.database, self._changes(event))
            rows = [(key, self._requests.get(key, NOT_KNOWN), *places) for key, places in claims.items()]
            recorder.database.insert(tables.COMMANDS, rows)
        self._disposed |= gone
        return gone

    def _written(self, header: Header, stored: Stored, position: int) -> Written:
        where = f"position {position}"
        version, previous = self._parts.head(header.stream)
        self._log = log_of(header, self._log)
        if (header.log, header.format, header.position) != (self._log, FORMAT, position):
            raise self._broken(f"what follows is position {header.position} of {header.log}", where)
        if (header.version, header.previous) != (version + 1, previous):
            raise self._broken(f"it does not follow version {version} of stream {header.stream}", where)
        if stored.body is None or stored.nonce is None:
            self._without.add(position)
        elif commitment(stored.nonce, stored.body) != header.body_commitment:
            raise self._broken("body and nonce are not what the header commits to", where)
        leaf = leaf_hash(stored.header)
        self._parts.heads[header.stream] = header.version, leaf.hex()
        key, topic = uuid_bytes(header.event_id), f"{header.type}@{header.type_version}"
        said = stored.header, stored.body, stored.nonce
        return Written(position, key, header.stream, header.version, topic, *said, leaf)

    def _changes(self, event: Recorded) -> Iterator[Change]:
        change = standing.derived(event, None if event.header.strikes is None else self._history(event))
        if change is not None:
            yield change

    def _history(self, event: Recorded) -> History:
        """Return the history of an event's stream up to it and no further."""
        recorded = self._parts.application.bytes_of.recorded
        stream, version = event.header.stream, event.header.version
        found = self._histories.pop(stream, History())
        rows = self._parts.recorder.stream(stream, found.version)
        found = found.extended(each for row in rows if (each := recorded(*row)).header.version <= version)
        self._histories[stream] = found
        if len(self._histories) > HISTORIES_KEPT:
            self._histories.popitem(last=False)
        return found


def _by_command(events: Iterable[Stored]) -> Iterator[list[tuple[Header, Stored]]]:
    """Yield events with their headers in runs that end where a command does."""
    several: list[tuple[Header, Stored]] = []
    for stored in events:
        header = decode_header(stored.header, where=f"position {stored.position}")
        if len(several) >= AT_ONCE and several[-1][0].command_id != header.command_id:
            yield several
            several = []
        several.append((header, stored))
    if several:
        yield several
