"""The Committee's own handling times: from receipt to reading or reflection, from proposal to adoption; by no State."""

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median
from typing import NamedTuple

import msgspec

from domain.values import Date
from projections.engine.view import Columns, Row
from projections.figures import Work, counted, firsts
from projections.received import Inbox


class Handled(NamedTuple):
    """One thing that was handled: on which day it ended, after how many days, and the events of both ends."""

    day: Date
    days: int
    rows: tuple[Row[Columns], ...]


class Days(msgspec.Struct, frozen=True, kw_only=True):
    """How many things were handled, and in how many days."""

    count: int
    median: float
    longest: int


class Handling(NamedTuple):
    """What was handled, and how many things still wait."""

    handled: Sequence[Handled]
    waiting: int


def handling(received: Inbox, work: Work) -> dict[str, Handling]:
    """Return the handling times; `work` is valid."""
    return {"received-to-reflected": _reflected(received, work), "proposed-to-adopted": _adopted(work)}


def days(handled: Iterable[Handled]) -> Days | None:
    """Return median and longest; None where nothing was handled."""
    found = [each.days for each in handled]
    return Days(count=len(found), median=float(median(found)), longest=max(found)) if found else None


def _reflected(received: Inbox, work: Work) -> Handling:
    """Until it is read with nothing new, or the first cell of its State cites one of its documents."""
    citing: dict[tuple[str | None, str], Row[Columns]] = {}
    for cell in work:
        if cell.of.what == "assessed":
            for document in (cell.of.documents or "").split():
                citing.setdefault((cell.of.state, document), cell)
    handled: list[Handled] = []
    for row in received.received:
        cells = (citing.get((row.of.state, document)) for document in (row.of.documents or "").split())
        ends = [end for end in (received.read.get(row.of.submission), *cells) if end is not None]
        if ends:
            handled.append(_handled(row, min(ends, key=lambda end: (end.known_at, end.position))))
    return Handling(handled, len(received.received) - len(handled))


def _adopted(work: Work) -> Handling:
    adopted, refused = firsts(work, "adopted"), firsts(work, "not adopted")
    proposed = firsts(work, "proposed")
    handled = [_handled(row, adopted[name]) for name, row in proposed.items() if name in adopted]
    return Handling(handled, sum(name not in adopted and name not in refused for name in proposed))


def _handled(begins: Row[Columns], ends: Row[Columns]) -> Handled:
    """Return the whole days between two events; none where a document was used before it was submitted."""
    first, last = counted(begins).day, counted(ends).day
    passed = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return Handled(last, max(passed, 0), (begins, ends))
