"""When messages have to be sent: as soon as one may go out, and again when one that was put off may be tried."""

from collections.abc import Callable, Iterable

from domain.messages.waiting import tries_at
from projections.outbox import messages
from workflows.cycle.messages import Cycle, Rung
from workflows.kinds import At

OUTBOX = "outbox"
SEND = "send"

Pass = Callable[[At], object]
"""One pass of sending."""


class Outbox:
    """All messages that wait: one cycle for them, so that one pass of sending is made at a time."""

    name = "mail"

    def __init__(self, send: Pass) -> None:
        self._send = send

    def cycles(self, at: At) -> Iterable[Cycle]:
        """Return the one cycle, while a message waits."""
        found = self.cycle(OUTBOX, at)
        return () if found is None else (found,)

    def cycle(self, name: str, at: At) -> Cycle | None:
        """Return the first instant at which a message may be tried; one whose sending was cut short, at once."""
        position = at.record.last_position
        found = list(messages(at.record))
        cut_short = (each.last.begun_at for each in found if each.stage == "sending" and each.last is not None)
        instants = [*cut_short, *(since for each in found if (since := tries_at(each)) is not None)]
        return Cycle(self.name, name, (Rung(SEND, min(instants)),), position) if instants else None

    def act(self, name: str, rung: str, at: At) -> None:
        """Make one pass."""
        del name, rung
        self._send(at)
