"""What a cycle's workflow and its activities tell each other: ids and instants, never the content of a record."""

from dataclasses import dataclass, replace
from hashlib import sha256


@dataclass(frozen=True)
class Rung:
    """A step at which somebody is reminded or something is looked at: its name, and when (an instant as stored)."""

    name: str
    at: str


@dataclass(frozen=True)
class Cycle:
    """What is still to come of a thing that falls due, as the record had it at a position.

    `rungs` are those not done yet, the earliest first; without one, it waits for news from the record alone.
    """

    kind: str
    name: str
    rungs: tuple[Rung, ...]
    position: int

    @property
    def next(self) -> Rung | None:
        """The earliest rung."""
        return min(self.rungs, key=lambda rung: (rung.at, rung.name), default=None)

    @property
    def digest(self) -> str:
        """A short name of what is to come, by which two views of a cycle are compared wherever they were taken."""
        told = "\n".join(f"{rung.at} {rung.name}" for rung in sorted(self.rungs, key=lambda rung: (rung.at, rung.name)))
        return sha256(f"{self.kind}/{self.name}\n{told}".encode()).hexdigest()[:16]

    def without(self, rung: Rung) -> "Cycle":
        """Return the same with one rung gone."""
        return replace(self, rungs=tuple(each for each in self.rungs if each != rung))


@dataclass(frozen=True)
class Woken:
    """A cycle's workflow has woken at a rung, at an instant of its own clock."""

    kind: str
    name: str
    rung: str
    at: str


@dataclass(frozen=True)
class News:
    """What the record says now of a cycle: what is to come, or that it is over, and as from which position."""

    position: int
    cycle: Cycle | None
    says: str = ""
