"""The recorder of events on the event-sourcing library's seams, the same for every database."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    Notification,
    ProgrammingError,
    StoredEvent,
    Subscription,
    Tracking,
)

from domain.header import leaf_hash
from ledger import tables
from ledger.database import Database, markers
from ledger.mapper import Entry, Stored, Written
from ledger.merkle import Growth, covers, hash_at, peaks
from ledger.subscription import RecordSubscription
from ledger.tracking import track

_TABLES = "FROM events AS e LEFT JOIN bodies AS b USING (position)"
_ENTRY = f"SELECT e.position, e.event_id, e.stream, e.version, e.topic, e.header, b.body, b.nonce {_TABLES}"
_FOLDED = f"SELECT e.position, e.header, b.body {_TABLES}"
_NODES = "SELECT position, hashes FROM nodes WHERE position"
_STORED = f"SELECT e.position, e.header, b.body, b.nonce {_TABLES}"


def _entry(row: tuple[int, bytes, str, int, str, bytes, bytes | None, bytes | None]) -> Entry:
    position, event_id, stream, version, topic, header, body, nonce = row
    return Entry(
        originator_id=stream,
        originator_version=version,
        topic=topic,
        state=body or b"",
        position=position,
        event_id=event_id,
        header=header,
        nonce=nonce or b"",
        leaf=leaf_hash(header),
    )


class RecordRecorder(ApplicationRecorder):
    """Appends entries with their bodies, tree nodes and stream heads, and reads them back."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._growth: Growth | None = None
        self._grown = False

    @contextmanager
    def sequenced(self) -> Generator[None]:
        """Hold the sequencer's lock, in one transaction; what is nested in it joins it."""
        if self.database.held:
            yield
            return
        try:
            with self.database.immediate():
                self._grown = False
                yield
        except BaseException:
            self._growth = None
            raise

    @contextmanager
    def savepoint(self) -> Generator[None]:
        """Undo what is nested in it, and nothing else, if that raises; the lock must be held."""
        try:
            with self.database.savepoint():
                yield
        except BaseException:
            self._growth = None
            raise

    def growth(self) -> Growth:
        """Return the tree's edge; the lock must be held."""
        if self._growth is None or not self._grown:
            size = self.database.size()
            self._grown = True
            if self._growth is not None and self._growth.size == size:
                return self._growth
            found = self._nodes(peaks(size))
            self._growth = Growth.of(size, lambda level, index: found[level, index])
        return self._growth

    def _nodes(self, places: Sequence[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
        if not places:
            return {}
        asked = [covers(*place) for place in places]
        completed = dict(self.database.rows(f"{_NODES} IN ({markers(len(asked))})", asked))
        found = {(level, index): hash_at(completed.get(covers(level, index), b""), level) for level, index in places}
        for (level, index), data in found.items():
            if not data:
                raise IntegrityError(f"tree node {level}/{index} is missing")
        return found

    # The library's own name and signature for writing.
    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        """Append entries; each must have the next position and the next version of its stream."""
        entries = [_written(event) for event in stored_events]
        tracking: Tracking | None = kwargs.get("tracking")
        with self.sequenced():
            self.append(entries)
            if tracking is not None:
                track(self.database, tracking)
        return [entry.position for entry in entries]

    def append(self, events: Sequence[Written]) -> None:
        """Append events with all that goes with them; the lock must be held."""
        if not events:
            return
        database, growth = self.database, self.growth()
        self._growth = None  # what fails below leaves it unknown
        database.insert(
            tables.EVENTS,
            [(e.position, e.event_id, e.stream, e.version, e.topic, e.header) for e in events],
        )
        database.insert(tables.BODIES, [(e.position, e.body, e.nonce) for e in events if e.body is not None])
        database.insert(tables.NODES, [(e.position, growth.append(e.leaf)) for e in events])
        heads = {e.stream: (e.stream, e.version, e.leaf) for e in events}
        new = {e.stream for e in events if e.version == 1}
        database.insert(tables.HEADS, [head for stream, head in heads.items() if stream in new])
        database.move_heads([head for stream, head in heads.items() if stream not in new])
        database.moved_to(growth.size)
        self._growth = growth

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[Entry]:
        """Return entries of a stream in order of version."""
        clauses, values = ["stream = ?"], [str(originator_id)]
        bounds: list[int] = []
        for clause, bound in (("version > ?", gt), ("version <= ?", lte)):
            if bound is not None:
                clauses.append(clause)
                bounds.append(bound)
        order = "DESC" if desc else "ASC"
        statement = f"{_ENTRY} WHERE {' AND '.join(clauses)} ORDER BY version {order}"
        if limit is not None:
            statement += " LIMIT ?"
            bounds.append(limit)
        return [_entry(row) for row in self.database.rows(statement, (*values, *bounds))]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Return entries in order of position, as the library's notifications."""
        first = 1 if start is None else start if inclusive_of_start else start + 1
        clauses, values = ["position >= ?"], [first]
        if stop is not None:
            clauses.append("position <= ?")
            values.append(stop)
        if topics:
            clauses.append(f"topic IN ({markers(len(topics))})")
        statement = (
            f"SELECT position, stream, version, topic, body {_TABLES} "
            f"WHERE {' AND '.join(clauses)} ORDER BY position LIMIT ?"
        )
        return [
            Notification(originator_id=stream, originator_version=version, topic=topic, state=body or b"", id=position)
            for position, stream, version, topic, body in self.database.rows(statement, (*values, *topics, limit))
        ]

    def max_notification_id(self) -> int | None:
        """Return the last position, or None where nothing is recorded."""
        return self.database.size() or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription["RecordRecorder"]:
        """Follow the record from after position `gt`; blocks at its end and goes on when more is recorded."""
        return RecordSubscription(self, gt=gt, topics=topics)

    def stored(self, first: int, last: int) -> list[Stored]:
        """Return the stored bytes of the positions from `first` to `last`."""
        rows = self.database.rows(f"{_STORED} WHERE e.position BETWEEN ? AND ? ORDER BY e.position", (first, last))
        return [Stored(*row) for row in rows]

    def stored_stream(self, name: str, through: int) -> list[Stored]:
        """Return the stored bytes of a stream's events up to a position."""
        where = "WHERE e.stream = ? AND e.position <= ? ORDER BY e.version"
        return [Stored(*row) for row in self.database.rows(f"{_STORED} {where}", (name, through))]

    def stream(self, name: str, after: int) -> list[tuple[int, bytes, bytes | None]]:
        """Return position, header and body of a stream's events after a version: what it takes to fold them.

        An entry for each, as the library has it, would take as long to make as the event takes to read.
        """
        return self.database.rows(f"{_FOLDED} WHERE stream = ? AND version > ? ORDER BY version", (name, after))

    def entry(self, event_id: bytes) -> Entry | None:
        """Return the entry of an event."""
        row = self.database.row(f"{_ENTRY} WHERE e.event_id = ?", (event_id,))
        return None if row is None else _entry(row)

    def head(self, stream: str) -> tuple[int, bytes] | None:
        """Return version and leaf of the last event of a stream."""
        found: tuple[int, bytes] | None = self.database.row(
            "SELECT version, leaf FROM heads WHERE stream = ?", (stream,)
        )
        return found

    def streams(self, prefix: str) -> list[tuple[str, int]]:
        """Return the streams that begin with `prefix`, in order of bytes, each with its last version."""
        # DEL is behind every character that a stream's name may have.
        bounds = (prefix, prefix + "\x7f")
        return self.database.rows(
            "SELECT stream, version FROM heads WHERE stream >= ? AND stream < ? ORDER BY stream", bounds
        )

    def node(self, level: int, index: int) -> bytes:
        """Return a stored tree node."""
        return self._nodes([(level, index)])[level, index]


def _written(event: StoredEvent) -> Written:
    if not isinstance(event, Entry):
        raise ProgrammingError("an event is stored with its header")
    return event.written()
