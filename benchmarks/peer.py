"""What every peer for questions about the past is given, and what it is asked."""

from collections.abc import Iterator
from typing import Protocol

from benchmarks.versions import STATES, Question, Versions

CELLS = "CREATE TABLE cells (state INTEGER NOT NULL, cell INTEGER NOT NULL, PRIMARY KEY (state, cell))"
FACT = """CREATE TABLE fact (state INTEGER NOT NULL, cell INTEGER NOT NULL, known BIGINT NOT NULL,
position INTEGER NOT NULL, value SMALLINT NOT NULL, PRIMARY KEY (state, cell, known, position))"""

Found = list[tuple[int, int, int]]
"""Cell, position and value of what stands."""


class Peer(Protocol):
    """A database that holds the versions and answers."""

    name: str

    def matrix(self, asked: Question) -> Found:
        """Return what stands in the cells of one State."""
        ...

    def world(self, asked: Question) -> Found:
        """Return what stands in the cells of all States."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


def facts(versions: Versions) -> Iterator[tuple[int, int, int, int, int]]:
    for state in range(len(STATES)):
        for row in versions.of_state(state):
            yield state, *row


def cells(versions: Versions) -> Iterator[tuple[int, int]]:
    return ((state, cell) for state in range(len(STATES)) for cell in range(versions.cells))
