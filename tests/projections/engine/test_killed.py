"""Killed at any point, the engine goes on from where it was or starts clean; what the tables hold is whole."""

import random
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from domain.standing import Cut
from interfaces.demo.build import demo
from ledger.record import Record
from projections.engine.following import Follower
from projections.engine.generations import generations
from projections.engine.rebuilding import Rebuild
from projections.engine.rows import ReplayedRows, StoredRows
from projections.engine.store import Store
from projections.engine.tables import table
from projections.views.catalogue import VIEWS
from tests.copied import Copied
from tests.projections.engine.given import registry

ROOT = Path(__file__).parents[3]
PATIENCE = 120


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("demo") / "home"
    demo(found, seed=11, states=2)
    return found


@pytest.fixture
def record(home: Path) -> Iterator[Record]:
    with Record.open(home) as found:
        yield found


@contextmanager
def another(what: str, url: str, home: Path) -> Generator[subprocess.Popen[bytes]]:
    """Start a process that follows or rebuilds, and kill it at the end."""
    words = [sys.executable, "-m", "tests.projections.engine.process", what, url, str(home)]
    process = subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until_past(process: subprocess.Popen[bytes], store: Store, place: int, view: str, *states: str) -> None:
    """Wait until a process has brought a view past a place, or has ended well."""
    end = monotonic() + PATIENCE
    while position(store, view, *states) <= place:
        if process.poll() is not None:
            assert process.returncode == 0, process.communicate()[1].decode()
            return
        assert monotonic() < end, "it did not come about"
        sleep(0.001)


def position(store: Store, view: str, *states: str) -> int:
    with store.reading() as connection:
        found = [each.position for each in generations(connection, view) if each.state in states]
    return max(found, default=0)


def check_whole(store: Store, record: Record) -> None:
    """Every generation holds the rows of exactly the events up to its position."""
    with store.reading() as connection:
        found = generations(connection)
    for each in found:
        view = VIEWS[each.view]
        with store.reading() as connection:
            rows = table(view, each.number)
            assert not connection.execute(rows.select().where(rows.c.from_position > each.position)).first()
        if each.state == "live":
            cut = Cut(position=each.position)
            assert StoredRows(store).at(view, cut) == ReplayedRows(record).at(view, cut)


def follow_and_kill(store: Store, url: str, record: Record, chance: random.Random, times: int) -> None:
    last = record.last_position
    for place in sorted(chance.randrange(last) for _ in range(times)):
        with another("follow", url, record.home) as process:
            until_past(process, store, place, "corrections", "building", "live")
        check_whole(store, record)
    Follower(store, record, VIEWS.values()).catch_up()
    check_whole(store, record)
    assert {position(store, view, "live") for view in VIEWS} == {last}


def rebuild_and_kill(store: Store, url: str, record: Record, chance: random.Random, times: int) -> None:
    last = record.last_position
    Follower(store, record, VIEWS.values()).catch_up()
    for _ in range(times):
        name, place = chance.choice(list(VIEWS)), chance.randrange(last)
        with another("rebuild", url, record.home) as process:
            until_past(process, store, place, name, "rebuilding")
        check_whole(store, record)
    for view in VIEWS.values():
        done = Rebuild(store, record).run(view)
        assert done.switched
    with store.reading() as connection:
        assert {each.state for each in generations(connection)} == {"live", "kept"}
    check_whole(store, record)


def test_a_follower_that_is_killed_goes_on_from_where_it_was(store: Store, url: str, record: Record) -> None:
    follow_and_kill(store, url, record, random.Random(1540), 2)


def test_a_rebuild_that_is_killed_leaves_what_is_live_and_the_next_one_starts_clean(
    store: Store, url: str, record: Record
) -> None:
    rebuild_and_kill(store, url, record, random.Random(1540), 1)


def record_to(copied: Copied, place: int) -> None:
    """Record what is missing up to a position."""
    if place > copied.record.last_position:
        copied.append(place - copied.record.last_position)


def a_day(store: Store, url: str, home: Path, seed: int, length: int, times: int) -> None:
    """A history goes on being recorded while what follows it is killed; then every view is rebuilt and compared."""
    chance = random.Random(seed)
    copied = Copied(home, registry(seed, length).record)
    last, rows = copied.original.position, 0
    for place in sorted(chance.randrange(1, last) for _ in range(times)):
        record_to(copied, place)
        with another("follow", url, home) as process:
            record_to(copied, min(place + 20, last))
            until_past(process, store, chance.randrange(place), "corrections", "building", "live")
        check_whole(store, copied.record)
    record_to(copied, last)
    Follower(store, copied.record, VIEWS.values()).catch_up()
    for view in VIEWS.values():
        done = Rebuild(store, copied.record).run(view)
        assert done.comparison is not None
        assert (done.comparison.position, done.comparison.sha256[0]) == (last, done.comparison.sha256[1])
        rows += done.comparison.rows[0]
    assert rows > length / 2
    check_whole(store, copied.record)
    copied.record.close()


def test_after_a_day_of_history_with_crashes_a_rebuild_has_the_hash_of_what_is_live(
    store: Store, url: str, tmp_path: Path
) -> None:
    a_day(store, url, tmp_path / "day", seed=1540, length=90, times=2)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(50, 56))
def test_longer_days_with_more_crashes_end_the_same(store: Store, url: str, tmp_path: Path, seed: int) -> None:
    a_day(store, url, tmp_path / "day", seed, length=1_500, times=15)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(6))
def test_killed_again_and_again_nothing_is_lost_and_nothing_doubled(
    store: Store, url: str, record: Record, seed: int
) -> None:
    chance = random.Random(seed)
    follow_and_kill(store, url, record, chance, 12)
    rebuild_and_kill(store, url, record, chance, 8)
