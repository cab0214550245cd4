"""A process of its own that keeps views, for tests that kill it: `python -m tests.projections.engine.process`."""

import sys
from pathlib import Path

from ledger.record import Record
from projections.engine import rebuilding
from projections.engine.following import Follower
from projections.engine.rebuilding import Rebuild
from projections.engine.store import Store
from projections.views.catalogue import VIEWS

BATCH = 10


def main(what: str, url: str, home: str) -> None:
    store = Store(url)
    with Record.open(Path(home)) as record:
        if what == "follow":
            Follower(store, record, VIEWS.values(), batch=BATCH).run()
        else:
            rebuilding.BATCH = BATCH
            for view in VIEWS.values():
                Rebuild(store, record).run(view)


if __name__ == "__main__":
    main(*sys.argv[1:])
