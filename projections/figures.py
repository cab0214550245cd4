"""Figures of the Committee's own work (paragraph 6(a)(ix)): each a list of what is counted, with its events."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from domain.submission import KINDS
from domain.times import new_york_date
from domain.values import Date
from projections.engine.view import Columns, Row
from projections.received import Inbox
from projections.views.submissions import NO_CHANGE
from projections.views.work_done import WorkColumns

Work = Sequence[Row[WorkColumns]]


class Counted(NamedTuple):
    """One thing that is counted, on which day, and the events that show it."""

    day: Date
    rows: tuple[Row[Columns], ...]


Figures = Mapping[str, Sequence[Counted]]


def valid(work: Work) -> Work:
    """Return the work whose revision is on record: what is inside of one falls with its opening."""
    opened = {(row.of.state, row.of.revision) for row in work if row.of.what == "opened"}
    return [row for row in work if row.of.revision is None or (row.of.state, row.of.revision) in opened]


def figures(received: Inbox, work: Work) -> Figures:
    """Return what was received by kind, and what was done with it; `work` is valid."""
    found: dict[str, list[Counted]] = {f"received-{kind}": [] for kind in (*KINDS, NO_CHANGE)}
    for row in received.received:
        found[f"received-{row.of.kind}"].append(counted(row))
    found["submissions-read"] = [counted(row) for row in received.read.values()]
    for figure, what in _OF_WORK.items():
        found[figure] = [Counted(row.of.day, (row,)) for row in work if row.of.what == what]
    for figure, what in _OF_DECISIONS.items():
        found[figure] = [Counted(row.of.day, (row,)) for row in firsts(work, what).values()]
    return found


def counted(row: Row[Columns]) -> Counted:
    """Return one event as what is counted, on the day when it was known."""
    return Counted(new_york_date(row.known_at).isoformat(), (row,))


def firsts(work: Work, what: str) -> dict[str, Row[WorkColumns]]:
    """Return the first row of a kind for each decision."""
    found: dict[str, Row[WorkColumns]] = {}
    for row in work:
        if row.of.what == what and row.of.decision is not None:
            found.setdefault(row.of.decision, row)
    return found


_OF_WORK = {
    "cells-assessed": "assessed",
    "cells-corrected": "corrected",
    "matrices-examined": "examined",
    "matrices-approved": "approved",
    "matrices-sent": "sent",
    "matrices-published": "published",
}
_OF_DECISIONS = {"decisions-proposed": "proposed", "decisions-adopted": "adopted"}
"""A decision counts once, however many of its items are adopted apart."""


def ranges(rows: Iterable[Row[Columns]]) -> str:
    """Return the positions of rows as short as they can be cited."""
    return cited(row.position for row in rows)


def cited(positions: Iterable[int]) -> str:
    """Return positions as short as they can be cited: `12-15 20`."""
    found: list[list[int]] = []
    for position in sorted(set(positions)):
        if found and position == found[-1][1] + 1:
            found[-1][1] = position
        else:
            found.append([position, position])
    return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in found)
