"""What bears on the duties as a reader may see it, read from rows of views: by stream, as the calendar asks for it."""

from collections import defaultdict

import msgspec

from domain.deciding import RecordView
from domain.recorded import Recorded
from domain.standing import Stands
from projections.engine.answering import Asking
from projections.engine.view import Columns, Row, View
from projections.views.duties import VIEW as DUTIES
from projections.views.duties import DutyColumns
from projections.views.work_done import VIEW as WORK
from projections.views.work_done import WorkColumns

VIEWS: tuple[View[Columns], ...] = (DUTIES, WORK)
"""The views that are asked."""
EXAMINING = ("opened", "examined")


class Bearing(msgspec.Struct, frozen=True):
    """The rows that stand at the place asked and that the reader may see, and how many are withheld."""

    duties: list[Row[DutyColumns]]
    examinations: list[Row[WorkColumns]]
    withheld: int

    def standing(self, record: RecordView) -> Stands:
        """Return what gives the events of a stream that stand, each looked up by its id."""
        streams: dict[str, list[str]] = defaultdict(list)
        for row in (*self.duties, *self.examinations):
            streams[row.stream].append(row.event_id)

        def stands(stream: str) -> tuple[Recorded, ...]:
            events = (record.event(event_id) for event_id in streams.get(stream, ()))
            return tuple(event for event in events if event is not None)

        return stands


def bearing(asking: Asking) -> Bearing:
    """Return what bears on the duties at the place asked."""
    duties, withheld = asking.see(DUTIES)
    examinations, also = asking.see(WORK, {"what": EXAMINING})
    return Bearing(duties, examinations, withheld + also)
