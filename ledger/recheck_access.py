"""The pass over the access log that verification makes: each sealed day against its root."""

from collections.abc import Iterator

from domain.access_log import AccessPruned, AccessSealed
from domain.header import Header
from domain.recorded import Event
from ledger.access_log import AccessLog
from ledger.finding import Finding


class AccessCheck:
    """Remembers what events say of the access log, and compares."""

    def __init__(self, log: AccessLog) -> None:
        self.sealed: int = 0
        self.pruned: int = 0
        self._log = log
        self._days: list[tuple[int, AccessSealed]] = []
        self._through = ""

    def follow(self, header: Header, body: Event) -> None:
        """Take the next event."""
        if isinstance(body, AccessSealed):
            self._days.append((header.position, body))
        elif isinstance(body, AccessPruned):
            self._through = max(self._through, body.through)

    def run(self) -> Iterator[Finding]:
        """Name the sealed days whose log is not as it was, and those that are gone without having been given up."""
        for position, day in self._days:
            self.sealed += 1
            try:
                found = self._log.root(day.day)
            except OSError as error:
                yield Finding(position, None, f"the access log of {day.day} cannot be read: {error}")
                continue
            if found is None and day.day <= self._through:
                self.pruned += 1
            elif found is None:
                yield Finding(position, None, f"the access log of {day.day} is gone")
            elif found != (day.entries, day.root):
                yield Finding(position, None, f"the access log of {day.day} is not what was sealed")
