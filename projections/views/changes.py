"""Every change of every cell, and where a cell was looked at again: what became known of matrices in a period."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Literal

import msgspec

from domain.access import may
from domain.matrix.cells import order
from domain.matrix.events import CellAssessed, CellConfirmed, CellCorrected, Source
from domain.matrix.facts import Facts
from domain.matrix.reading import MatrixFacts
from domain.recorded import Recorded
from domain.times import first_day, last_day, new_york_date
from domain.values import Instant, Precision
from projections.engine.answering import Answered, Asking, answer, over
from projections.engine.view import Columns, Lookup, Row, View
from projections.rights import Rights

What = Literal["assessed", "corrected", "confirmed"]


class ChangeColumns(Columns, frozen=True, kw_only=True):
    """What an event says of a cell, citing which documents (separated by spaces); confirmed, it says nothing anew.

    `month` is that in which it was known, `row` the section and item of the cell, as `op1-3`.
    """

    state: str
    revision: int
    cell: str
    row: str
    month: str
    what: What
    value: str | None = None
    documents: str = ""


Change = Row[ChangeColumns]


class CellChange(msgspec.Struct, frozen=True, kw_only=True):
    """A cell that came to say something; `old_value` is what it read just before, in order of knowing, on these axes.

    Null is nothing. `old_withheld` where the reader sees the change, because it is published or was sent, but not what
    was there before.
    """

    state: str
    revision: int
    cell: str
    what: What
    value: str | None
    old_value: str | None
    old_withheld: bool
    documents: tuple[str, ...]
    event_id: str
    position: int
    known_at: Instant
    known_precision: Precision
    recorded_at: Instant
    synthetic: bool


class Changes(Answered, frozen=True, kw_only=True):
    """The changes that became known from an instant up to the cut, in that order."""

    known_from: Instant
    notice: str | None
    changes: tuple[CellChange, ...]


def rows(event: Recorded, lookup: Lookup) -> Iterable[ChangeColumns]:
    """Yield the row of a cell's event."""
    del lookup
    body = event.body
    if isinstance(body, CellAssessed | CellCorrected | CellConfirmed):
        yield ChangeColumns(
            state=body.state,
            revision=body.revision,
            cell=body.cell,
            row=row_of(body.cell),
            month=_month(event.header.known_at),
            what=_WHAT[type(body)],
            value=None if isinstance(body, CellConfirmed) else body.value,
            documents="" if isinstance(body, CellConfirmed) else " ".join(_cited(body.sources)),
        )


def _cited(sources: Iterable[Source]) -> Iterable[str]:
    return dict.fromkeys(source.document_id for source in sources)


def row_of(cell: str) -> str:
    """Return the row of a cell, its section and item: `op1-3` of `T2011/op1-3-all-statement`."""
    return "-".join(cell.rpartition("/")[2].split("-")[:2])


def _month(known_at: Instant) -> str:
    return new_york_date(known_at).isoformat()[:7]


_WHAT: dict[type[CellAssessed | CellCorrected | CellConfirmed], What] = {
    CellAssessed: "assessed",
    CellCorrected: "corrected",
    CellConfirmed: "confirmed",
}
VIEW = View(
    name="changes",
    version=1,
    columns=ChangeColumns,
    follows=(CellAssessed, CellCorrected, CellConfirmed),
    rows=rows,
    indexes=(("month",), ("state", "revision", "row")),
)


def changes(
    asking: Asking, facts: Facts, known_from: Instant, *, state: str | None = None, notice: str | None = None
) -> Changes:
    """Return which cells of one State or of all came to say something, from an instant up to the cut."""
    cut, recorded_at = asking.axes.cut, asking.axes.recorded_by.recorded_at
    where: dict[str, str | Sequence[str]] = {
        "what": ("assessed", "corrected"),
        "month": _months(known_from, min(cut.known_at, recorded_at or cut.known_at)),
    }
    if state is not None:
        where["state"] = state
    found = [row for row in asking.rows.at(VIEW, cut, where) if row.known_at >= known_from]
    told: dict[str, CellChange | None] = {}
    for of in {row.of.state for row in found}:
        told |= _of_state(asking, MatrixFacts(facts, of, cut), [row for row in found if row.of.state == of])
    listed = [told[row.event_id] for row in found if row.event_id in told]
    shown = tuple(each for each in listed if each is not None)
    heading = over(asking, len(listed) - len(shown), any(each.synthetic for each in shown))
    return answer(Changes, heading, known_from=known_from, notice=notice, changes=shown)


def _months(first: Instant, last: Instant) -> list[str]:
    """Return the months of New York from that of one instant to that of another, at least the first."""
    month, end = first_day(new_york_date(first), "month"), new_york_date(last)
    months = [month.isoformat()[:7]]
    while (month := last_day(month, "month") + timedelta(days=1)) <= end:
        months.append(month.isoformat()[:7])
    return months


def _of_state(asking: Asking, matrix: MatrixFacts, found: Sequence[Change]) -> dict[str, CellChange | None]:
    """Return the changes of a State by event, None where withheld; of openings that do not stand, none."""
    rights = Rights(asking.source, asking.reader, matrix.state, asking.now)
    standing = [row for row in found if row.of.revision in matrix.opened]
    before = _before(matrix, standing)
    told: dict[str, CellChange | None] = {}
    for row in standing:
        reads = may(asking.reader, row, asking.now)
        sees = reads or row.event_id in rights.open_events
        told[row.event_id] = _change(row, before[row.event_id] if reads else None, reads=reads) if sees else None
    return told


def _before(matrix: MatrixFacts, found: Iterable[Change]) -> dict[str, str | None]:
    """Return, by event, what its cell read before: by its own event before it, else through what it carries."""
    read: dict[str, str | None] = {}
    first: dict[int, list[Change]] = defaultdict(list)
    for row in found:
        own = matrix.own_of(row.of.revision, row.of.cell)
        earlier = [each.value for each in own if order(each) < (row.known_at, row.root_position)]
        if earlier:
            read[row.event_id] = earlier[-1]
        else:
            first[row.of.revision].append(row)
    for revision, rows_of in first.items():
        carried = matrix.carried(revision, {row.of.cell for row in rows_of})
        for row in rows_of:
            stands = carried.get(row.of.cell)
            read[row.event_id] = None if stands is None else stands.value
    return read


def _change(row: Change, old_value: str | None, *, reads: bool) -> CellChange:
    return CellChange(
        state=row.of.state,
        revision=row.of.revision,
        cell=row.of.cell,
        what=row.of.what,
        value=row.of.value,
        old_value=old_value,
        old_withheld=not reads,
        documents=tuple(row.of.documents.split()),
        event_id=row.event_id,
        position=row.position,
        known_at=row.known_at,
        known_precision=row.known_precision,
        recorded_at=row.recorded_at,
        synthetic=row.synthetic,
    )
