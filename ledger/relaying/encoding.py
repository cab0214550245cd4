"""Encoding ahead: while the client's own code sends one page, a process beside it writes the next one in Avro."""

from __future__ import annotations

import signal
from contextlib import suppress
from multiprocessing import get_context
from typing import TYPE_CHECKING, cast

from ledger.relaying.message import message_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection
    from types import TracebackType

    from ledger.mapper import Stored
    from ledger.relaying.message import Message


class Encoding:
    """Turns pages of events into pages of messages; its process is begun by a second page, and is not needed."""

    def __init__(self) -> None:
        self._connection: Connection[list[Stored], list[Message]] | None = None

    def __enter__(self) -> Encoding:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()  # which is how its process hears that it is over, and also where we are killed

    def messages(self, pages: Iterable[list[Stored]]) -> Iterator[tuple[list[Stored], Iterable[Message]]]:
        """Yield each page with its messages; to be read to its end, or not again."""
        coming = iter(pages)
        page = next(coming, None)
        if page is None:
            return
        # The first are on their way while the last are still being written.
        encoded: Iterable[Message] = map(message_of, page)
        for ahead in coming:
            asked = self._ask(ahead)
            yield page, encoded
            page, encoded = ahead, (self._answer() if asked else None) or map(message_of, ahead)
        yield page, encoded

    def _ask(self, page: list[Stored]) -> bool:
        if self._connection is None:
            self._connection = _beside()
        try:
            self._connection.send(page)
        except OSError:
            return False
        return True

    def _answer(self) -> list[Message] | None:
        try:
            return self._connection.recv() if self._connection is not None else None
        except (EOFError, OSError):
            return None


def _beside() -> Connection[list[Stored], list[Message]]:
    context = get_context("spawn")  # a fork would take with it the locks that the client's threads hold
    ours, its = context.Pipe()
    context.Process(target=_encode, args=(its,), name="relay-encoding", daemon=True).start()
    its.close()
    return cast("Connection[list[Stored], list[Message]]", ours)


def _encode(connection: Connection[list[Message], list[Stored]]) -> None:
    """Answer each page of events with its messages, until nobody asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops the relay stops this by it
    with suppress(Exception):  # what fails here fails again, and is told, where the page is encoded instead
        while True:
            connection.send([message_of(each) for each in connection.recv()])
