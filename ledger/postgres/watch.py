"""Being woken on PostgreSQL: LISTEN, and a look of one's own every second underneath."""

import os
import select
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

import psycopg
from eventsourcing.persistence import PersistenceError

from ledger.database import Watch
from ledger.postgres.connecting import Connection

PULL_SECONDS = 1.0
"""How long a follower relies on being told: a notification can be lost with the connection it was meant for."""
_RECONNECT_SECONDS = 0.5

Connect = Callable[[], Connection]


class PostgresWatch(Watch):
    """Waits for a notification, and connects again when its connection is lost."""

    def __init__(self, connect: Connect, channel: str) -> None:
        self._connect = connect
        self._channel = channel
        self._connection: Connection | None = None
        self._inner, self._outer = os.pipe()
        os.set_blocking(self._inner, False)
        os.set_blocking(self._outer, False)

    def wait(self, seconds: float) -> None:
        """Return when something was recorded since the last call, when woken, or after `seconds`."""
        until = monotonic() + min(seconds, PULL_SECONDS)
        try:
            if self._connection is None or self._connection.closed:
                self._connection = self._connect()
                self._connection.execute(f"LISTEN {self._channel}".encode())
                return  # what was recorded before this was not told
            self._listen(self._connection, until)
        except (psycopg.Error, PersistenceError):
            self._forget()
            self._pause(min(until - monotonic(), _RECONNECT_SECONDS))

    def _listen(self, connection: Connection, until: float) -> None:
        if list(connection.notifies(timeout=0)):
            return
        ready, _, _ = select.select([connection.fileno(), self._inner], [], [], max(until - monotonic(), 0))
        if self._inner in ready:
            self._drain()
        if connection.fileno() in ready:
            list(connection.notifies(timeout=0))

    def _pause(self, seconds: float) -> None:
        if select.select([self._inner], [], [], max(seconds, 0))[0]:
            self._drain()

    def _drain(self) -> None:
        os.read(self._inner, 4096)

    def wake(self) -> None:
        """Let whoever waits go on at once."""
        with suppress(BlockingIOError):  # the pipe is full of wakings already
            os.write(self._outer, b".")

    def _forget(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def close(self) -> None:
        """Let go of the connection."""
        self._forget()
        os.close(self._inner)
        os.close(self._outer)
