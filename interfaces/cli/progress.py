"""How far something is that takes more than a second, on stderr."""

import sys
from time import monotonic
from types import TracebackType

SILENT_SECONDS = 1.0
EVERY_SECONDS = {True: 0.2, False: 5.0}
"""Between two signs of life: on a terminal the line is written over, elsewhere each is a line of its own."""


class Progress:
    """Says how many of something are done. Call it with the number."""

    def __init__(self, what: str, total: int | None = None) -> None:
        self._what = what
        self._total = total
        self._terminal = sys.stderr.isatty()
        self._next = monotonic() + SILENT_SECONDS
        self._shown = False

    def __enter__(self) -> "Progress":
        return self

    def __call__(self, done: int) -> None:
        """Say how many are done, if it is time to."""
        if monotonic() < self._next:
            return
        self._next = monotonic() + EVERY_SECONDS[self._terminal]
        self._shown = True
        of = "" if self._total is None else f" / {self._total:,}"
        print(f"{done:,}{of} {self._what}", end="\r" if self._terminal else "\n", file=sys.stderr, flush=True)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown and self._terminal:
            print("\033[K", end="", file=sys.stderr, flush=True)
