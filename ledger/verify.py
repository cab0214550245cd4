"""Checking a record from its stored bytes alone.

Every leaf, commitment, chain, head, tree node and the root is worked out anew and compared with what is stored, every
document is hashed again, and the as-of index and its pages are derived again. What this cannot see is a *consistent*
rewrite of the tail: whoever holds the file can cut events off and write others with all that belongs to them. Only a
checkpoint kept outside this database, and signed, shows that: it is compared where it is at hand.
"""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import msgspec
from eventsourcing.persistence import PersistenceError

from ledger import archive, merkle, opening, recheck_pages
from ledger.access_log import AccessLog
from ledger.address import Address
from ledger.database import Snapshot
from ledger.documents import Documents
from ledger.finding import Finding
from ledger.proving.log_tree import LogTree
from ledger.recheck_access import AccessCheck
from ledger.recheck_documents import Opens, StoreCheck
from ledger.recheck_events import EventCheck
from ledger.recheck_index import IndexCheck
from ledger.recheck_proof import SealCheck, SignedCheck
from ledger.refusals import EventDamaged
from ledger.rules import Rules, catalogue


class Report(msgspec.Struct, frozen=True):
    """What verification came to: how many events, their root, and the earliest thing that is wrong.

    Bodies and documents that are `disposed` are gone as the record says. Of the documents that are `sealed`, those were
    `opened` for which a key was at hand; of the `days` of the access log that are sealed, some were `pruned`. The heads
    of `seals` were worked out again; `signed` and `published` are the sizes of checkpoints, where there are any.
    """

    events: int
    documents: int
    sealed: int
    opened: int
    disposed: int
    days: int
    pruned: int
    seals: int
    signed: int | None
    published: int | None
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
        opens: Opens | None = None,
        signed: SignedCheck | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Prepare to check the record that has its documents in `home`, its database at `address` or else there too.

        Where something `opens` sealed documents, their commitments are checked as well; `signed` compares with what
        was signed and published.

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
        self._sealed = 0
        self._disposed = 0
        self._access = AccessCheck(AccessLog(home))
        self._store = StoreCheck(Documents(home / archive.DOCUMENTS), opens)
        self._signed = signed or SignedCheck()
        self._seals = 0
        self._root: str | None = None
        self._findings = 0
        self._first: Finding | None = None

    def __iter__(self) -> Iterator[Finding]:
        self._signed.look()
        with opening.snapshot(self._address) as snapshot:
            snapshot.aside = []
            for finding in self._all(snapshot):
                self._findings += 1
                if self._first is None or finding.earlier_than(self._first):
                    self._first = finding
                yield finding

    def report(self) -> Report:
        """Return the sum of what was found; the record is sound where `findings` is 0."""
        store = self._store
        return Report(
            events=self._events,
            documents=store.documents,
            sealed=self._sealed,
            opened=store.opened,
            disposed=self._disposed + store.disposed,
            days=self._access.sealed,
            pruned=self._access.pruned,
            seals=self._seals,
            signed=self._signed.signed,
            published=self._signed.published,
            root=self._root,
            findings=self._findings,
            first=self._first,
        )

    def _all(self, snapshot: Snapshot) -> Iterator[Finding]:
        if not archive.seeded_as_named(self._archive.origin, self._archive.seed):
            yield Finding(None, None, f"the archive is called {self._archive.origin}, which does not fit its seed")
        index = IndexCheck(snapshot, self._rules)
        seals = SealCheck(snapshot)
        events = EventCheck(snapshot, self._rules, self._archive, index, self._access, seals, self._progress)
        whole = yield from _readable("events", events.run(), snapshot, events)
        self._events = events.position
        if whole:  # else what is missed elsewhere is a consequence
            yield from self._tables(snapshot, events, index)
        else:
            yield from _readable("structure", self._structure(snapshot), snapshot)
        self._sealed, self._disposed = len(events.sealed), events.disposed
        gone = {name for name, document in events.registered.items() if document in events.disposed_documents}
        yield from self._store.run(events.named, events.sealed, gone)
        yield from self._access.run()
        yield from _readable("followers", _followers(snapshot, events.position), snapshot)
        self._seals = seals.seals
        yield from _readable("signed", self._signed.run(snapshot, events.position), snapshot)
        self._root = _root(snapshot, events.position)

    def _tables(self, snapshot: Snapshot, events: EventCheck, index: IndexCheck) -> Iterator[Finding]:
        yield from _readable("commands", events.commands(), snapshot)
        yield from _readable("heads", events.heads(), snapshot)
        yield from _readable("nodes", _nodes(snapshot, events.position), snapshot)
        if events.gap is None:  # else bodies are left over as a consequence
            yield from _readable("bodies", _bodies(snapshot), snapshot)
        yield from _readable("index", index.run(events.streams(), sound=self._findings == 0), snapshot)
        yield from _readable("structure", self._structure(snapshot), snapshot)
        if self._findings == 0:  # else what is wrong with a page is a consequence
            yield from _readable("pages", recheck_pages.check(snapshot), snapshot)

    def _structure(self, snapshot: Snapshot) -> Iterator[Finding]:
        known = self._first is not None and self._first.position is not None  # and nearer than a page can tell
        for damaged in snapshot.broken_structure():
            yield Finding(None if known else damaged.position, None, f"the database: {damaged.what}")
        for name in snapshot.missing_guards():
            what = f"the database lets the record be changed: its rule {name} is gone, changed or off"
            yield Finding(None, None, what)


def verify(home: Path, *, rules: Rules | None = None) -> Iterator[Finding]:
    """Yield what is wrong with the record in `home`; nothing for a sound one."""
    return iter(Verification(home, rules=rules))


def _readable(
    part: str, findings: Iterator[Finding], snapshot: Snapshot, events: EventCheck | None = None
) -> Generator[Finding, None, bool]:
    """Yield what is found, with the rows that cannot be read; return whether all could be gone through."""
    whole = True
    try:
        yield from findings
    except (PersistenceError, UnicodeDecodeError) as error:
        whole = False
        place = None if events is None else events.position + 1
        onwards = "" if place is None else " from here on"
        yield Finding(place, None, f"{part}: the database is damaged{onwards}: {error}")
    for what in snapshot.aside or ():
        yield Finding(None, None, f"{part}: a damaged row is left out: {what}")
    if snapshot.aside:
        snapshot.aside.clear()
    return whole


def _nodes(snapshot: Snapshot, size: int) -> Iterator[Finding]:
    """Compare every inner node with the hash of the two stored below it, so that one change does not spread."""
    edge: list[bytes | None] = []
    expected = 1
    try:
        for position, completed in snapshot.rows("SELECT position, hashes FROM nodes ORDER BY position"):
            for missing in range(expected, min(position, size + 1)):
                yield Finding(missing, None, "the tree nodes that it completes are missing")
                _grow(edge, missing, None)
            if not 0 < position <= size:
                yield Finding(position, None, "there are tree nodes without an event")
            elif position < expected:  # a row that says it is another: its own place has none, and is named as missing
                yield Finding(None, None, f"tree nodes are out of their place, as those of position {position}")
            elif not _grow(edge, position, completed):
                yield Finding(position, None, "the tree nodes that it completes are not the hashes of those below them")
            expected = max(expected, position + 1)
    except PersistenceError as error:
        yield Finding(expected, None, f"from here on the tree nodes cannot be read: {error}")
        return
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
        yield Finding(None, None, f"there is a body at position {position}, where no event can be")


def _followers(snapshot: Snapshot, size: int) -> Iterator[Finding]:
    for name, position in snapshot.rows("SELECT application_name, notification_id FROM tracking"):
        if position > size:
            yield Finding(size, None, f"follower {name} says that it has seen position {position}")


def _root(snapshot: Snapshot, size: int) -> str | None:
    try:
        return LogTree(snapshot).root(size).hex()
    except (PersistenceError, EventDamaged):
        return None
