"""Sources that are no longer there (withdrawn, replaced, voided, not on record, of a repealed law): who cites them."""

from collections.abc import Collection
from typing import NamedTuple

from domain.law.file import Law
from projections.cited_cells import Cells, Found
from projections.engine.answering import Asking
from projections.laws import day_of, repealed
from projections.views.citations import VIEW


class Dead(NamedTuple):
    """The cells that stand somewhere and rest on what is gone, once for each source and for each law.

    `reasons` are whoever's: who asks judges what the reader may see. `withdrawn` and `laws` are those that the reader
    may see; `standing_now` are the events of cells that were not struck since.
    """

    reasons: list[tuple[Found, str | None]]
    withdrawn: list[Found]
    laws: list[Law]
    standing_now: set[str]


def dead(asking: Asking, cells: Cells, states: Collection[str] | None = None) -> Dead:
    """Return the cells, of some States or of all, that rest on a document that is gone or on a repealed law."""
    cut, rows = asking.axes.cut, asking.rows
    of_cells = {"what": "cell"} if states is None else {"what": "cell", "state": tuple(states)}
    cited = rows.column(VIEW, cut, "document", of_cells).keys()
    gone, _ = asking.see(VIEW, {"what": "withdrawn"})
    missing = cited - rows.column(VIEW, cut, "document", {"what": "registered"}).keys()
    documents = {str(each) for each in missing | {row.of.document for row in gone}}
    laws = repealed(asking)
    named = sorted(documents.union(*(law.documents for law in laws)))
    of_them = {**of_cells, "document": named}
    found = [row for row in rows.ever(VIEW, cut, of_them) if cells.held(row)] if named else []
    standing_now = {row.event_id for row in rows.at(VIEW, cut, of_them)} if named else set[str]()
    day = day_of(asking)
    reasons = [
        (row, law)
        for row in found
        for law in (
            *((None,) if row.of.document in documents else ()),
            *(law.law for law in laws if law.dead(row.of.document or "", row.of.locator, day)),
        )
    ]
    return Dead(reasons, gone, laws, standing_now)
