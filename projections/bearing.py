"""What bears on the duties as a reader may see it, read from rows of views, as the calendar asks for it."""

from collections.abc import Iterable
from functools import cached_property

from domain.calendar import Facts
from projections.engine.answering import Asking
from projections.engine.view import Columns, Row, View
from projections.views.duties import VIEW as DUTIES
from projections.views.duties import DutyColumns
from projections.views.served import OF_MATRICES, ServedColumns
from projections.views.served import VIEW as SERVED
from projections.views.work_done import VIEW as WORK
from projections.views.work_done import WorkColumns

VIEWS: tuple[View[Columns], ...] = (DUTIES, SERVED, WORK)
"""The views that are asked."""


class Bearing:
    """The rows that stand at the place asked and that the reader may see, and how many are withheld."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self.duties: list[Row[DutyColumns]]
        self.served: list[Row[ServedColumns]]
        self.matrices: list[Row[WorkColumns]]
        self.duties, self.withheld = asking.see(DUTIES)
        self.served, served = asking.see(SERVED)
        self.matrices, matrices = asking.see(WORK, {"what": OF_MATRICES})
        self.withheld += served + matrices

    @property
    def rows(self) -> tuple[Row[Columns], ...]:
        """All of them."""
        return (*self.duties, *self.served, *self.matrices)

    @cached_property
    def facts(self) -> Facts:
        """Their events, in order of (known_at, root position)."""
        return facts(self._asking, self.rows)


def facts(asking: Asking, rows: Iterable[Row[Columns]]) -> Facts:
    """Return the events of rows, in order of (known_at, root position)."""
    listed = sorted(rows, key=lambda row: (row.known_at, row.root_position))
    return Facts(event for _, event in asking.read(listed))
