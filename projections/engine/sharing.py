"""A rebuild shared by several processes: each takes the events of some keys, so that a family is in one of them."""

import multiprocessing
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Event

from domain.refusals import Refusal
from projections.engine.generations import Generation
from projections.engine.source import Followed, batch
from projections.engine.store import Store
from projections.engine.taking import Taker, Target
from projections.engine.view import Columns, Glance, View, chooser

BATCH = 2_000
Opener = Callable[[], AbstractContextManager[Followed]]
"""Opens the record once more; a function that can be sent to another process."""


class ShareFailed(Refusal):
    """One of the processes of a shared rebuild did not come to its end."""


def share_out(url: str, opener: Opener, view: View[Columns], generation: Generation, stop: int, shares: int) -> None:
    """Take all events up to a position, in as many processes as a generation has shares.

    Raises:
        ShareFailed: one of them failed; what could not be taken in is among the dead letters.
    """
    context = multiprocessing.get_context("spawn")
    given = (url, opener, view, generation, stop, shares)
    workers = [context.Process(target=work, args=(*given, share), daemon=True) for share in range(shares)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    failed = [worker.exitcode for worker in workers if worker.exitcode != 0]
    if failed:
        raise ShareFailed(
            f"{len(failed)} of {shares} processes that rebuild {view.name} failed",
            remedy="rebuild it with --processes 1, which names the event",
        )


def work(
    url: str, opener: Opener, view: View[Columns], generation: Generation, stop: int, shares: int, share: int
) -> None:
    """Take the events of one share; ends early when the process that started it is gone."""
    wants = chooser(view)

    def mine(glance: Glance) -> bool:
        return wants(glance) and zlib.crc32(view.key(glance).encode()) % shares == share

    store = Store(url)
    parent = multiprocessing.parent_process()
    with opener() as record:
        target = Target(view, generation, share=share, wants=mine)
        taker = Taker(store, record, stop=Event())
        while target.position < stop:
            if parent is not None and not parent.is_alive():
                raise SystemExit(1)
            taker.take(target, batch(record, target.position + 1, min(target.position + BATCH, stop), mine))
            if target.stopped:
                raise SystemExit(1)
    store.close()
