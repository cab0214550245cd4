"""What a reader may see of the record as a whole: the bodies in its log, and the stored documents."""

from collections.abc import Callable, Iterator
from typing import Protocol

from domain.access import Fact, Reader, may
from domain.disposed import STREAM, disposed_documents
from domain.document import DocumentRegistered
from domain.recorded import Recorded
from ledger.record import Record
from ledger.references import documents_of
from projections.rights import Rights
from projections.states import NamedStreams


class OfEvent(Fact, Protocol):
    """A header, or a row that was made of an event."""

    @property
    def event_id(self) -> str:
        """The id of the event."""
        ...


MaySee = Callable[[OfEvent], bool]


def seen_by(record: NamedStreams, reader: Reader, now: str) -> MaySee:
    """Return what tells, of a header, if the reader may see the body behind it.

    As in every view, that is the audience's, and everyone's where the event stands in a manifest open to them.
    """
    opened: frozenset[str] = frozenset()
    if not reader.reads_all(now):
        files = {name.partition("/")[2] for prefix in ("consent/", "exchange/") for name in record.stream_names(prefix)}
        opened = opened.union(*(Rights(record, reader, state, now).open_events for state in files))

    def seen(header: OfEvent) -> bool:
        return may(reader, header, now) or header.event_id in opened

    return seen


def documents_seen(record: Record, seen: MaySee) -> Iterator[tuple[str, Recorded]]:
    """Yield the names of the stored documents that events the reader may see rest on, each once, with such an event."""
    disposed, given = disposed_documents(record.history(STREAM).standing()), set[str]()
    for event in record.recorded():
        if isinstance(event.body, DocumentRegistered) and event.body.document in disposed:
            continue
        if seen(event.header):
            for name in documents_of(event.body):
                if name not in given:
                    given.add(name)
                    yield name, event
