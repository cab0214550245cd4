"""Who writes next: threads queue, one leads, and takes along those behind it that can share its transaction."""

from collections import deque
from threading import Event, Lock


class Turn:
    """A place in the queue."""

    shares = True
    """False where the turn wants a transaction of its own."""

    def __init__(self) -> None:
        self.called = Event()


class Turns:
    """The queue. Whoever is called and not yet served leads, and calls the next when it leaves."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._queue: deque[Turn] = deque()
        self._busy = False

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._queue)

    def enter(self, turn: Turn) -> None:
        """Wait until the turn leads, then standing first in the queue, or has been served by one that does."""
        with self._lock:
            self._queue.append(turn)
            if not self._busy:
                self._busy = True
                return
        try:
            turn.called.wait()
        except BaseException:
            self._give_up(turn)
            raise

    def _give_up(self, turn: Turn) -> None:
        with self._lock:
            if turn not in self._queue:
                return  # it is being served
            self._queue.remove(turn)
            if turn.called.is_set():
                self._call_next()

    def take(self, limit: int) -> list[Turn]:
        """Take the leader out of the queue with those behind it that can share its transaction."""
        with self._lock:
            taken = [self._queue.popleft()]
            while taken[0].shares and self._queue and self._queue[0].shares and len(taken) < limit:
                taken.append(self._queue.popleft())
            return taken

    def leave(self) -> None:
        """Let the next one lead."""
        with self._lock:
            self._call_next()

    def _call_next(self) -> None:
        self._busy = bool(self._queue)
        if self._busy:
            self._queue[0].called.set()
