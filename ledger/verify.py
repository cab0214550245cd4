"""Checking a record from its stored bytes alone.

Every leaf, commitment, chain, head, tree node and the root is worked out anew and compared with what is stored, every
document is hashed again, and the as-of index and its pages are derived again. What this cannot see is a *consistent*
rewrite of the tail: whoever holds the file can cut events off and write others with all that belongs to them. Only a
checkpoint kept outside this database, and signed, shows that.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from eventsourcing.persistence import PersistenceError

from domain.canonical import sha256
from ledger import archive, merkle, opening, recheck_pages
from ledger.address import Address
from ledger.database import Snapshot
from ledger.documents import Documents
from ledger.finding import Finding
from ledger.recheck_events import EventCheck
from ledger.recheck_index import IndexCheck
from ledger.refusals import NotOurRecord
from ledger.rules import Rules, catalogue


class Report(msgspec.Struct, frozen=True):
    """What verification came to: how many events, their root, and the earliest thing that is wrong."""

    events: int
    documents: int
    root: str | None
    findings: int
    first: Finding | None


class Verification:
    """One pass over a record. Iterate over it to get the findings; afterwards `report` sums up."""

    def __init__(
        self,
        home: Path,
        *,
        address: Address | None = None,
        rules: Rules | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Prepare to check the record that has its documents in `home`, its database at `address` or else there too.

        Raises:
            RecordAbsent: there is none.
            NotOurRecord: not even what it says of itself can be read.
        """
        self._home = home
        self._rules = rules or catalogue()
        self._progress = progress
        self._address = archive.in_home(home) if address is None else address
        self._archive = opening.read(self._address)
        self._events = 0
        self._documents = 0
        self._root: str | None = None
        self._findings = 0
        self._first: Finding | None = None

    def __iter__(self) -> Iterator[Finding]:
        with opening.snapshot(self._address) as snapshot:
            for finding in self._all(snapshot):
                self._findings += 1
                if self._first is None or finding.earlier_than(self._first):
                    self._first = finding
                yield finding

    def report(self) -> Report:
        """Return the sum of what was found; the record is sound where `findings` is 0."""
        return Report(self._events, self._documents, self._root, self._findings, self._first)

    def _all(self, snapshot: Snapshot) -> Iterator[Finding]:
        if not archive.seeded_as_named(self._archive.origin, self._archive.seed):
            yield Finding(None, None, f"the archive is called {self._archive.origin}, which does not fit its seed")
        index = IndexCheck(snapshot, self._rules)
        events = EventCheck(snapshot, self._rules, self._archive, index, self._progress)
        yield from _guarded("events", events.run(), events)
        self._events = events.position
        yield from _guarded("commands", events.commands(), events)
        yield from _guarded("heads", events.heads(), events)
        yield from _guarded("nodes", _nodes(snapshot, events.position), events)
        yield from _guarded("bodies", _bodies(snapshot), events)
        yield from _guarded("index", index.run(events.streams(), sound=self._findings == 0), events)
        if self._findings == 0:  # else what is wrong with a page is a consequence
            yield from _guarded("pages", recheck_pages.check(snapshot), events)
        yield from self._store(events.named)
        yield from _guarded("followers", _followers(snapshot, events.position), events)
        yield from _guarded("structure", _structure(snapshot), events)
        self._root = _root(snapshot, events.position)

    def _store(self, named: dict[str, int]) -> Iterator[Finding]:
        store = Documents(self._home / archive.DOCUMENTS)
        found: set[str] = set()
        for path in store.files():
            self._documents += 1
            found.add(path.name)
            place = named.get(path.name)
            try:
                digest = sha256(path.read_bytes())
            except OSError as error:
                yield Finding(place, path.name, f"the document cannot be read: {error}")
                continue
            if path != store.path(digest):
                yield Finding(place, path.name, f"the document's bytes have the hash {digest}")
        for digest, position in named.items():
            if digest not in found:
                yield Finding(position, digest, "the document is not in the store")


def verify(home: Path, *, rules: Rules | None = None) -> Iterator[Finding]:
    """Yield what is wrong with the record in `home`; nothing for a sound one."""
    return iter(Verification(home, rules=rules))


def _guarded(part: str, findings: Iterator[Finding], events: EventCheck) -> Iterator[Finding]:
    try:
        yield from findings
    except (PersistenceError, UnicodeDecodeError) as error:
        yield Finding(events.position + 1, None, f"{part}: the database is damaged: {error}")


def _nodes(snapshot: Snapshot, size: int) -> Iterator[Finding]:
    """Compare every inner node with the hash of the two stored below it, so that one change does not spread."""
    edge: list[bytes | None] = []
    expected = 1
    for position, completed in snapshot.rows("SELECT position, hashes FROM nodes ORDER BY position"):
        for missing in range(expected, min(position, size + 1)):
            yield Finding(missing, None, "the tree nodes that it completes are missing")
            _grow(edge, missing, None)
        expected = position + 1
        if not 0 < position <= size:
            yield Finding(position, None, "there are tree nodes without an event")
        elif not _grow(edge, position, completed):
            yield Finding(position, None, "the tree nodes that it completes are not the hashes of those below them")
    for missing in range(expected, size + 1):
        yield Finding(missing, None, "the tree nodes that it completes are missing")


def _grow(edge: list[bytes | None], position: int, completed: bytes | None) -> bool:
    """Put the nodes that an event completes on the tree's edge, None for unknown; return whether they fit below."""
    count = merkle.completed_by(position)
    fits = completed is None or len(completed) == count * merkle.HASH_BYTES
    found = None if completed is None else merkle.hash_at(completed, 0)
    for level in range(1, count):
        left, below = edge.pop(), found
        found = None if completed is None else merkle.hash_at(completed, level)
        if left is not None and below is not None and found is not None:
            fits = fits and merkle.node_hash(left, below) == found
    edge.append(found)
    return fits


def _bodies(snapshot: Snapshot) -> Iterator[Finding]:
    orphans = snapshot.rows(
        "SELECT position FROM bodies WHERE NOT EXISTS (SELECT 1 FROM events WHERE events.position = bodies.position)"
    )
    for (position,) in orphans:
        yield Finding(position, None, "there is a body without an event")


def _followers(snapshot: Snapshot, size: int) -> Iterator[Finding]:
    for name, position in snapshot.rows("SELECT application_name, notification_id FROM tracking"):
        if position > size:
            yield Finding(size, None, f"follower {name} says that it has seen position {position}")


def _structure(snapshot: Snapshot) -> Iterator[Finding]:
    for message in snapshot.broken_structure():
        yield Finding(None, None, f"the database: {message}")
    for name in snapshot.missing_guards():
        yield Finding(None, None, f"the database lets the record be changed: its rule {name} is gone, changed or off")


def _root(snapshot: Snapshot, size: int) -> str | None:
    def lookup(level: int, index: int) -> bytes:
        position = merkle.covers(level, index)
        row: tuple[bytes] | None = snapshot.row("SELECT hashes FROM nodes WHERE position = ?", (position,))
        if row is None:
            raise NotOurRecord(f"tree node {level}/{index} is missing")
        return merkle.hash_at(row[0], level)

    try:
        return merkle.root(size, lookup).hex()
    except (PersistenceError, NotOurRecord):
        return None
