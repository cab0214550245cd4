"""A rebuild stands beside the live rows until it is known to be right, and takes their place at once."""

from functools import partial
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from domain.refusals import Conflict
from domain.standing import Cut
from interfaces.demo.build import demo
from ledger.record import Record
from projections.engine.following import Follower
from projections.engine.generations import generations
from projections.engine.leading import held
from projections.engine.rebuilding import Rebuild, Stopped
from projections.engine.rows import ReplayedRows, StoredRows
from projections.engine.sharing import ShareFailed
from projections.engine.status import status
from projections.engine.store import Store
from projections.engine.view import Columns, View
from projections.views import corrections, documents
from projections.views.catalogue import VIEWS
from tests.projections.conftest import Stores
from tests.projections.engine.given import Followed, registry

DOCUMENTS: View[Columns] = documents.VIEW


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("demo") / "home"
    demo(found, seed=3, states=5)
    return found


@pytest.fixture
def record() -> Followed:
    return registry(2, 80)


def standing(store: Store, view: str = "documents") -> list[tuple[int, int, str, int]]:
    with store.reading() as connection:
        return [(g.number, g.version, g.state, g.position) for g in generations(connection, view)]


def tables(store: Store) -> set[str]:
    with store.reading() as connection:
        return {name for name in sa.inspect(connection).get_table_names() if name.startswith("documents_")}


def tamper(store: Store, generation: int, statement: str) -> None:
    with store.writing() as connection:
        connection.execute(sa.text(statement.format(table=f"documents_{generation}")))


def test_a_rebuild_that_is_the_same_takes_over_and_one_old_generation_is_kept(store: Store, record: Followed) -> None:
    last = record.last_position
    Follower(store, record, [DOCUMENTS]).catch_up()
    done = Rebuild(store, record).run(DOCUMENTS)
    assert done.comparison is not None
    assert (done.switched, done.comparison.same, done.comparison.position, done.comparison.differences) == (
        True,
        True,
        last,
        (),
    )
    assert standing(store) == [(1, 1, "kept", last), (2, 1, "live", last)]
    Rebuild(store, record).run(DOCUMENTS)
    assert standing(store) == [(2, 1, "kept", last), (3, 1, "live", last)]
    assert tables(store) == {"documents_2", "documents_3"}


def test_a_check_changes_nothing(store: Store, record: Followed) -> None:
    Follower(store, record, [DOCUMENTS]).catch_up()
    before = standing(store)
    done = Rebuild(store, record, check=True).run(DOCUMENTS)
    assert done.comparison is not None
    assert (done.comparison.same, done.switched) == (True, False)
    assert standing(store) == before
    assert tables(store) == {"documents_1"}


@pytest.mark.parametrize(
    ("statement", "live", "rebuilt"),
    [
        ("UPDATE {table} SET title = 'forged' WHERE root_position = (SELECT min(root_position) FROM {table})", 1, 1),
        ("DELETE FROM {table} WHERE root_position = (SELECT max(root_position) FROM {table})", 0, 1),
        ("UPDATE {table} SET root_position = 1 WHERE root_position = (SELECT max(root_position) FROM {table})", 1, 1),
    ],
)
def test_rows_that_differ_are_shown_and_what_is_live_stays_so(
    store: Store, record: Followed, statement: str, live: int, rebuilt: int
) -> None:
    Follower(store, record, [DOCUMENTS]).catch_up()
    tamper(store, 1, statement)
    done = Rebuild(store, record).run(DOCUMENTS)
    assert done.comparison is not None
    assert (done.switched, done.comparison.same) == (False, False)
    sides = [[getattr(each, side) is not None for each in done.comparison.differences] for side in ("live", "rebuilt")]
    assert [sum(side) > 0 for side in sides] == [live > 0, rebuilt > 0]
    assert standing(store) == [(1, 1, "live", record.last_position)]
    assert tables(store) == {"documents_1"}


def test_what_differs_takes_over_only_where_somebody_says_so(store: Store, record: Followed) -> None:
    Follower(store, record, [DOCUMENTS]).catch_up()
    tamper(store, 1, "UPDATE {table} SET title = 'forged'")
    done = Rebuild(store, record, accept=True).run(DOCUMENTS)
    assert done.switched
    assert len(done.comparison.differences if done.comparison else ()) == 10
    cut = Cut(position=record.last_position)
    assert StoredRows(store).at(documents.VIEW, cut) == ReplayedRows(record).at(documents.VIEW, cut)


def test_generations_are_compared_where_the_live_one_is_although_the_record_has_moved_on(
    store: Store, record: Followed
) -> None:
    last, record.last_position = record.last_position, record.last_position - 30
    Follower(store, record, [DOCUMENTS]).catch_up()
    record.last_position = last
    done = Rebuild(store, record).run(DOCUMENTS)
    assert done.comparison is not None
    assert (done.comparison.position, done.comparison.same, done.position) == (last - 30, True, last)
    assert standing(store) == [(1, 1, "kept", last - 30), (2, 1, "live", last)]


def changed(version: int) -> View[Columns]:
    made: View[Columns] = msgspec.structs.replace(documents.VIEW, version=version)
    return made


def test_a_changed_view_is_built_anew_without_comparing_while_the_old_one_answers(
    store: Store, record: Followed
) -> None:
    last = record.last_position
    Follower(store, record, [DOCUMENTS]).catch_up()
    follower = Follower(store, record, [changed(2)], batch=50)
    while follower.advance(last):
        assert standing(store)[0] == (1, 1, "live", last)
    assert standing(store) == [(1, 1, "kept", last), (2, 2, "live", last)]
    assert StoredRows(store).at(documents.VIEW, Cut(position=last)) == StoredRows(store).at(
        changed(2), Cut(position=last)
    )
    done = Rebuild(store, record).run(changed(3))
    assert (done.comparison, done.switched) == (None, True)


def test_an_older_program_leaves_alone_what_a_newer_one_has_built(store: Store, record: Followed) -> None:
    Follower(store, record, [changed(2)]).catch_up()
    before = standing(store)
    Follower(store, record, [DOCUMENTS]).catch_up()
    assert standing(store) == before
    assert [each.state for each in status(store, record, [DOCUMENTS], record.now())] == ["not built"]


def test_two_do_not_rebuild_one_view_at_once(stores: Stores, record: Followed) -> None:
    one, other = stores(), stores()
    with held(other, "rebuild-documents") as mine:
        assert mine
        with pytest.raises(Conflict):
            Rebuild(one, record).run(DOCUMENTS)
    assert Rebuild(one, record).run(DOCUMENTS).switched


def test_a_rebuild_says_which_event_it_cannot_take_in_and_leaves_nothing_behind(
    store: Store, record: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projections.engine.taking.PAUSES", ())
    Follower(store, record, [DOCUMENTS]).catch_up()
    before = standing(store)
    poisoned = next(e.position for e in record.record.events if e.header.type == "document.registered")
    record.poisoned.add(poisoned)
    with pytest.raises(Stopped, match=rf"cannot take in position {poisoned}: Poisoned"):
        Rebuild(store, record).run(DOCUMENTS)
    assert standing(store) == before


@pytest.mark.parametrize("each", [5, pytest.param(1, marks=pytest.mark.soak)])
def test_a_rebuild_shared_by_processes_gives_the_same_rows(store: Store, home: Path, each: int) -> None:
    with Record.open(home) as record:
        Follower(store, record, VIEWS.values()).catch_up()
        for view in list(VIEWS.values())[::each]:
            done = Rebuild(store, record, shares=3, opener=partial(Record.open, home)).run(view)
            assert done.comparison is not None
            assert (done.comparison.same, done.switched) == (True, True)
            assert done.comparison.rows[0] >= 10
            cut = Cut(position=record.last_position)
            assert StoredRows(store).at(view, cut) == ReplayedRows(record).at(view, cut)


def test_a_share_that_fails_fails_the_rebuild(store: Store, home: Path) -> None:
    broken: View[Columns] = msgspec.structs.replace(corrections.VIEW, rows=not_a_function_of_an_event)
    with Record.open(home) as record:
        shared = Rebuild(store, record, shares=2, opener=partial(Record.open, home))
        with pytest.raises(ShareFailed):
            shared.run(broken)


def not_a_function_of_an_event() -> None:
    pass
