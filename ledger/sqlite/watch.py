"""Being woken on SQLite: one cheap look at `PRAGMA data_version` every few milliseconds."""

import sqlite3
from threading import Event
from time import monotonic

from ledger.database import Watch

SHORTEST = 0.001
LONGEST = 0.02
_SLOWER = 1.02


class SQLiteWatch(Watch):
    """Sees that another connection has committed, without reading a table.

    `data_version` is of a connection, which must be another than the one that writes. The looks come more rarely
    while nothing happens, from every millisecond to every 20.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._woken = Event()
        # Unknown at first, so that the first wait returns at once: something may lie there already.
        self._version: int | None = None

    def wait(self, seconds: float) -> None:
        """Return when another connection has committed since the last call, when woken, or after `seconds`."""
        until = monotonic() + seconds
        pause = SHORTEST
        while not self._moved() and not self._woken.is_set():
            left = until - monotonic()
            if left <= 0:
                break
            self._woken.wait(min(pause, left))
            pause = min(pause * _SLOWER, LONGEST)
        self._woken.clear()

    def _moved(self) -> bool:
        found: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        before, self._version = self._version, found
        return found != before

    def wake(self) -> None:
        """Let whoever waits go on at once."""
        self._woken.set()

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()
