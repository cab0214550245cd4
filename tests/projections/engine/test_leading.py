"""Two engines do no harm: one leads, the other stands by; and whoever lost the lead unawares writes nothing."""

from collections.abc import Callable
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from domain.standing import Cut
from projections.engine import following, source
from projections.engine.following import Follower
from projections.engine.generations import LostLead, generations, live
from projections.engine.leading import LEADER, held
from projections.engine.reaching import ViewBehind, reach
from projections.engine.rebuilding import Rebuild
from projections.engine.rows import ReplayedRows, StoredRows
from projections.engine.status import status
from projections.engine.store import Store
from projections.engine.taking import Taker, Target
from projections.engine.view import Columns, View
from projections.views import documents
from projections.views.catalogue import VIEWS
from tests.postgres import postgres_url
from tests.projections.conftest import Stores
from tests.projections.engine.given import Followed, registry

DOCUMENTS: View[Columns] = documents.VIEW


@pytest.fixture
def record() -> Followed:
    return registry(4, 200)


def until(true: Callable[[], bool]) -> None:
    """Wait for something that must come about."""
    end = monotonic() + 30
    while not true():
        assert monotonic() < end, "it did not come about"
        sleep(0.005)


def position(store: Store) -> int:
    with store.reading() as connection:
        found = live(connection, "documents")
    return 0 if found is None else found.position


def test_a_lock_has_one_holder_and_is_free_again_when_that_one_is_gone(stores: Stores) -> None:
    one, other = stores(), stores()
    with held(one, LEADER) as first, held(other, LEADER) as second, held(other, "rebuild-documents") as third:
        assert (first, second, third) == (True, False, True)
    with held(other, LEADER) as again:
        assert again


def test_records_that_share_a_database_each_have_a_leader() -> None:
    with postgres_url() as url:
        one, other = (Store(f"{url}&schema={name}") for name in ("one", "other"))
        with held(one, LEADER) as first, held(other, LEADER) as second:
            assert (first, second) == (True, True)
        one.close()
        other.close()


def test_one_engine_leads_and_the_other_takes_its_place(
    stores: Stores, record: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "STANDBY_SECONDS", 0.01)
    last, record.last_position = record.last_position, record.last_position // 2
    stops = [Event(), Event()]
    engines = [Follower(stores(), record, VIEWS.values(), stop=stop, batch=5) for stop in stops]
    threads = [Thread(target=engine.run) for engine in engines]
    looking = stores()
    for thread in threads:
        thread.start()
    try:
        until(lambda: position(looking) == record.last_position)
        with held(looking, LEADER) as free:
            assert not free
        stops[0].set()
        threads[0].join(30)
        record.last_position = last
        until(lambda: position(looking) == last)
    finally:
        for stop, thread in zip(stops, threads, strict=True):
            stop.set()
            thread.join(30)
    until(lambda: all_at(looking, last))
    for view in VIEWS.values():
        cut = Cut(position=last)
        assert StoredRows(looking).at(view, cut) == ReplayedRows(record).at(view, cut)


def all_at(store: Store, last: int) -> bool:
    with store.reading() as connection:
        return {each.position for each in generations(connection)} == {last}


def test_whoever_lost_the_lead_unawares_writes_nothing(stores: Stores, record: Followed) -> None:
    one, other = stores(), stores()
    last, record.last_position = record.last_position, 60
    Follower(one, record, [DOCUMENTS]).catch_up()
    with one.reading() as connection:
        (generation,) = generations(connection)
    slow, quick = Target(DOCUMENTS, generation), Target(DOCUMENTS, generation)
    record.last_position = last
    Taker(other, record).take(quick, source.batch(record, 61, 70, quick.wants))
    with pytest.raises(LostLead):
        Taker(one, record).take(slow, source.batch(record, 61, 75, slow.wants))
    cut = Cut(position=70)
    assert StoredRows(one).at(documents.VIEW, cut) == ReplayedRows(record).at(documents.VIEW, cut)
    assert position(one) == 70


def test_an_engine_that_does_not_lead_brings_nothing_up_to_date(stores: Stores, record: Followed) -> None:
    one, other = stores(), stores()
    with held(one, LEADER) as leading:
        assert leading
        assert Follower(other, record, [DOCUMENTS]).catch_up() == record.last_position
    with other.reading() as connection:
        assert generations(connection) == []


def test_views_of_another_record_are_not_taken_for_those_of_this_one(store: Store, stores: Stores) -> None:
    before, restored = registry(4, 200), registry(5, 120)
    Follower(store, before, VIEWS.values()).catch_up()
    assert restored.last_position < before.last_position
    with held(stores(), LEADER), pytest.raises(ViewBehind, match="documents is not built"):
        reach(store, restored, DOCUMENTS, restored.last_position, timeout=0)
    Follower(store, restored, [DOCUMENTS]).catch_up()
    reach(store, restored, DOCUMENTS, restored.last_position)
    cut = Cut(position=restored.last_position)
    assert StoredRows(store).at(documents.VIEW, cut) == ReplayedRows(restored).at(documents.VIEW, cut)
    found = status(store, restored, VIEWS.values(), restored.now())
    assert [each.view for each in found if each.state == "live"] == ["documents"]
    assert {each.state for each in found if each.view != "documents"} == {"not built"}
    done = Rebuild(store, restored).run(VIEWS["corrections"])
    assert (done.comparison, done.switched, done.position) == (None, True, restored.last_position)
