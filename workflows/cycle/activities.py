"""What a cycle asks of the record: look, do what is due, and say what comes next."""

from typing import Protocol

from temporalio import activity

from workflows.cycle.messages import Cycle, News, Woken


class Office(Protocol):
    """The record at work: knows all that falls due, and does what is due by giving commands to the record."""

    def cycles(self) -> tuple[int, tuple[Cycle, ...]]:
        """Return a position, and everything that is waited for as the record has it there."""
        ...

    def look(self, woken: Woken) -> News:
        """Do what is due of one cycle, each thing once however often this is asked, and say what comes next."""
        ...


class CycleActivities:
    """The activities of a cycle, on one office."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @activity.defn
    def look(self, woken: Woken) -> News:
        """Look at the record for a cycle that woke."""
        return self._office.look(woken)
