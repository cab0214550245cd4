"""A record that no other process writes to, as a simulation being made: what was read of a stream is kept."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator

from domain.standing import History
from ledger.mapper import header_at
from ledger.record import Record


class Alone(Record):
    """A record whose histories stay as they are until this object records something."""

    _read: tuple[int, int] = (-1, 0)
    """The commits and the last position when the histories and names that are kept were right."""
    _kept: dict[str, History]
    _names: list[str]

    def history(self, stream: str) -> History:
        """Return the history of a stream, empty where it has none."""
        self._forget()
        found = self._kept.get(stream)
        if found is None:
            found = self._kept[stream] = super().history(stream)
        return found

    def histories(self, prefix: str, where: Callable[[str], bool] | None = None) -> Iterator[tuple[str, History]]:
        """Yield streams that begin with `prefix` and their histories, in order of bytes; `where` tells which."""
        return ((name, self.history(name)) for name in self.stream_names(prefix) if where is None or where(name))

    def stream_names(self, prefix: str = "") -> Iterator[str]:
        """Yield the names of streams that begin with `prefix`, in order of bytes."""
        self._forget()
        first, last = (bisect_left(self._names, bound) for bound in (prefix, prefix + "\x7f"))
        return iter(self._names[first:last])

    def _forget(self) -> None:
        """Let go of the histories of streams that have grown, and take in the names of new ones."""
        commits, position = self._read
        if commits == self.commits:
            return
        self._read = self.commits, self.last_position
        if commits < 0:
            self._kept, self._names = {}, list(super().stream_names())
            return
        for event in self.read(position + 1, self._read[1]):
            header = header_at(event.position, event.header)
            self._kept.pop(header.stream, None)
            if header.version == 1:
                insort(self._names, header.stream)
