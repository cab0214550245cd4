import pytest

from domain.actor import GrantRole, RegisterActor
from domain.records import VIEWS_STREAM, EventSkipped, SkipEvent
from domain.refusals import NotFound, NotPermitted
from tests.memory_record import MemoryRecord


@pytest.fixture
def record() -> MemoryRecord:
    found = MemoryRecord()
    for name, role in (("sec", "secretariat"), ("expert", "expert")):
        found.submit(RegisterActor(id=f"actor-{name}", actor="sec", name=name))
        found.submit(GrantRole(id=f"grant-{name}", actor="sec", to=name, granted_role=role))
    return found


def test_that_a_view_goes_on_without_an_event_is_on_record_with_its_position(record: MemoryRecord) -> None:
    (event,) = record.submit(SkipEvent(id="skip", actor="sec", view="documents", position=2, reason="no such type"))
    assert event.body == EventSkipped(view="documents", position=2, reason="no such type")
    assert (event.header.stream, event.header.audience) == (VIEWS_STREAM, ("secretariat",))


def test_only_what_is_on_record_is_skipped(record: MemoryRecord) -> None:
    with pytest.raises(NotFound):
        record.submit(SkipEvent(id="skip", actor="sec", view="documents", position=5, reason="not there"))


def test_only_the_secretariat_lets_a_view_go_on_without_an_event(record: MemoryRecord) -> None:
    with pytest.raises(NotPermitted):
        record.submit(SkipEvent(id="skip", actor="expert", view="documents", position=2, reason="mine"))
