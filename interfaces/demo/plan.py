"""The plan of a history: acts at their simulated instants, gathered in any order and played in recorded order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.ids import command_id, event_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from domain.deciding import Command
    from domain.recorded import Event

    Look = Callable[[str], Event]
    Late = Callable[[Look], Command]


class Act(NamedTuple):
    """A command at an instant; a late one is made only then, from what is on record by that time."""

    at: str
    order: int
    command: Command | Late
    document: bytes | None = None
    importing: bool = False


class Plan:
    """Everything that will happen."""

    def __init__(self) -> None:
        self._acts: list[Act] = []

    def add(self, at: str, command: Command | Late, *, document: bytes | None = None, importing: bool = False) -> None:
        """Add a command; acts of the same instant are played in the order in which they were added."""
        self._acts.append(Act(at, len(self._acts), command, document, importing))

    def acts(self) -> list[Act]:
        """Return all acts in recorded order."""
        return sorted(self._acts, key=lambda act: act[:2])

    def moments(self) -> Iterator[list[Act]]:
        """Yield the acts of a day in one manner: they share a transaction, at the instant of the last."""
        together: list[Act] = []
        for act in self.acts():
            if together and (act.at[:10], act.importing) != (together[0].at[:10], together[0].importing):
                yield together
                together = []
            together.append(act)
        if together:
            yield together


def event_of(key: str, index: int = 0) -> str:
    """Return the id of an event by the key of its command."""
    return event_id(command_id(key), index)
