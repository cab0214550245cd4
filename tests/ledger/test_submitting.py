import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, pairwise
from pathlib import Path

import pytest
from eventsourcing.persistence import PersistenceError

from domain.deciding import Command, Context
from domain.recorded import Decided
from domain.refusals import Refusal
from ledger.record import Record
from ledger.refusals import RecordUnavailable
from ledger.unit import WRITE_AFTER, Receipt
from tests.ledger import tiny
from tests.ledger.places import Place

REGISTERED = len(tiny.TYPES)
HANGS_AFTER = 600
"""Seconds: a limit against hanging, not on speed."""
ROOT = str(Path(__file__).parents[2])


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


def test_64_submitters_share_transactions_and_a_refused_one_harms_no_neighbour(place: Place, record: Record) -> None:
    gate = Gate()
    with place.open(rules=tiny.rules(gate.decide)) as shared, ThreadPoolExecutor(66) as pool:
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
    assert not place.findings()


WRITER = """
import sys
from pathlib import Path
from ledger.address import address
from ledger.record import Record
from tests.ledger import tiny
home, place, name, count = Path(sys.argv[1]), address(sys.argv[2]), sys.argv[3], int(sys.argv[4])
with Record.open(home, address=place, rules=tiny.rules()) as record:
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
def start(place: Place) -> Start:
    def started(name: str, count: int) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(place.home), place.written, name, str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": ROOT},
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    return started


def test_four_processes_record_500_commands_each_and_none_is_lost_or_doubled(
    place: Place, record: Record, start: Start
) -> None:
    processes = [start(name, 500) for name in "abcd"]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=HANGS_AFTER)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    told = sorted(int(line) for output in outputs for line in output.split())
    assert told == list(range(REGISTERED + 1, REGISTERED + 2001))
    assert record.last_position == REGISTERED + 2000
    for name in "abcd":
        bodies = [event.body for event in record.history(f"note/{name}").events]
        assert [body.text for body in bodies if isinstance(body, tiny.Noted)] == [f"{name} {n}" for n in range(500)]
    times = [event.header.recorded_at for event in record.recorded(REGISTERED + 1)]
    assert all(earlier < later for earlier, later in pairwise(times))
    assert not place.findings()


def test_a_writer_killed_in_the_middle_leaves_a_sound_record_with_all_it_was_told(
    place: Place, record: Record, start: Start
) -> None:
    with start("victim", 1_000_000) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("go\n")
        process.stdin.flush()
        told = [int(process.stdout.readline()) for _ in range(50)]
        process.send_signal(signal.SIGKILL)
        # `communicate` would pass over what was read ahead of these lines.
        told += [int(line) for line in process.stdout if line.endswith("\n")]
    assert told[-1] <= record.last_position <= told[-1] + 1
    assert not place.findings()
    record.submit(note("after"))
    assert not place.findings()


def test_a_batch_killed_before_its_end_leaves_nothing(place: Place, record: Record) -> None:
    program = """
import os, signal, sys
from pathlib import Path
from ledger.address import address
from ledger.record import Record
from tests.ledger import tiny
def commands():
    for n in range(5000):
        yield tiny.Note(id=f"n{n}", actor="x", text="x", document=f"document {n}" if n % 1000 == 0 else None)
    os.kill(os.getpid(), signal.SIGKILL)
with Record.open(Path(sys.argv[1]), address=address(sys.argv[2]), rules=tiny.rules()) as record:
    record.submit_all(commands())
"""
    words = [sys.executable, "-c", program, str(place.home), place.written]
    done = subprocess.run(words, check=False, env=os.environ | {"PYTHONPATH": ROOT}, timeout=HANGS_AFTER)
    assert done.returncode == -signal.SIGKILL
    assert record.last_position == REGISTERED
    assert not place.findings()


def test_a_closed_record_says_so(place: Place) -> None:
    record = place.create()
    record.close()
    with pytest.raises(RecordUnavailable, match="closed"):
        record.submit(note("a"))
    with pytest.raises(PersistenceError, match="closed"):
        record.history("note/1")
    record.close()


@pytest.mark.soak
def test_a_hundred_thousand_rows_go_through_in_one_transaction(place: Place, record: Record) -> None:
    receipts = record.submit_all(
        tiny.Note(id=f"n{n}", actor="x", text="x", stream=f"note/{n // 400}", kind="counted") for n in range(100_000)
    )
    assert len(receipts) == 100_000
    assert record.last_position == REGISTERED + 100_000
    assert not place.findings()


def test_what_follows_a_long_batch_goes_on_where_its_streams_end(place: Place, record: Record) -> None:
    record.submit(tiny.Note(id="before", actor="x", text="before", stream="note/0"))
    record.submit_all(
        tiny.Note(id=f"n{n}", actor="x", text=str(n), stream=f"note/{n % 3}", kind=kind)
        for n, kind in zip(range(2 * WRITE_AFTER), cycle(("noted", "counted")), strict=False)
    )
    record.submit(tiny.Note(id="after", actor="x", text="after", stream="note/0"))
    assert [event.header.version for event in record.history("note/0").events][-3:] == [1334, 1335, 1336]
    assert place.findings() == []
