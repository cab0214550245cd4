"""An event that a view cannot take in is tried again, then set aside where people see it; other views go on."""

from collections.abc import Iterable

import msgspec
import pytest

from domain.recorded import Recorded
from domain.refusals import NotPermitted
from domain.standing import Cut
from projections.engine import taking
from projections.engine.following import Follower
from projections.engine.rows import ReplayedRows, StoredRows
from projections.engine.status import Status, status
from projections.engine.store import Store
from projections.engine.view import Columns, Lookup, View
from projections.views import corrections, documents
from tests.projections.engine.given import Followed, registry


class Broken(Exception):
    """A mistake in a view."""


class Faults:
    """What goes wrong in a view, and how often."""

    def __init__(self, position: int, times: int = 1_000_000) -> None:
        self.position = position
        self.times = times

    def rows(self, event: Recorded, lookup: Lookup) -> Iterable[Columns]:
        if event.position == self.position and self.times:
            self.times -= 1
            raise Broken("a mistake")
        return documents.rows(event, lookup)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "PAUSES", (0.0, 0.0))


@pytest.fixture
def record() -> Followed:
    return registry(1, 60)


@pytest.fixture
def position(record: Followed) -> int:
    """Where a document is registered, after others, that nothing corrects or voids."""
    events = record.record.events
    struck = {event.header.strikes for event in events}
    alone = (e for e in events if e.header.strikes is None and e.id not in struck)
    return [e.position for e in alone if e.header.type == "document.registered"][1]


def view(faults: Faults, on_failure: str = "stops", version: int = 1) -> View[Columns]:
    made: View[Columns] = msgspec.structs.replace(documents.VIEW, rows=faults.rows, version=version)
    return msgspec.structs.replace(made, on_failure=on_failure)


def how(store: Store, record: Followed, *views: View[Columns]) -> list[Status]:
    return status(store, record, views, record.now())


def rows(store: Store, record: Followed, kept: View[Columns]) -> object:
    return StoredRows(store).at(kept, Cut(position=record.last_position))


def test_a_view_stops_before_what_it_cannot_take_in_and_others_go_on(
    store: Store, record: Followed, position: int
) -> None:
    broken = view(Faults(position))
    Follower(store, record, [broken, corrections.VIEW], batch=9).catch_up()
    stopped, other = how(store, record, broken, corrections.VIEW)
    assert (stopped.state, stopped.position, stopped.behind) == (
        "stopped",
        position - 1,
        record.last_position + 1 - position,
    )
    assert stopped.behind_seconds > 0
    (letter,) = stopped.dead_letters
    event = record.record.events[position - 1]
    assert (letter.position, letter.event_id, letter.stream) == (position, event.id, event.header.stream)
    assert (letter.error, letter.attempts, letter.skipped) == ("Broken: a mistake", 3, False)
    assert (other.state, other.behind, other.dead_letters) == ("live", 0, ())


def test_a_view_that_was_mended_goes_on_from_there_and_nothing_is_set_aside_any_more(
    store: Store, record: Followed, position: int
) -> None:
    broken = view(Faults(position))
    Follower(store, record, [broken]).catch_up()
    Follower(store, record, [broken]).catch_up()
    assert len(how(store, record, broken)[0].dead_letters) == 1
    Follower(store, record, [documents.VIEW]).catch_up()
    (mended,) = how(store, record, documents.VIEW)
    assert (mended.state, mended.behind, mended.dead_letters) == ("live", 0, ())
    whole = ReplayedRows(record).at(documents.VIEW, Cut(position=record.last_position))
    assert rows(store, record, documents.VIEW) == whole


def test_a_passing_error_is_tried_again_and_leaves_no_trace(store: Store, record: Followed, position: int) -> None:
    kept = view(Faults(position, times=2))
    Follower(store, record, [kept]).catch_up()
    (found,) = how(store, record, kept)
    assert (found.state, found.behind, found.dead_letters) == ("live", 0, ())


def test_an_event_that_this_program_cannot_read_is_set_aside_like_any_other(
    store: Store, record: Followed, position: int
) -> None:
    record.poisoned.add(position)
    Follower(store, record, [documents.VIEW]).catch_up()
    (found,) = how(store, record, documents.VIEW)
    assert (found.state, found.position) == ("stopped", position - 1)
    assert found.dead_letters[0].error.startswith("Poisoned: ")


def test_what_the_database_refuses_is_found_in_the_midst_of_a_batch(
    store: Store, record: Followed, position: int
) -> None:
    def refused(event: Recorded, lookup: Lookup) -> Iterable[Columns]:
        for columns in documents.rows(event, lookup):
            yield msgspec.structs.replace(columns, document=None) if event.position == position else columns

    kept: View[Columns] = msgspec.structs.replace(documents.VIEW, rows=refused)
    Follower(store, record, [kept]).catch_up()
    (found,) = how(store, record, kept)
    assert (found.state, found.position) == ("stopped", position - 1)
    assert "IntegrityError" in found.dead_letters[0].error


def test_a_view_that_skips_goes_on_without_the_event_once_that_is_on_record(
    store: Store, record: Followed, position: int
) -> None:
    on_record: list[tuple[str, int, str]] = []
    skipping = view(Faults(position), "skips")
    Follower(store, record, [skipping], skip=lambda *skipped: on_record.append(skipped)).catch_up()
    assert on_record == [("documents", position, "Broken: a mistake")]
    (found,) = how(store, record, skipping)
    assert (found.state, found.behind) == ("live", 0)
    assert [(letter.position, letter.skipped) for letter in found.dead_letters] == [(position, True)]
    whole = ReplayedRows(record).at(documents.VIEW, Cut(position=record.last_position))
    assert rows(store, record, skipping) == [row for row in whole if row.position != position]


def test_a_view_that_may_not_skip_stops_and_says_why(store: Store, record: Followed, position: int) -> None:
    def refuse(*_: object) -> None:
        raise NotPermitted("nobody holds that role")

    skipping = view(Faults(position), "skips")
    Follower(store, record, [skipping], skip=refuse).catch_up()
    (found,) = how(store, record, skipping)
    assert (found.state, found.position) == ("stopped", position - 1)
    assert found.dead_letters[0].error == "Broken: a mistake; and it may not be skipped: nobody holds that role"


def test_text_that_one_database_refuses_is_kept_alike_on_both(store: Store, record: Followed) -> None:
    def with_nul(event: Recorded, lookup: Lookup) -> Iterable[Columns]:
        for columns in documents.rows(event, lookup):
            yield msgspec.structs.replace(columns, title="a\x00b")

    kept: View[Columns] = msgspec.structs.replace(documents.VIEW, rows=with_nul)
    Follower(store, record, [kept]).catch_up()
    found = StoredRows(store).at(documents.VIEW, Cut(position=record.last_position), {"title": "a\x00b"})
    assert found
    assert {row.of.title for row in found} == {"a\N{REPLACEMENT CHARACTER}b"}
