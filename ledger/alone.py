"""A record that no other process writes to, as a simulation being made: what was read of a stream is kept."""

from domain.standing import History
from ledger.mapper import header_at
from ledger.record import Record


class Alone(Record):
    """A record whose histories stay as they are until this object records something."""

    _read: tuple[int, int] = (-1, 0)
    """The commits and the last position when the histories that are kept were right."""
    _kept: dict[str, History]

    def history(self, stream: str) -> History:
        """Return the history of a stream, empty where it has none."""
        if self._read[0] != self.commits:
            self._forget()
        found = self._kept.get(stream)
        if found is None:
            found = self._kept[stream] = super().history(stream)
        return found

    def _forget(self) -> None:
        """Let go of the histories of streams that have grown."""
        commits, position, last = *self._read, self.last_position
        if commits < 0:
            self._kept = {}
        for event in self.read(position + 1, last) if self._kept else ():
            self._kept.pop(header_at(event.position, event.header).stream, None)
        self._read = self.commits, last
