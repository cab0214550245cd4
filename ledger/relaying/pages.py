"""Pages of the record as messages: while the client's own code sends one, a process beside it reads and encodes on."""

from __future__ import annotations

import signal
from contextlib import suppress
from multiprocessing import get_context
from typing import TYPE_CHECKING, NamedTuple, cast

from ledger.record import Record
from ledger.relaying.message import Message, message_of, same_command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path
    from types import TracebackType

    from ledger.address import Address
    from ledger.mapper import Stored

AT_ONCE = 5_000
LARGEST_TRANSACTION = 8 << 20
"""Bytes of bodies in one transaction, a single event aside: the library's own buffer has no bound."""


class Page(NamedTuple):
    """Events that are sent in one transaction, and the position of the last of them."""

    last: int
    messages: list[Message]


_Asked = tuple[int, int, int]
"""The first and the last position, and how many at once."""
_Plain = tuple[int, list[tuple[object, ...]]]
"""A page without its names, which takes a quarter of the time between two processes."""


class Pages:
    """Reads a record in pages; its process is begun by a second page, and is not needed."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._connection: Connection[_Asked, _Plain] | None = None

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()  # which is how its process hears that it is over, and also where we are killed

    def between(self, first: int, last: int) -> Iterator[Page]:
        """Yield the pages from one position to another; to be read to its end, or not again."""
        if self._connection is None and last - first >= AT_ONCE:
            self._connection = _beside(self._record)  # which takes about as long as the first page
        page = next(pages(self._record.read(first, last)), None)
        if page is None:
            return
        asked = page.last < last and self._ask((page.last + 1, last, AT_ONCE))
        yield page
        position = page.last
        while asked and position < last:
            answer = self._answer()
            if answer is None:
                break
            yield answer
            position = answer.last
        if position < last:
            yield from pages(self._record.read(position + 1, last))

    def _ask(self, asked: _Asked) -> bool:
        if self._connection is None:
            return False
        try:
            self._connection.send(asked)
        except OSError:
            return False
        return True

    def _answer(self) -> Page | None:
        try:
            plain = self._connection.recv() if self._connection is not None else None
        except (EOFError, OSError):
            return None
        return None if plain is None else Page(plain[0], [Message(*each) for each in plain[1]])  # type: ignore[arg-type]


def pages(events: Iterator[Stored], at_once: int | None = None) -> Iterator[Page]:
    """Yield events in pages, none of which ends within a command, so that a mirror is never left within one."""
    most = at_once or AT_ONCE
    page: list[Message] = []
    size, before = 0, None
    for event in events:
        length = len(event.body or b"")
        full = len(page) >= most or size + length > LARGEST_TRANSACTION
        if before is not None and full and not same_command(before, event):
            yield Page(before.position, page)
            page, size = [], 0
        page.append(message_of(event))
        size, before = size + length, event
    if before is not None:
        yield Page(before.position, page)


def _beside(record: Record) -> Connection[_Asked, _Plain]:
    context = get_context("spawn")  # a fork would take with it the locks that the client's threads hold
    ours, its = context.Pipe()
    given = (its, record.home, record.address)
    context.Process(target=_read, args=given, name="relay-pages", daemon=True).start()
    its.close()
    return cast("Connection[_Asked, _Plain]", ours)


def _read(connection: Connection[_Plain, _Asked], home: Path, address: Address) -> None:
    """Answer what is asked with its pages, each once the one before it was taken, until nobody asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops the relay stops this by it
    with suppress(Exception), Record.open(home, address=address) as record:  # what fails here is told where it is asked
        while True:
            first, last, at_once = connection.recv()
            for page in pages(record.read(first, last), at_once):
                connection.send((page.last, [tuple(message) for message in page.messages]))
