import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from domain.deciding import Command, Context
from domain.recorded import Decided
from domain.refusals import Refusal
from ledger.record import Record
from ledger.refusals import RecordUnavailable
from ledger.sqlite.database import SQLiteDatabase
from ledger.unit import Receipt
from ledger.verify import verify
from tests.ledger import tiny

REGISTERED = len(tiny.TYPES)


class Gate:
    """Lets the first decision wait until a number of threads is waiting behind it."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.open = threading.Event()

    def decide(self, command: Command, context: Context) -> Decided:
        if command.id == "first":
            self.entered.set()
            assert self.open.wait(30)
        return tiny.decide(command, context)


def note(key: str, text: str = "x", kind: str = "noted") -> tiny.Note:
    return tiny.Note(id=key, actor="x", text=text, kind=kind)


def submitted(record: Record, command: Command) -> Receipt | BaseException:
    try:
        return record.submit(command)
    except (Refusal, tiny.Broken) as error:
        return error


def test_64_submitters_share_transactions_and_a_refused_one_harms_no_neighbour(home: Path, record: Record) -> None:
    gate = Gate()
    with Record.open(home, rules=tiny.rules(gate.decide)) as shared, ThreadPoolExecutor(66) as pool:
        first = pool.submit(submitted, shared, note("first"))
        assert gate.entered.wait(30)
        waiting = threading.Barrier(65)

        def submit(command: Command) -> Receipt | BaseException:
            waiting.wait(30)
            return submitted(shared, command)

        commands = [note(f"n{n}", "" if n == 7 else "x", "broken" if n == 9 else "noted") for n in range(64)]
        results = [pool.submit(submit, command) for command in commands]
        waiting.wait(30)
        while shared.waiting < 64:
            threading.Event().wait(0.001)
        gate.open.set()
        found = [result.result(30) for result in results]
        assert isinstance(first.result(30), Receipt)
        assert shared.commits == 2
        assert shared.commands == 63
    assert isinstance(found[7], tiny.NothingSaid)
    assert isinstance(found[9], tiny.Broken)
    recorded = [result for n, result in enumerate(found) if n not in (7, 9)]
    assert all(isinstance(result, Receipt) for result in recorded)
    positions = sorted(r.first_position or 0 for r in recorded if isinstance(r, Receipt))
    assert positions == list(range(REGISTERED + 2, REGISTERED + 2 + 62))
    assert len({event.header.recorded_at for event in record.recorded(REGISTERED + 2)}) == 1
    assert not list(verify(home, rules=tiny.rules()))


WRITER = """
import sys
from pathlib import Path
from ledger.record import Record
from tests.ledger import tiny
home, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with Record.open(home, rules=tiny.rules()) as record:
    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(count):
        command = tiny.Note(id=f"{name}-{n}", actor="x", text=name, stream=f"note/{name}", kind="counted")
        receipt = record.submit(command)
        assert not receipt.repeated
        print(receipt.last_position, flush=True)
"""
Start = Callable[[str, int], "subprocess.Popen[str]"]


@pytest.fixture
def start(home: Path) -> Start:
    root = str(Path(__file__).parents[2])

    def started(name: str, count: int) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(home), name, str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": root},
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    return started


def test_four_processes_record_500_commands_each_and_none_is_lost_or_doubled(
    home: Path, record: Record, start: Start
) -> None:
    processes = [start(name, 500) for name in "abcd"]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    told = sorted(int(line) for output in outputs for line in output.split())
    assert told == list(range(REGISTERED + 1, REGISTERED + 2001))
    assert record.last_position == REGISTERED + 2000
    for name in "abcd":
        bodies = [event.body for event in record.history(f"note/{name}").events]
        assert [body.text for body in bodies if isinstance(body, tiny.Noted)] == [f"{name} {n}" for n in range(500)]
    times = [event.header.recorded_at for event in record.recorded(REGISTERED + 1)]
    assert all(earlier < later for earlier, later in pairwise(times))
    assert not list(verify(home, rules=tiny.rules()))


def test_a_writer_killed_in_the_middle_leaves_a_sound_record_with_all_it_was_told(
    home: Path, record: Record, start: Start
) -> None:
    process = start("victim", 1_000_000)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    told = [int(process.stdout.readline()) for _ in range(50)]
    process.send_signal(signal.SIGKILL)
    told += [int(line) for line in process.communicate(timeout=30)[0].splitlines(keepends=True) if line.endswith("\n")]
    assert told[-1] <= record.last_position <= told[-1] + 1
    assert not list(verify(home, rules=tiny.rules()))
    record.submit(note("after"))
    assert not list(verify(home, rules=tiny.rules()))


def test_a_batch_killed_before_its_end_leaves_nothing(home: Path, record: Record) -> None:
    program = """
import os, signal, sys
from pathlib import Path
from ledger.record import Record
from tests.ledger import tiny
def commands():
    for n in range(5000):
        yield tiny.Note(id=f"n{n}", actor="x", text="x", document=f"document {n}" if n % 1000 == 0 else None)
    os.kill(os.getpid(), signal.SIGKILL)
with Record.open(Path(sys.argv[1]), rules=tiny.rules()) as record:
    record.submit_all(commands())
"""
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", program, str(home)], check=False, env=os.environ | {"PYTHONPATH": root}, timeout=60
    )
    assert done.returncode == -signal.SIGKILL
    assert record.last_position == REGISTERED
    assert not list(verify(home, rules=tiny.rules()))


def test_a_full_disk_is_told_and_the_same_command_goes_through_later(record: Record) -> None:
    database = record.application.sequencer.database
    assert isinstance(database, SQLiteDatabase)
    (pages,) = database.row("PRAGMA page_count")
    database._writer.execute(f"PRAGMA max_page_count = {pages}")
    full = pytest.raises(RecordUnavailable, match="full")
    with full:
        list(map(record.submit, (note(f"n{n}", "x" * 1000) for n in range(1000))))
    size = record.last_position
    database._writer.execute("PRAGMA max_page_count = 1000000")
    assert [record.submit(note(f"n{n}", "x" * 1000)).repeated for n in range(size - REGISTERED + 1)][-1] is False


def test_a_closed_record_says_so(home: Path) -> None:
    record = Record.create(home, origin="example.org/ledger1540/1", rules=tiny.rules())
    record.close()
    with pytest.raises((RecordUnavailable, sqlite3.ProgrammingError)):
        record.submit(note("a"))


class Counting:
    """Counts what SQLite is asked to do."""

    def __init__(self, record: Record) -> None:
        self.statements = 0
        database = record.application.sequencer.database
        assert isinstance(database, SQLiteDatabase)
        database._writer.set_progress_handler(self._step, 1000)

    def _step(self) -> int:
        self.statements += 1
        return 0


def test_the_work_of_a_batch_grows_with_its_rows_and_not_with_their_square(record: Record) -> None:
    work = Counting(record)

    def batch(name: str, rows: int) -> int:
        before = work.statements
        record.submit_all(
            tiny.Note(id=f"{name}-{n}", actor="x", text="x", stream=f"note/{name}-{n // 400}", kind="counted")
            for n in range(rows)
        )
        return work.statements - before

    small, large = batch("small", 4_000), batch("large", 32_000)
    assert large < 8 * small * 1.5


@pytest.mark.soak
def test_a_hundred_thousand_rows_go_through_in_one_transaction(home: Path, record: Record) -> None:
    receipts = record.submit_all(
        tiny.Note(id=f"n{n}", actor="x", text="x", stream=f"note/{n // 400}", kind="counted") for n in range(100_000)
    )
    assert len(receipts) == 100_000
    assert record.last_position == REGISTERED + 100_000
    assert not list(verify(home, rules=tiny.rules()))
