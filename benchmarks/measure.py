"""Timing with spread: medians over rounds, peers taken in turn so that a slow minute hits all alike."""

import platform
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from statistics import median

import msgspec


class Figure(msgspec.Struct, frozen=True):
    """What one contender did: units of work a second, over several rounds."""

    name: str
    rates: tuple[float, ...]

    @property
    def middle(self) -> float:
        """The median rate."""
        return median(self.rates)

    def row(self, against: "Figure | None" = None) -> str:
        """Return a line of a Markdown table; the ratio is that of the medians."""
        ratio = "" if against is None or against is self else f"{self.middle / against.middle:.2f}"
        spread = f"{min(self.rates):,.0f} to {max(self.rates):,.0f}"
        return f"| {self.name} | {self.middle:,.0f} | {spread} | {ratio} |"


def in_turn(contenders: Mapping[str, Callable[[], int]], rounds: int) -> list[Figure]:
    """Return the rates of contenders that each return how many units of work they did, run A B A B."""
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, work in contenders.items():
            start = time.perf_counter()
            done = work()
            rates[name].append(done / (time.perf_counter() - start))
    return [Figure(name, tuple(found)) for name, found in rates.items()]


def milliseconds(work: Callable[[], object], rounds: int) -> tuple[float, float, float]:
    """Return median, least and most milliseconds of a piece of work."""
    taken: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken), min(taken), max(taken)


def table(title: str, unit: str, figures: list[Figure]) -> str:
    """Return figures as a Markdown table, each compared with the last one, the peer."""
    head = f"\n### {title}\n\n| | {unit}, median | spread | against the peer |\n|---|---|---|---|"
    return "\n".join([head, *(figure.row(figures[-1]) for figure in figures)])


def machine() -> str:
    """Return what the figures were measured on."""
    names = ("eventsourcing", "msgspec")
    libraries = ", ".join(f"{name} {version(name)}" for name in names)
    return (
        f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, {libraries}, "
        f"{platform.system()} {platform.machine()}, synchronous=FULL, WAL, one process"
    )
