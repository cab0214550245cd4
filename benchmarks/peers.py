"""The peer: eventsourcing's own SQLite recorder and application, on the same files with the same durability."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore


def library_recorder(folder: Path) -> SQLiteApplicationRecorder:
    """Return the library's application recorder on a new file, synchronous=FULL as ours."""
    datastore = SQLiteDatastore(str(folder / "library.sqlite"))
    recorder = SQLiteApplicationRecorder(datastore)
    recorder.create_table()
    with datastore.transaction(commit=False) as cursor:
        cursor.execute("PRAGMA synchronous")
        (level,) = cursor.fetchone()
    if level != 2:
        raise SystemExit(f"the peer runs with synchronous={level}; the comparison would not be fair")
    return recorder


def stored_events(bodies: list[bytes], stream: UUID, version: int) -> list[StoredEvent]:
    """Return the library's events with these bodies, from `version` on."""
    return [StoredEvent(stream, version + place, "matrix.cell-assessed@1", body) for place, body in enumerate(bodies)]


def appender(recorder: SQLiteApplicationRecorder, bodies: list[bytes]) -> Iterator[int]:
    """Append the same bodies again and again, each transaction to a stream of its own; yield how many each time."""
    while True:
        recorder.insert_events(stored_events(bodies, uuid4(), 1))
        yield len(bodies)
