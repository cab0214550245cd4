"""Corrections and late entries: what was struck or entered long after it was known, by whom, how much later."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from statistics import median
from typing import Literal

import msgspec

from domain.matrix.events import CellCorrected
from domain.recorded import Recorded, RecordedInError
from domain.records import BatchImported
from domain.times import new_york_date
from domain.values import Instant
from projections.engine.answering import Answered, Asking, answer, over
from projections.engine.view import Columns, Glance, Lookup, Row, View

What = Literal["correction", "void", "late entry"]


class CorrectionColumns(Columns, frozen=True, kw_only=True):
    """One act; `known` is when its fact was known, `struck` the type of what it strikes, `month` that of recording."""

    what: What
    role: str
    actor: str
    month: str
    known: Instant
    delay_days: int
    struck: str | None
    struck_position: int | None
    noticed_at: Instant | None
    reason: str | None
    batch: str | None


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One correction, void or late entry; `actor` is null to whom the actors on record are not open."""

    what: What
    role: str
    actor: str | None
    stream: str
    type: str
    position: int
    event_id: str
    recorded_at: Instant
    known: Instant
    delay_days: int
    noticed_at: Instant | None
    struck: str | None
    struck_position: int | None
    reason: str | None
    batch: str | None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What was done in one month in one role: how often, and the days between known and recorded."""

    month: str
    role: str
    what: What
    count: int
    median_delay_days: float
    longest_delay_days: int


class Corrections(Answered, frozen=True, kw_only=True):
    """Corrections and late entries by month of recording; the acts themselves only for a month that is asked."""

    months: tuple[Line, ...]
    acts: tuple[Act, ...]


def delay(known_at: Instant, recorded_at: Instant) -> int:
    """Return the whole days between two instants."""
    return (datetime.fromisoformat(recorded_at) - datetime.fromisoformat(known_at)).days


def wants(glance: Glance) -> bool:
    """True for what strikes, and for what was recorded a day or more after it was known."""
    return glance.strikes is not None or (
        glance.known_at != glance.recorded_at and delay(glance.known_at, glance.recorded_at) > 0
    )


def rows(event: Recorded, lookup: Lookup) -> Iterable[CorrectionColumns]:
    """Yield the one row of an act."""
    header, body = event.header, event.body
    struck = None if header.strikes is None else lookup.event(header.strikes)
    cause = None if header.causation_id is None else lookup.event(header.causation_id)
    yield CorrectionColumns(
        what="late entry" if header.strikes is None else "void" if header.voids else "correction",
        role=header.role,
        actor=header.actor,
        month=new_york_date(header.recorded_at).isoformat()[:7],
        known=header.known_at,
        delay_days=delay(header.known_at, header.recorded_at),
        struck=None if struck is None else struck.header.type,
        struck_position=None if struck is None else struck.position,
        noticed_at=header.noticed_at,
        reason=body.reason if isinstance(body, RecordedInError | CellCorrected) else None,
        batch=cause.body.batch if cause is not None and isinstance(cause.body, BatchImported) else None,
    )


VIEW = View(
    name="corrections",
    version=2,
    columns=CorrectionColumns,
    of="acts",
    wants=wants,
    rows=rows,
    indexes=(("month",),),
)


def corrections(asking: Asking, *, month: str | None = None) -> Corrections:
    """Return what was corrected and entered late, month by month, as the reader may see it."""
    shown, withheld = asking.see(VIEW, None if month is None else {"month": month})
    delays: dict[tuple[str, str, What], list[int]] = defaultdict(list)
    for row in shown:
        delays[row.of.month, row.of.role, row.of.what].append(row.of.delay_days)
    months = tuple(
        Line(
            month=key[0],
            role=key[1],
            what=key[2],
            count=len(days),
            median_delay_days=float(median(days)),
            longest_delay_days=max(days),
        )
        for key, days in sorted(delays.items())
    )
    named = asking.reader.reads_all(asking.now)
    acts = () if month is None else tuple(_act(row, named=named) for row in shown)
    return answer(Corrections, over(asking, withheld, any(row.synthetic for row in shown)), months=months, acts=acts)


def _act(row: Row[CorrectionColumns], *, named: bool) -> Act:
    own = {name: getattr(row.of, name) for name in row.of.__struct_fields__ if name not in ("month", "actor")}
    return Act(
        stream=row.stream,
        type=row.type,
        position=row.position,
        event_id=row.event_id,
        recorded_at=row.recorded_at,
        actor=row.of.actor if named else None,
        **own,
    )
