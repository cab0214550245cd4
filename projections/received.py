"""What was received from States and not taken back, as a reader may see it."""

import msgspec

from projections.engine.answering import Asking
from projections.engine.view import Row
from projections.views.submissions import VIEW, SubmissionColumns

Received = Row[SubmissionColumns]
FIRST = "first-report"


class Inbox(msgspec.Struct, frozen=True):
    """Receipts in the order in which they were known, the readings with nothing new, and how many rows are withheld."""

    received: list[Received]
    read: dict[str, Received]
    withheld: int

    def first_reports(self) -> dict[str, Received]:
        """Return the first report that each State submitted first, by its code."""
        found: dict[str, Received] = {}
        for row in self.received:
            if row.of.kind == FIRST and row.of.state is not None:
                found.setdefault(row.of.state, row)
        return found


def inbox(asking: Asking) -> Inbox:
    """Return what was received by the place asked."""
    shown, withheld = asking.see(VIEW)
    taken_back = {row.of.submission for row in shown if row.of.what == "withdrawn"}
    kept = [row for row in shown if row.of.submission not in taken_back]
    return Inbox(
        [row for row in kept if row.of.what == "received"],
        {row.of.submission: row for row in kept if row.of.what == "read"},
        withheld,
    )
