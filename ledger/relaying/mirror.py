"""A mirror: the record made anew from its topic alone, every leaf, chain and commitment checked as it comes.

What a topic does not hold a mirror does not have: documents, which are copied as files, and what commands were asked
besides their ids. So nothing is recorded in a mirror, and a command that is given to it again is refused.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from domain.disposed import RecordDisposed
from domain.header import FORMAT, Header, decode_header, leaf_hash
from domain.index import Change
from domain.recorded import Recorded
from domain.standing import History
from ledger import archive, merkle, opening, standing, tables
from ledger.address import Address
from ledger.archive import Archive
from ledger.clock import SystemClock
from ledger.documents import Documents
from ledger.mapper import Stored, Written, uuid_bytes
from ledger.parts import Parts
from ledger.references import documents_of
from ledger.refusals import RecordAbsent
from ledger.relaying.message import same_command
from ledger.relaying.refusals import StreamDamaged, StreamOfAnother
from ledger.rules import Rules, catalogue
from ledger.unit import NOT_KNOWN

AT_ONCE = 2_000
HISTORIES_KEPT = 64


class Mirrored(msgspec.Struct, frozen=True):
    """How far a mirror has come: events, of them taken now, root, and the documents that it names and does not have."""

    events: int
    taken: int
    root: str
    missing_documents: int


class _Claim(NamedTuple):
    command: str
    first: int
    last: int


class Mirror:
    """A record that is written by nothing but what comes from its topic."""

    def __init__(self, home: Path, address: Address, found: Archive, rules: Rules | None = None) -> None:
        """Use `opened`."""
        self.origin = found.origin
        self._parts = Parts(
            home, address, origin=found.origin, seed=found.seed, clock=SystemClock(), rules=rules or catalogue()
        )
        self._named: set[str] = set()
        self._histories: OrderedDict[str, History] = OrderedDict()
        self._disposed: list[int] = []
        self.taken = 0

    @classmethod
    def opened(cls, home: Path, address: Address | None, origin: str, *, seed: int | None = None) -> Mirror:
        """Open the mirror in a home, or begin it.

        Raises:
            StreamOfAnother: the record there has another origin.
            OriginUnfit: a simulation is mirrored with the seed that it was made from, and nothing else with one.
        """
        place = archive.in_home(home) if address is None else address
        try:
            found = opening.read(place)
        except RecordAbsent:
            found = Archive(FORMAT, origin, seed)
            archive.check_origin(origin, seed, SystemClock())
            opening.make(home, place, found)
        if found.origin != origin:
            raise StreamOfAnother(
                f"the record in {place} is {found.origin}, and the topic holds {origin}",
                remedy="mirror it into another place",
            )
        return cls(home, place, found)

    def close(self) -> None:
        """Let go of the database."""
        self._parts.application.close()

    @property
    def position(self) -> int:
        """The last position that is here."""
        return self._parts.recorder.max_notification_id() or 0

    def take(self, arriving: Iterable[Stored], progress: Callable[[int], None] | None = None) -> None:
        """Record what arrives, in transactions that end where a command does.

        Raises:
            StreamDamaged: an event is missing, or does not follow from those before it.
            StreamOfAnother: what arrives again is not what is here.
        """
        for several in _by_command(self._expected(arriving)):
            with self._parts.recorder.sequenced():
                self._record(several)
            self.taken += len(several)
            if self._disposed:
                self._parts.recorder.database.dispose(sorted(self._disposed))
                self._disposed.clear()
            if progress is not None:
                progress(self.taken)

    def _expected(self, arriving: Iterable[Stored]) -> Iterator[Stored]:
        expected = self.position + 1
        for stored in arriving:
            if stored.position < expected:
                self._compare(stored)
                continue
            if stored.position > expected:
                raise StreamDamaged(
                    f"the topic goes on with position {stored.position}",
                    where=f"position {expected}",
                    remedy="events are missing in it: delete the topic, and let the relay fill it anew",
                )
            yield stored
            expected += 1

    def _compare(self, stored: Stored) -> None:
        for own in self._parts.recorder.stored(stored.position, stored.position):
            if own.header != stored.header:
                raise StreamOfAnother(
                    "the topic holds another event here than this record",
                    where=f"position {stored.position}",
                    remedy="`ledger1540 replay-topic --check` says which of them is the record's",
                )

    def _record(self, several: list[Stored]) -> None:
        written: list[Written] = []
        claims: list[_Claim] = []
        for stored in several:
            header = decode_header(stored.header)
            made = self._written(header, stored)
            written.append(made)
            self._parts.heads[header.stream] = header.version, made.leaf.hex()
            if claims and claims[-1].command == header.command_id:
                claims[-1] = claims[-1]._replace(last=header.position)
            else:
                claims.append(_Claim(header.command_id, header.position, header.position))
        recorder = self._parts.recorder
        recorder.append(written)
        events = [self._parts.application.bytes_of.recorded(e.position, e.header, e.body) for e in several]
        standing.write(recorder.database, (change for event in events for change in self._changes(event)))
        recorder.database.insert(
            tables.COMMANDS,
            [(uuid_bytes(claim.command), NOT_KNOWN, claim.first, claim.last) for claim in claims],
        )
        for event in events:
            self._named.update(documents_of(event.body))
            if isinstance(event.body, RecordDisposed):
                self._disposed += event.body.positions

    def _written(self, header: Header, stored: Stored) -> Written:
        version, previous = self._parts.head(header.stream)
        if (header.log, header.format) != (self.origin, FORMAT):
            raise _broken(header, f"it belongs to {header.log}, format {header.format}")
        if (header.version, header.previous) != (version + 1, previous):
            raise _broken(header, f"it does not follow version {version} of stream {header.stream}")
        return Written(
            stored.position,
            uuid_bytes(header.event_id),
            header.stream,
            header.version,
            f"{header.type}@{header.type_version}",
            stored.header,
            stored.body,
            stored.nonce,
            leaf_hash(stored.header),
        )

    def _changes(self, event: Recorded) -> Iterator[Change]:
        change = standing.derived(event, None if event.header.strikes is None else self._history(event))
        if change is not None:
            yield change

    def _history(self, event: Recorded) -> History:
        """Return the history of an event's stream up to it and no further."""
        stream, version = event.header.stream, event.header.version
        found = self._histories.pop(stream, History())
        rows = self._parts.recorder.stream(stream, found.version)
        events = (self._parts.application.bytes_of.recorded(*row) for row in rows)
        found = found.extended(each for each in events if each.header.version <= version)
        self._histories[stream] = found
        if len(self._histories) > HISTORIES_KEPT:
            self._histories.popitem(last=False)
        return found

    def take_documents(self, source: Path) -> None:
        """Copy from another record's folder the documents that are named here."""
        for path in Documents(source).files():
            if path.stem in self._named:
                self._parts.documents.take(path)

    def report(self) -> Mirrored:
        """Return how far it has come."""
        recorder, size = self._parts.recorder, self.position
        missing = sum(not self._parts.documents.holds(name) for name in self._named)
        return Mirrored(size, self.taken, merkle.root(size, recorder.node).hex(), missing)


def _by_command(arriving: Iterator[Stored]) -> Iterator[list[Stored]]:
    """Yield events in runs that end where a command does, as each transaction of the topic does too."""
    several: list[Stored] = []
    for stored in arriving:
        if len(several) >= AT_ONCE and not same_command(several[-1], stored):
            yield several
            several = []
        several.append(stored)
    if several:
        yield several


def _broken(header: Header, what: str) -> StreamDamaged:
    return StreamDamaged(what, where=f"position {header.position}", remedy="compare with `ledger1540 replay-topic`")
