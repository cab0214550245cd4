"""A mirror: the record made anew from its topic alone, every leaf, chain and commitment checked as it comes.

What a topic does not hold a mirror does not have: documents, which are copied as files, and what commands were asked
besides their ids. So nothing is recorded in a mirror, and a command that is given to it again is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from domain.header import FORMAT
from ledger import archive, merkle, opening
from ledger.address import Address
from ledger.archive import Archive
from ledger.clock import SystemClock
from ledger.documents import Documents
from ledger.mapper import Stored
from ledger.parts import Parts
from ledger.refusals import RecordAbsent
from ledger.relaying.refusals import StreamDamaged, StreamOfAnother
from ledger.replaying import Replay
from ledger.rules import Rules, catalogue


class Mirrored(msgspec.Struct, frozen=True):
    """How far a mirror has come: events, of them taken now, root, and the documents that it names and does not have."""

    events: int
    taken: int
    root: str
    missing_documents: int


class Mirror:
    """A record that is written by nothing but what comes from its topic."""

    def __init__(self, home: Path, address: Address, found: Archive, rules: Rules | None = None) -> None:
        """Use `opened`."""
        self.origin = found.origin
        self._parts = Parts(
            home, address, origin=found.origin, seed=found.seed, clock=SystemClock(), rules=rules or catalogue()
        )
        self._replay = Replay(self._parts, broken=_broken)

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

    @property
    def taken(self) -> int:
        """How many events were taken since it was opened."""
        return self._replay.taken

    def take(self, arriving: Iterable[Stored], progress: Callable[[int], None] | None = None) -> None:
        """Record what arrives, in transactions that end where a command does.

        Raises:
            StreamDamaged: an event is missing, or does not follow from those before it.
            StreamOfAnother: what arrives again is not what is here.
        """
        self._replay.take(self._expected(arriving), progress)

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

    def take_documents(self, source: Path) -> None:
        """Copy from another record's folder the documents that are named here."""
        for path in Documents(source).files():
            if path.stem in self._replay.named:
                self._parts.documents.take(path)

    def report(self) -> Mirrored:
        """Return how far it has come."""
        recorder, size = self._parts.recorder, self.position
        missing = sum(not self._parts.documents.holds(name) for name in self._replay.named)
        return Mirrored(size, self._replay.taken, merkle.root(size, recorder.node).hex(), missing)


def _broken(what: str, where: str) -> StreamDamaged:
    return StreamDamaged(what, where=where, remedy="compare with `ledger1540 replay-topic`")
