"""Followers see every event, once and in order, whoever records and whatever else runs in the database."""

import subprocess
import sys
import threading
from pathlib import Path
from random import Random

import psycopg
import pytest

from ledger.address import PostgresAddress
from ledger.following import Follower
from ledger.record import Record
from ledger.verify import Verification
from tests import postgres
from tests.ledger import tiny

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from ledger.address import address
from ledger.record import Record
from tests.ledger import tiny

home, place, name, commands, times = sys.argv[1:]
with Record.open(Path(home), address=address(place), rules=tiny.rules()) as record:
    for n in range(int(commands)):
        record.submit(tiny.Note(id=f"{name}-{n}", actor=name, text="x", stream=f"note/{name}", times=int(times)))
"""


class Reader(threading.Thread):
    """Follows from the beginning, notes every position, and stops after one."""

    def __init__(self, record: Record, last: int) -> None:
        super().__init__()
        self.seen: list[int] = []
        self.streams: dict[str, int] = {}
        self.unfit: list[str] = []
        self._last = last
        self._follower: Follower = record.follow()

    def run(self) -> None:
        with self._follower as pages:
            for page in pages:
                for event in page:
                    self.seen.append(event.position)
                    before = self.streams.get(event.header.stream, 0)
                    if event.header.version != before + 1:
                        self.unfit.append(f"{event.header.stream} {before} {event.header.version}")
                    self.streams[event.header.stream] = event.header.version
                if self.seen[-1] >= self._last:
                    return

    def stop(self) -> None:
        self._follower.stop()


def writer(record: Record, name: str, commands: int, times: int) -> subprocess.Popen[bytes]:
    address = record.address
    place = address.whole if isinstance(address, PostgresAddress) else str(address)
    words = [sys.executable, "-c", WRITER, str(record.home), place, name, str(commands), str(times)]
    return subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE)


def all_is_seen(record: Record, *, writers: int, commands: int, times: int, kills: int) -> None:
    """Let processes record while readers follow; some writers are killed, and begin again with the same commands."""
    chance = Random(1540)
    begun = record.last_position
    last = begun + writers * commands * times
    readers = [Reader(record, last) for _ in range(3)]
    for reader in readers:
        reader.start()
    running = {f"w{n}": writer(record, f"w{n}", commands, times) for n in range(writers)}
    for _ in range(kills):
        name = chance.choice(sorted(running))
        record.wait(record.last_position, 5)  # so that there is something to be torn apart
        running[name].kill()
        running[name].communicate()
        running[name] = writer(record, name, commands, times)
    for process in running.values():
        _, told = process.communicate()
        assert process.returncode == 0, told.decode()
    for reader in readers:
        reader.join(timeout=120)
        reader.stop()
        assert reader.seen == list(range(1, last + 1))
        assert reader.unfit == []
    assert record.last_position == last
    assert list(Verification(record.home, address=record.address, rules=tiny.rules())) == []


def test_readers_see_each_event_once_and_in_order_while_writers_are_killed(record: Record) -> None:
    all_is_seen(record, writers=3, commands=60, times=5, kills=4)


@pytest.mark.soak
@pytest.mark.parametrize("kills", [0, 40])
def test_readers_see_a_hundred_thousand_events_of_eight_writers(record: Record, kills: int) -> None:
    all_is_seen(record, writers=8, commands=250, times=50, kills=kills)


def test_what_is_there_already_is_seen_first_and_then_what_comes(record: Record) -> None:
    size = record.last_position
    with record.follow(size) as pages:
        record.submit(tiny.Note(id="a", actor="x", text="one", times=2))
        found = iter(pages)
        assert [event.position for event in next(found)] == [size + 1, size + 2]
        record.submit(tiny.Note(id="b", actor="x", text="two"))
        assert [event.position for event in next(found)] == [size + 3]
        pages.stop()
        assert list(found) == []


def test_a_page_at_most_is_in_memory(record: Record) -> None:
    record.submit(tiny.Note(id="a", actor="x", text="one", times=1200))
    with record.follow() as pages:
        found = iter(pages)
        assert max(len(next(found)) for _ in range(3)) == 500


def test_a_follower_that_waits_can_be_stopped(record: Record) -> None:
    reader = Reader(record, 10**6)
    reader.start()
    reader.stop()
    reader.join(timeout=60)
    assert not reader.is_alive()


def test_a_door_waits_for_a_position(record: Record) -> None:
    size = record.last_position
    assert record.wait(size, 0.01) == size
    writing = threading.Timer(0.05, lambda: record.submit(tiny.Note(id="a", actor="x", text="one")))
    writing.start()
    assert record.wait(size, 60) == size + 1
    writing.join()


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_long_transactions_elsewhere_neither_stall_nor_break_a_follower(record: Record) -> None:
    size = record.last_position
    with psycopg.connect(postgres.database_url()) as other, record.follow(size) as pages:
        other.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        other.execute("SELECT pg_current_xact_id()")
        found = iter(pages)
        for n in range(5):
            record.submit(tiny.Note(id=f"n{n}", actor="x", text="one"))
            assert [event.position for event in next(found)] == [size + n + 1]


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_follower_survives_the_loss_of_its_connection(record: Record) -> None:
    lose = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ledger1540 follower'"
    size = record.last_position
    with record.follow(size) as pages:
        found = iter(pages)
        for n in range(3):
            record.submit(tiny.Note(id=f"n{n}", actor="x", text="one"))
            assert [event.position for event in next(found)] == [size + n + 1]
            with psycopg.connect(postgres.database_url(), autocommit=True) as other:
                other.execute(lose)
