"""What kinds of things fall due: each says what is waited for, and does what is due when its time has come."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from ledger.record import Record
from workflows.cycle.messages import Cycle


class At(NamedTuple):
    """Where a kind looks: a record, the present instant by its clock, and the actor in whose name it acts."""

    record: Record
    now: str
    actor: str


class Kind(Protocol):
    """One kind of thing that falls due. It reads the record and gives commands to it, and keeps nothing of its own."""

    name: str

    def cycles(self, at: At) -> Iterable[Cycle]:
        """Return what is still to come of all things of this kind that are waited for."""
        ...

    def cycle(self, name: str, at: At) -> Cycle | None:
        """Return what is still to come of one thing, or None where it is over."""
        ...

    def act(self, name: str, rung: str, at: At) -> None:
        """Do what is due at a rung, unless the record says that it is not due; done twice, it is on record once."""
        ...
