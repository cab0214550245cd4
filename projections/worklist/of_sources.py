"""Cells of working matrices that rest on a source that is no longer there, or on a repealed law."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from domain.matrix.facts import Facts
from projections.cited_cells import Cells
from projections.cited_cells import Found as Cited
from projections.dead_sources import dead
from projections.engine.answering import Asking
from projections.views import citations
from projections.worklist.item import Found, found


def items(asking: Asking, facts: Facts, states: Collection[str] | None) -> Iterator[Found]:
    """Yield, for each revision and source that is gone, the cells that rest on it, since it was known to be gone.

    A source that the reader may not know to be gone is as good as there.
    """
    cells = Cells(asking, facts)
    gone = dead(asking, cells, states)
    ended = {row.of.name: row for row in asking.rows.at(citations.VIEW, asking.axes.cut, {"what": "repeal"})}
    left = {row.of.document: row for row in gone.withdrawn}
    resting: dict[tuple[str, int, str, tuple[str, ...]], list[Cited]] = defaultdict(list)
    since: dict[str, Cited] = {}
    for row, law in gone.reasons:
        if cells.works(row):
            source = row.of.document or "" if law is None else f"law/{law}"
            resting[row.of.state or "", row.of.revision or 0, source, row.audience].append(row)
            since[source] = (left.get(row.of.document) if law is None else ended.get(law)) or row
    for (state, revision, source, _), rows in resting.items():
        names = list(dict.fromkeys(row.of.name for row in rows))
        note = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
        do = f"assess {state}, or confirm {state}"
        item = found(since[source], state, "source no longer there", f"{state}/{revision} on {source}", do, note).item
        yield Found(rows[0], item)
