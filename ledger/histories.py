"""Folded histories kept in this process: each as of a version, never of what is not committed."""

from collections import OrderedDict
from threading import Lock

from domain.standing import History

LARGEST_KEPT = 300_000
"""Events kept in memory at most, over all streams."""


class Histories:
    """Histories by stream, the least recently used given up first; values are frozen, so they are shared freely."""

    def __init__(self, limit: int = LARGEST_KEPT) -> None:
        self._limit = limit
        self._kept: OrderedDict[str, History] = OrderedDict()
        self._events = 0
        self._lock = Lock()

    def get(self, stream: str) -> History:
        """Return what is kept of a stream, which may be less than is on record."""
        with self._lock:
            found = self._kept.get(stream)
            if found is None:
                return History()
            self._kept.move_to_end(stream)
            return found

    def keep(self, stream: str, history: History) -> None:
        """Keep a history of committed events, unless a longer one is kept already."""
        with self._lock:
            before = self._kept.get(stream)
            if before is not None and before.version >= history.version:
                return
            self._events += len(history.events) - (0 if before is None else len(before.events))
            self._kept[stream] = history
            self._kept.move_to_end(stream)
            while self._events > self._limit and len(self._kept) > 1:
                self._events -= len(self._kept.popitem(last=False)[1].events)
