"""What stands in the tables is what folding the events gives, at every place on the axes, on both databases."""

from collections import Counter

import pytest

from domain.standing import Cut
from projections.engine.following import Follower
from projections.engine.generations import drop, generations
from projections.engine.rebuilding import Rebuild
from projections.engine.rows import ReplayedRows, StoredRows
from projections.engine.store import Store
from projections.engine.view import Columns, View
from projections.searching import KINDS
from projections.views.catalogue import VIEWS
from projections.words import wanted
from tests.projections.engine.given import CELLS, Followed, cuts, matrices, programmes, registry
from tests.projections.engine.knowledge import knowledge
from tests.projections.engine.office import office

ALL: tuple[View[Columns], ...] = (*VIEWS.values(), CELLS)


def follow(store: Store, record: Followed, batch: int = 2_000) -> None:
    Follower(store, record, ALL, batch=batch).catch_up()


def check(store: Store, record: Followed, seed: int, count: int) -> Counter[str]:
    stored, replayed = StoredRows(store), ReplayedRows(record)
    found: Counter[str] = Counter()
    for view in ALL:
        for cut in cuts(record, seed, count):
            rows = stored.at(view, cut)
            assert rows == replayed.at(view, cut), (view.name, cut)
            found[view.name] += len(rows)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_a_registry_followed_in_small_batches_stands_as_its_events_do(store: Store, seed: int) -> None:
    record = registry(seed, 180)
    follow(store, record, batch=7 + seed)
    found = check(store, record, seed, 30)
    kept = ("documents", "submissions", "corrections", "citations", "texts")
    assert min(found[name] for name in kept) > 50


@pytest.mark.parametrize("seed", range(2))
def test_matrices_followed_as_they_are_recorded_stand_as_their_events_do(store: Store, seed: int) -> None:
    record = matrices(seed, 80)
    last = record.last_position
    for position in (*range(40, last, 31), last):
        record.last_position = position
        follow(store, record, batch=13)
    found = check(store, record, seed, 30)
    kept = ("cells", "corrections", "work_done", "matrices", "changes", "decisions", "citations", "texts")
    assert min(found[name] for name in kept) > 50


@pytest.mark.parametrize("seed", range(2))
def test_years_of_the_programme_followed_in_small_batches_stand_as_their_events_do(store: Store, seed: int) -> None:
    record = programmes(seed, 120)
    follow(store, record, batch=11 + seed)
    found = check(store, record, seed, 30)
    assert min(found["duties"], found["work_done"]) > 50


@pytest.mark.parametrize("seed", range(2))
def test_an_office_that_decides_and_grants_and_errs_is_followed_as_its_events_stand(store: Store, seed: int) -> None:
    record = office(seed, 200)
    follow(store, record, batch=11 + seed)
    found = check(store, record, seed, 30)
    assert min(found["decisions"], found["references"]) > 50


@pytest.mark.parametrize("seed", range(2))
def test_laws_treaties_and_practices_followed_in_small_batches_stand_as_their_events_do(
    store: Store, seed: int
) -> None:
    record = knowledge(seed, 220)
    follow(store, record, batch=11 + seed)
    found = check(store, record, seed, 30)
    assert min(found["citations"], found["references"]) > 50
    cited = ReplayedRows(record).at(VIEWS["citations"], Cut(position=record.last_position))
    told = {getattr(row.of, "what", "") for row in cited}
    assert told >= {"law", "repeal", "treaty", "practice", "activity"}


def test_what_is_followed_event_by_event_is_what_a_rebuild_gives(store: Store) -> None:
    record = registry(7, 120)
    follow(store, record, batch=1)
    for view in ALL:
        done = Rebuild(store, record).run(view)
        assert done.comparison is not None
        assert done.comparison.same
        assert done.switched


def test_rows_are_looked_for_by_what_columns_hold(store: Store) -> None:
    record = registry(3, 150)
    follow(store, record)
    view = VIEWS["submissions"]
    for where in ({"state": "KEN"}, {"what": ("read", "withdrawn")}, {"state": None, "what": "read"}):
        found = StoredRows(store).at(view, Cut(position=record.last_position), where)
        assert found == ReplayedRows(record).at(view, Cut(position=record.last_position), where)
        assert found


def test_texts_are_found_by_their_words_as_by_reading_them_all(store: Store) -> None:
    record = registry(5, 150)
    follow(store, record)
    stored, replayed, view = StoredRows(store), ReplayedRows(record), VIEWS["texts"]
    found: set[str] = set()
    for written in SEARCHES:
        for cut in cuts(record, 5, 8):
            rows = stored.at(view, cut, {"kind": KINDS}, wanted(written))
            assert rows == replayed.at(view, cut, {"kind": KINDS}, wanted(written)), (written, cut)
            found |= {written for _ in rows}
    for cut in cuts(record, 5, 8):
        assert stored.column(view, cut, "audience") == replayed.column(view, cut, "audience")
        assert stored.ever(view, cut, {"kind": "document"}) == replayed.ever(view, cut, {"kind": "document"})
    assert found == {*SEARCHES} - {'"law State"', "nowhere"}


SEARCHES = (
    "law",
    "LEGENDE",
    "report*",
    "rep* adopt",
    '"the State has"',
    '"law State"',
    "s/ac.44*",
    "cote",
    "nowhere",
    '"republic 1*"',
)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 160))
def test_longer_histories_stand_as_their_events_do(store: Store, seed: int) -> None:
    for record in (registry(seed, 500), matrices(seed, 200), programmes(seed, 300), office(seed, 300)):
        follow(store, record, batch=1 + seed % 50)
        check(store, record, seed, 60)
        for view in ALL:
            Rebuild(store, record).run(view)
        with store.writing() as connection:
            drop(connection, generations(connection))
