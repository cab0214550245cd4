"""What bears on a duty among the events that stand: what does its steps, and the examinations of matrices."""

from collections.abc import Mapping, Sequence

from domain import mandate, programme
from domain.calendar.entries import Expected
from domain.deadline import StepDone, stream
from domain.duty import deadline_of
from domain.ids import matrix
from domain.matrix.events import MatrixExamined, RevisionOpened
from domain.programme import ProgrammeAdopted, ProgrammeTransmitted
from domain.recorded import Recorded
from domain.standing import Stands

Acts = Sequence[Recorded]
"""Events in the order in which they were known."""


def acts_of(standing: Stands, wanted: Expected) -> Acts:
    """Return what bears on a duty: the events of its deadline, and of the programme of work that it asks for."""
    events = list(standing(stream(deadline_of(wanted.duty))))
    yearly = mandate.occurrence(wanted.duty)
    if yearly is not None and yearly[0] == "PoW":
        number = yearly[1] - mandate.FIRST_PROGRAMME
        events += standing(programme.stream(number))
        events.sort(key=lambda event: event.header.known_at)
    return [event for event in events if wanted.since <= event.header.known_at < wanted.until]


def _does(event: Recorded) -> str | None:
    """Return the step that an event does."""
    match event.body:
        case StepDone(step=step):
            return step
        case ProgrammeAdopted():
            return "adopted"
        case ProgrammeTransmitted():
            return "transmitted"
        case _:
            return None


def stepped(wanted: Expected, acts: Acts) -> Mapping[str, Recorded]:
    """Return the event of each step that is done: the first, or the last of a duty that goes on."""
    found: dict[str, Recorded] = {}
    for event in acts:
        step = _does(event)
        if step is not None and not (wanted.closes and step in found):
            found[step] = event
    return found


def examined(standing: Stands, wanted: Expected, states: Sequence[str]) -> Acts:
    """Return the first examination of each State's matrix since the programme began, of a revision that stands."""
    found: list[Recorded] = []
    for state in states:
        events = standing(matrix(state))
        opened = {event.body.revision for event in events if isinstance(event.body, RevisionOpened)}
        found += [
            event
            for event in events
            if isinstance(event.body, MatrixExamined)
            and event.body.revision in opened
            and wanted.begins <= event.header.known_at < wanted.until
        ][:1]
    found.sort(key=lambda event: event.header.known_at)
    return found
