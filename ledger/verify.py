"""Checking a record from its stored bytes alone.

Every leaf, commitment, chain, head, tree node and the root is worked out anew and compared with what is stored, every
document is hashed again, and the as-of index is derived again. What this cannot see is a *consistent* rewrite of the
tail: whoever holds the file can cut events off and write others with all that belongs to them. Only a checkpoint kept
outside this database, and signed, shows that.
"""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from domain.canonical import sha256
from ledger import archive, merkle
from ledger.database import connect
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
        self, home: Path, *, rules: Rules | None = None, progress: Callable[[int], None] | None = None
    ) -> None:
        """Prepare to check the record in `home`.

        Raises:
            RecordAbsent: there is none.
            NotOurRecord: not even what it says of itself can be read.
        """
        self._home = home
        self._rules = rules or catalogue()
        self._progress = progress
        self._archive = archive.read(home)
        self._events = 0
        self._documents = 0
        self._root: str | None = None
        self._findings = 0
        self._first: Finding | None = None

    def __iter__(self) -> Iterator[Finding]:
        connection = connect(self._home / archive.DATABASE, "PRAGMA query_only = ON; PRAGMA cache_size = -65536;")
        try:
            connection.execute("BEGIN")
            for finding in self._all(connection):
                self._findings += 1
                if self._first is None or finding.earlier_than(self._first):
                    self._first = finding
                yield finding
        finally:
            connection.close()

    def report(self) -> Report:
        """Return the sum of what was found; the record is sound where `findings` is 0."""
        return Report(self._events, self._documents, self._root, self._findings, self._first)

    def _all(self, connection: sqlite3.Connection) -> Iterator[Finding]:
        index = IndexCheck(connection, self._rules)
        events = EventCheck(connection, self._rules, self._archive.origin, index, self._progress)
        # Text that is no longer UTF-8 must be a finding, not an exception of the driver.
        connection.text_factory = bytes
        yield from _guarded("events", events.run(), events)
        self._events = events.position
        yield from _guarded("commands", events.commands(), events)
        yield from _guarded("heads", events.heads(), events)
        yield from _guarded("nodes", _nodes(connection, events.position), events)
        yield from _guarded("bodies", _bodies(connection), events)
        connection.text_factory = str
        yield from _guarded("index", index.run(events.streams(), sound=self._findings == 0), events)
        yield from self._store(events.named)
        yield from _guarded("file", _file(connection), events)
        self._root = _root(connection, events.position)

    def _store(self, named: dict[str, int]) -> Iterator[Finding]:
        store = Documents(self._home / "documents")
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
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        yield Finding(events.position + 1, None, f"{part}: the database file is damaged: {error}")


def _nodes(connection: sqlite3.Connection, size: int) -> Iterator[Finding]:
    """Compare every inner node with the hash of the two stored below it, so that one change is one finding."""
    level = 0
    while size >> level or level == 0:
        below = connection.execute("SELECT idx, hash FROM nodes WHERE level = ? ORDER BY idx", (level,))
        above = connection.execute("SELECT idx, hash FROM nodes WHERE level = ? ORDER BY idx", (level + 1,))
        yield from _level(level + 1, size >> (level + 1), _parents(below), above)
        level += 1
    (extra,) = connection.execute("SELECT count(*) FROM nodes WHERE level > ?", (level,)).fetchone()
    if extra:
        yield Finding(size, None, f"{extra} tree nodes above the tree")


def _parents(below: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    left: tuple[int, bytes] | None = None
    for index, found in below:
        if index & 1 and left is not None and left[0] == index - 1:
            yield index >> 1, merkle.node_hash(left[1], found)
        left = index, found


def _level(
    level: int, count: int, worked_out: Iterator[tuple[int, bytes]], stored: Iterator[tuple[int, bytes]]
) -> Iterator[Finding]:
    wanted = next(worked_out, None)
    expected = 0
    for index, found in stored:
        if index != expected:
            yield Finding(_covers(level, expected), None, f"tree node {level}/{expected} is missing")
        expected = index + 1
        if index >= count:
            yield Finding(_covers(level, index), None, f"tree node {level}/{index} has no events below it")
        while wanted is not None and wanted[0] < index:
            wanted = next(worked_out, None)
        if wanted is not None and wanted[0] == index and wanted[1] != found:
            yield Finding(_covers(level, index), None, f"tree node {level}/{index} is not the hash of those below it")
    if expected < count:
        yield Finding(_covers(level, expected), None, f"tree node {level}/{expected} is missing")


def _covers(level: int, index: int) -> int:
    """Return the position of the event that completes a node."""
    return (index + 1) << level


def _bodies(connection: sqlite3.Connection) -> Iterator[Finding]:
    orphans = connection.execute("SELECT position FROM bodies WHERE position NOT IN (SELECT position FROM events)")
    for (position,) in orphans:
        yield Finding(position, None, "there is a body without an event")


def _file(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Ask SQLite about its own structure: indexes agree with their tables, pages with each other."""
    for (message,) in connection.execute("PRAGMA integrity_check(20)"):
        if message != "ok":
            yield Finding(None, None, f"the database file: {message}")


def _root(connection: sqlite3.Connection, size: int) -> str | None:
    def lookup(level: int, index: int) -> bytes:
        row: tuple[bytes] | None = connection.execute(
            "SELECT hash FROM nodes WHERE level = ? AND idx = ?", (level, index)
        ).fetchone()
        if row is None:
            raise NotOurRecord(f"tree node {level}/{index} is missing")
        return row[0]

    try:
        return merkle.root(size, lookup).hex()
    except (sqlite3.DatabaseError, NotOurRecord):
        return None
