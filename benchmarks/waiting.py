"""What falls due: a wave of reminders, on record and through a mail server, and a look over everything that waits."""

import asyncio
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import milliseconds
from interfaces.run.temporal_server import ready, served
from tests.workflows.mail.given import Office, Post, record_at, serving, smtp
from tests.workflows.serving import working
from tests.workflows.year import office, proposes
from workflows.office import RecordOffice
from workflows.silence.kind import Silence
from workflows.worker import reconcile, worker

STATES = 193


def run(rounds: int, cycles: int) -> str:
    """Return the table of milliseconds."""
    with TemporaryDirectory() as folder:
        wave = milliseconds(_waves(Path(folder)), rounds)
    with TemporaryDirectory() as folder:
        look = asyncio.run(_looks(Path(folder), rounds, cycles))
    with TemporaryDirectory() as folder:
        cost = asyncio.run(_cost(Path(folder)))
    lines = [
        _row(f"{STATES} reminders intended, sent over SMTP and their outcomes recorded", wave),
        _row(f"the reconciler over {cycles:,} cycles, of which none differs", look),
    ]
    return "\n".join(["\n### What falls due, milliseconds\n\n| | median | spread |\n|---|---|---|", *lines, "", cost])


def _row(name: str, taken: tuple[float, float, float]) -> str:
    return f"| {name} | {taken[0]:,.0f} | {taken[1]:,.0f} to {taken[2]:,.0f} |"


def _waves(folder: Path) -> Callable[[], None]:
    """Return the work of one wave, on a record of its own."""
    numbers = iter(range(1_000))

    def wave() -> None:
        with _secretariat(folder / str(next(numbers))) as at_work, serving(post := Post()) as server:
            at_work.intends_all(f"deadline/wave/{number}" for number in range(STATES))
            at_work.sends(smtp(server))
            assert len(set(post.counted)) == STATES

    return wave


@contextmanager
def _secretariat(home: Path) -> Generator[Office]:
    with record_at(home) as record:
        yield Office.made(record)


async def _looks(folder: Path, rounds: int, cycles: int) -> tuple[float, float, float]:
    """Return how long it takes to compare a record with the workflows that wait for its no-objection procedures."""
    with office(folder / "home") as found, served(folder) as place:
        for number in range(cycles):
            proposes(found, f"d-{number}")
        at_work = RecordOffice(found.record, "sec", (Silence(),))
        client = await ready(place)
        async with worker(client, at_work):
            assert await reconcile(client, at_work) == cycles
            while await reconcile(client, at_work):  # noqa: ASYNC110 - until the server's list shows every start
                await asyncio.sleep(1)
            taken: list[float] = []
            for _ in range(rounds):
                begun = time.perf_counter()
                assert await reconcile(client, at_work) == 0
                taken.append((time.perf_counter() - begun) * 1000)
    return sorted(taken)[len(taken) // 2], min(taken), max(taken)


async def _cost(folder: Path) -> str:
    """Return what a no-objection procedure to which nobody objects takes of the record and of the server."""
    with office(folder) as found:
        async with working(found.record, found.clock, (Silence(),)) as at_work:
            before = found.record.last_position
            proposes(found, "d-1")
            await at_work.reconcile()
            await at_work.ends("silence/d-1")
            events = found.record.last_position - before
            lived = await at_work.client.get_workflow_handle("silence/d-1").describe()
    info = lived.raw_description.workflow_execution_info
    return (
        f"A no-objection procedure takes {events} events on record, and of the server "
        f"{info.history_length} events with {info.history_size_bytes:,} bytes."
    )
