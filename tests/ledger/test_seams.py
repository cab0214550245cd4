from typing import Any, ClassVar

import msgspec
import pytest
from eventsourcing.persistence import Notification, ProgrammingError

from domain.canonical import encode
from domain.header import commitment
from domain.index import change
from domain.recorded import Event, Recorded
from domain.standing import history
from ledger import standing
from ledger.mapper import Pending
from ledger.record import Record
from ledger.upcast import upcast
from tests.ledger import tiny
from tests.ledger.test_library_cases import header_of


# Any: the library calls our state an aggregate, which its types say has an id.
def folded(before: Any, events: Any) -> Any:
    assert before is None
    return history(events)


class Dated(Event, frozen=True, kw_only=True):
    TYPE: ClassVar[str] = "note.noted"
    VERSION: ClassVar[int] = 2
    text: str
    dated: str | None


def test_the_librarys_application_saves_and_loads_our_events(record: Record) -> None:
    body = tiny.Noted(text="through the library", manifest=None)
    like = Notification("note/1", 1, "note.noted", encode(body), 0)
    header = header_of(like, record.last_position + 1, 1)
    nonce = b"n" * 16
    header = msgspec.structs.replace(header, body_commitment=commitment(nonce, encode(body)))
    application = record.application
    with application.sequencer.sequenced():
        (recording,) = application.save(Pending(header, body, nonce))
    assert recording.notification.id == record.last_position == header.position
    assert recording.notification.topic == "note.noted@1"
    loaded: Any = application.repository.get("note/1", projector_func=folded)
    assert loaded.events == (Recorded(header, body),)


def test_an_event_without_its_nonce_is_not_saved(record: Record) -> None:
    (first,) = record.recorded(1, 1)
    with pytest.raises(ProgrammingError):
        record.application.save(first)


def test_the_short_way_into_the_index_is_the_domains_own(record: Record) -> None:
    record.submit(tiny.Assess(id="a", actor="x", cell=tiny.CELL, value="X"))
    record.submit(tiny.Assess(id="b", actor="x", cell=tiny.CELL, value="?", known="2019", noticed="2020-01-01"))
    record.submit(tiny.Note(id="n", actor="x", text="not in the index"))
    for event in record.recorded():
        assert standing.derived(event, None) == change(history([event]), event)


def test_old_bodies_are_read_as_the_newest_version() -> None:
    old = tiny.Noted(text="x", manifest=None)

    def dated(body: Event) -> Event:
        assert isinstance(body, tiny.Noted)
        return Dated(text=body.text, dated=None)

    steps = {"note.noted@1": dated}
    assert upcast(old, steps) == Dated(text="x", dated=None)
    assert upcast(old) is old
