"""What may go wrong, with real parts: workers that are killed, two of them at once, a server that loses everything."""

import asyncio
import shutil
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from random import Random
from threading import Semaphore
from time import monotonic

import pytest

from interfaces.run.temporal_server import FOLDER, ready, running, served
from projections.outbox import messages
from tests.workflows.cycles import WAITED_FOR
from tests.workflows.faults import LONGEST, Workers, external, secretariat, uncertain, until_accepted, wave
from tests.workflows.mail.given import HEAD, OFFICES, PERSON, Office, Post, free_port, serving
from workflows.catalogue import kinds
from workflows.connecting import Place, connect
from workflows.office import RecordOffice
from workflows.reconciling import differences
from workflows.reconciling import running as cycles


def killed_at_random(home: Path, times: int, size: int, seed: int) -> None:
    """Given a wave of reminders, when the worker is killed again and again, then none is lost and none repeated."""
    chance, post, taken = Random(seed), Post(), Semaphore(0)
    post.taken = taken.release
    office = secretariat(home)
    with office.record, serving(post) as server, served(home) as place:
        asyncio.run(ready(place))
        wave(office, size)
        workers = Workers(home, server)
        for _ in range(times):
            process = workers.begin("work")
            for _ in range(chance.randint(2, 5)):
                assert taken.acquire(timeout=LONGEST)
            process.kill()
            process.wait()
        with workers.at_work("work"):
            until_accepted(office.record, size)
        again = uncertain(office.record)
    taken_each = Counter(post.counted)
    assert set(taken_each) == set(again), "no reminder is lost"
    assert all(taken_each[each] <= 1 + again[each] for each in again), "repeated only what was known to be uncertain"
    assert sum(again.values()) <= times


def test_a_worker_killed_in_a_wave_loses_no_reminder_and_repeats_only_what_was_uncertain(tmp_path: Path) -> None:
    killed_at_random(tmp_path / "home", times=2, size=16, seed=1540)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_killed_fifty_times_no_reminder_is_lost(tmp_path: Path, seed: int) -> None:
    killed_at_random(tmp_path / "home", times=5, size=40, seed=seed)


def test_two_workers_at_once_send_each_reminder_once(tmp_path: Path) -> None:
    post, size = Post(), 24
    office = secretariat(tmp_path / "home")
    with office.record, serving(post) as server, served(office.record.home) as place:
        asyncio.run(ready(place))
        workers = Workers(office.record.home, server)
        with workers.at_work("work"), workers.at_work("work"):
            wave(office, size)
            until_accepted(office.record, size)
    assert Counter(Counter(post.counted).values()) == {1: size}


def test_a_server_that_is_away_for_a_while_delays_and_loses_nothing(tmp_path: Path) -> None:
    post, place = Post(), Place(f"127.0.0.1:{free_port()}")
    office = secretariat(tmp_path / "home")
    with office.record, serving(post) as server:
        workers = Workers(office.record.home, server, LEDGER1540_TEMPORAL=str(place))
        with ExitStack() as stack:
            with external(tmp_path, place):
                stack.enter_context(workers.at_work("work"))
                wave(office, 2)
                until_accepted(office.record, 2)
            wave(office, 2, "meanwhile")
            with external(tmp_path, place):
                until_accepted(office.record, 4)
                stack.close()
    assert Counter(Counter(post.counted).values()) == {1: 4}


def test_the_servers_data_are_lost_and_nothing_is_forgotten_or_repeated(tmp_path: Path) -> None:
    home, post = tmp_path / "home", Post("250 OK", "250 OK", "451 4.7.1 come back")
    office = secretariat(home)
    with office.record, serving(post) as server:
        assert set(WAITED_FOR) == {each.name for each in kinds(HEAD, print)}, "something of every kind"
        for begins in WAITED_FOR.values():
            begins(office)
        wave(office, 2)
        workers = Workers(home, server)
        with workers.at_work("up"):
            before = asyncio.run(waited_for(office))
        assert {each.partition("/")[0] for each in before} == set(WAITED_FOR), "in the middle of every kind"
        kept = b"".join(path.read_bytes() for path in (home / FOLDER).rglob("*") if path.is_file())
        shutil.rmtree(home / FOLDER)
        position = office.record.last_position
        with workers.at_work("up"):
            assert asyncio.run(waited_for(office)) == before
        assert office.record.last_position == position, "nothing is done twice"
        assert len(post.counted) == len(set(post.counted)) == 2
        stages = Counter(each.stage for each in messages(office.record))
        assert (stages["accepted"], stages["ready"]) == (2, 1)
    assert PERSON in post.to
    assert b"mail/outbox" in kept
    for address in (PERSON, *OFFICES.values(), "secretariat@committee.example"):
        assert address.encode() not in kept, "the server is told ids and instants alone"


async def waited_for(office: Office) -> dict[str, str]:
    """Return what the embedded server waits for, as soon as that is all that the record says and the wave went out."""
    until = monotonic() + LONGEST
    while monotonic() < until:
        place = running(office.record.home)
        if place is not None and [each.stage for each in messages(office.record)].count("accepted") == 2:
            position, wanted = RecordOffice(office.record, "sec", kinds(HEAD, print)).cycles()
            found = await cycles(await connect(place))
            if len(wanted) > 1 and not differences(position, wanted, found):
                return found
        await asyncio.sleep(0.2)  # visibility is told of a start some moments later
    raise AssertionError("what runs never agreed with the record")
