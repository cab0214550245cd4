"""The mirror at work: a record made from its topic, as far as that goes or until it is told to stop."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from threading import Event
from typing import TYPE_CHECKING

from domain.header import decode_header
from domain.refusals import NotFound

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.address import Address
    from ledger.relaying.mirror import Mirrored
    from ledger.relaying.place import Place

LOOK_SECONDS = 1.0
"""Between two looks at the topic: each ends where a transaction of the relay does, never within a command."""


def mirrored(
    place: Place,
    home: Path,
    address: Address | None,
    *,
    seed: int | None = None,
    documents: Path | None = None,
    follow: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Mirrored:
    """Bring a mirror up to where the topic ends, or follow it until told to stop, and return how far it is.

    Raises:
        NotFound: the topic holds nothing yet.
        Refusal: the topic cannot be read, is damaged, or is that of another record.
    """
    from interfaces.run.projector import until_told
    from ledger.relaying.following import followed
    from ledger.relaying.mirror import Mirror

    stop = until_told() if follow else Event()
    first = next(iter(followed(place, 1, stop, until_end=True)), None)
    if first is None:
        raise NotFound(f"topic {place.record} holds no event yet", remedy="run `ledger1540 relay` beside the record")
    with closing(Mirror.opened(home, address, decode_header(first.header).log, seed=seed)) as mirror:
        while True:
            start = max(mirror.position, 1)  # the last one that is here is compared with the topic
            mirror.take(followed(place, start, stop, until_end=True), progress)
            if not follow or stop.wait(LOOK_SECONDS):
                break
        if documents is not None:
            mirror.take_documents(documents)
        return mirror.report()
