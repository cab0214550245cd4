"""What opens, serves and closes the duties of the programme: the events that the table of closing looks at."""

from collections.abc import Iterable

from domain.closing import TYPES
from domain.recorded import Event, Recorded
from projections.engine.view import Columns, Lookup, View
from projections.views import duties, work_done

FOLLOWED: tuple[type[Event], ...] = tuple(
    sorted(
        (kind for kind in TYPES if kind not in duties.VIEW.follows and not kind.TYPE.startswith("matrix.")),
        key=lambda kind: kind.TYPE,
    )
)
"""Those that no other view of the duties has."""
OF_MATRICES: tuple[work_done.What, ...] = ("opened", "examined", "approved")
"""What the view of work done has of them."""


class ServedColumns(Columns, frozen=True, kw_only=True):
    """By which document or decision, where the event names one; the rest is read from the event."""

    document: str | None = None
    decision: str | None = None


def rows(event: Recorded, lookup: Lookup) -> Iterable[ServedColumns]:
    """Yield the one row of an event."""
    del lookup
    document: str | None = getattr(event.body, "document_id", None)
    decision: str | None = getattr(event.body, "decision_id", None)
    yield ServedColumns(document=document, decision=decision)


VIEW = View(name="served", version=1, columns=ServedColumns, follows=FOLLOWED, rows=rows)
