"""What bears on the duties: mandates, programmes of work, steps done, deadlines moved, suspended and dropped."""

from collections.abc import Iterable
from typing import get_args

from domain.deadline import Moved, StepDone
from domain.mandate import MandateAdopted
from domain.programme import ProgrammeAdopted, ProgrammeTransmitted
from domain.recorded import Recorded
from projections.engine.view import Columns, Lookup, View


class DutyColumns(Columns, frozen=True, kw_only=True):
    """Which duty it is about, if about one, and by which document or decision; the rest is read from the event."""

    duty: str | None = None
    document: str | None = None
    decision: str | None = None


def rows(event: Recorded, lookup: Lookup) -> Iterable[DutyColumns]:
    """Yield the one row of an event."""
    del lookup
    match event.body:
        case StepDone() as body:
            yield DutyColumns(duty=body.duty, document=body.document_id, decision=body.decision_id)
        case body if isinstance(body, Moved):
            yield DutyColumns(duty=body.duty, decision=body.decision_id)
        case ProgrammeAdopted() | ProgrammeTransmitted() as body:
            yield DutyColumns(document=body.document_id)
        case MandateAdopted():
            yield DutyColumns()
        case _:
            pass


VIEW = View(
    name="duties",
    version=1,
    columns=DutyColumns,
    follows=(MandateAdopted, ProgrammeAdopted, ProgrammeTransmitted, StepDone, *get_args(Moved)),
    rows=rows,
    indexes=(("duty",),),
)
