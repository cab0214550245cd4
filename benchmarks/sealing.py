"""Seal: how long the heads of 50,000 streams take, how long writers wait for it, and what seals and signatures cost."""

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread

from benchmarks.measure import milliseconds
from domain.activity.records import LogActivity
from interfaces import initialise
from ledger import opening
from ledger.proving.head_tree import Head, HeadTree
from ledger.proving.heads import GrowingHeads
from ledger.proving.sealer import Sealer
from ledger.proving.signer import Signer
from ledger.record import Record

ORIGIN = "benchmark.example/ledger1540/1"


def _activity(key: str, stream: str) -> LogActivity:
    return LogActivity(
        id=key, actor="benchmark", activity=stream, kind="database-improved", first_day="2013-10-15", text="an event"
    )


def _build(home: Path, streams: int) -> Record:
    made = Record.create(home, origin=ORIGIN)
    for document in initialise.documents():
        made.documents.put(document)
    made.submit_all([*initialise.types("benchmark"), *initialise.commands("benchmark")])
    made.submit_all([_activity(f"a{n}", f"a{n}") for n in range(streams)])
    return made


def _waits(made: Record, meanwhile: Sealer | None, seconds: float) -> tuple[list[float], int]:
    """Return how long each command took, in milliseconds, and how often it was sealed and signed meanwhile."""
    stop, sealed = Event(), [0]

    def seal(sealer: Sealer) -> None:
        while not stop.is_set():
            sealer.checkpoint()
            sealed[0] += 1

    thread = None if meanwhile is None else Thread(target=seal, args=(meanwhile,))
    if thread is not None:
        thread.start()
    taken: list[float] = []
    until = time.perf_counter() + seconds
    for number in _numbers():
        began = time.perf_counter()
        if began > until:
            break
        key = f"w{id(meanwhile)}-{number}"
        made.submit(_activity(key, key))
        taken.append((time.perf_counter() - began) * 1000)
    stop.set()
    if thread is not None:
        thread.join()
    return taken, sealed[0]


def _numbers() -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1


def run(rounds: int, streams: int) -> str:
    """Return the table of seals."""
    with TemporaryDirectory() as folder, _build(Path(folder, "ours"), streams) as made:
        signer = Signer(Path(folder, "signer"), ORIGIN)
        signer.make()
        sealer = Sealer(made, signer)
        with opening.snapshot(made.address) as snapshot:
            heads = list(GrowingHeads().at_the_end_of(snapshot))
            fresh = milliseconds(lambda: GrowingHeads().at_the_end_of(snapshot).root(), rounds)
        hashed = milliseconds(lambda: HeadTree(heads).root(), rounds)
        tree = HeadTree(heads)
        tree.root()

        def again() -> None:
            tree.put([Head(head.stream, head.version + 1, head.leaf) for head in heads[:100]])
            tree.root()

        grown = milliseconds(again, rounds)
        sealer.checkpoint()
        alone, _ = _waits(made, None, 3.0)
        beside, sealed = _waits(made, sealer, 3.0)
    lines = [
        f"\n### Seal, {len(heads):,} streams\n",
        "| | median, ms | least | most |",
        "|---|---|---|---|",
        *(
            f"| {name} | {middle:,.1f} | {least:,.1f} | {most:,.1f} |"
            for name, (middle, least, most) in (
                ("heads read and hashed whole", fresh),
                ("hashed whole", hashed),
                ("hashed again after 100 of them changed", grown),
                ("a writer's command, nothing sealed meanwhile", (median(alone), min(alone), max(alone))),
                (f"the same while {sealed} seals were made and signed", (median(beside), min(beside), max(beside))),
            )
        ),
    ]
    return "\n".join(lines)
