"""How far each duty is at a cut: its steps, its status, and what moved or dropped it."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain import mandate, programme
from domain.calendar.entries import Due, Expected, Progress, Status, StepState, last_day, worded
from domain.calendar.expected import expected
from domain.deadline import DeadlineDropped, DeadlineExtended, StepDone, stream
from domain.deciding import RecordView, fold_of
from domain.duty import Step, deadline_of
from domain.ids import matrix
from domain.matrix.events import MatrixExamined, RevisionOpened
from domain.programme import ProgrammeAdopted, ProgrammeTransmitted
from domain.recorded import Recorded
from domain.refusals import MalformedInput
from domain.standing import Cut
from domain.times import new_york_date

MATRIX_ALL = "MATRIX-ALL"
"""The duty to examine every State's matrix (6(a)(iii)): what counts is the examination of each, not a report."""

Acts = Sequence[Recorded]
"""Events in the order in which they were known."""


def due(record: RecordView, cut: Cut, *, states: Sequence[str] = ()) -> tuple[Due, ...]:
    """Return what is due at a cut, dated duties by date, then the others in programme order.

    Everything comes from events that stand at the cut. `states` are the Members whose matrices the programme wants
    examined: with none named, that duty shows no progress. Overdue begins with the day after the last day, in New
    York.

    Raises:
        MalformedInput: the cut is not dated.
    """
    day = new_york_date(cut.known_at)
    if day.year == date.max.year:
        raise MalformedInput("what is due depends on the date", remedy="give the date as of which you ask")
    programmes = programme.adopted(record, cut, day.year)
    known = mandate.mandates(record.history(mandate.STREAM).standing(cut))
    found: list[Due] = []
    for each in expected(programmes, known, day):
        acts, progress = _acts(record, cut, each), None
        done = _stepped(each, acts)
        if each.duty == MATRIX_ALL and states:
            examined = _examined(record, cut, each, states)
            progress = Progress(done=len(examined), of=len(states))
            complete = len(examined) == len(states)
            done = {step.step: examined[-1] for step in each.steps} if complete else {}
        entry = _entry(each, acts, done, progress, day)
        if not each.if_missed or entry.status == "overdue":
            found.append(entry)
    return tuple(sorted(found, key=lambda entry: (entry.due is None, entry.due or date.max)))


def _acts(record: RecordView, cut: Cut, wanted: Expected) -> Acts:
    """Return what bears on a duty: the events of its deadline, and of the programme of work that it asks for."""
    events = list(record.history(stream(deadline_of(wanted.duty))).standing(cut))
    yearly = mandate.occurrence(wanted.duty)
    if yearly is not None and yearly[0] == "PoW":
        number = yearly[1] - mandate.FIRST_PROGRAMME
        events += record.history(programme.stream(number)).standing(cut)
        events.sort(key=lambda event: event.header.known_at)
    return [event for event in events if event.header.known_at >= wanted.since]


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


def _stepped(wanted: Expected, acts: Acts) -> Mapping[str, Recorded]:
    """Return the event of each step that is done: the first, or the last of a duty that goes on."""
    found: dict[str, Recorded] = {}
    for event in acts:
        step = _does(event)
        if step is not None and not (wanted.closes and step in found):
            found[step] = event
    return found


def _examined(record: RecordView, cut: Cut, wanted: Expected, states: Sequence[str]) -> Acts:
    """Return the first examination of each State's matrix since the programme began, of a revision that stands."""
    found: list[Recorded] = []
    for state in states:
        standing = record.history(matrix(state)).standing(cut)
        opened = {event.body.revision for event in standing if isinstance(event.body, RevisionOpened)}
        found += [
            event
            for event in standing
            if isinstance(event.body, MatrixExamined)
            and event.body.revision in opened
            and event.header.known_at >= wanted.begins
        ][:1]
    found.sort(key=lambda event: event.header.known_at)
    return found


def _entry(wanted: Expected, acts: Acts, done: Mapping[str, Recorded], progress: Progress | None, day: date) -> Due:
    moved = [event.body for event in acts if isinstance(event.body, DeadlineExtended)]
    dropped = fold_of(tuple(acts), DeadlineDropped)
    extended = moved[-1] if moved else None
    final = wanted.due if extended is None else date.fromisoformat(extended.due)
    policy = wanted.due_policy if extended is None else "by"
    last = None if final is None else last_day(final, policy)
    complete = bool(wanted.steps) and all(step.step in done for step in wanted.steps)
    status = _status(wanted, complete, bool(dropped), last is not None and last < day)
    return Due(
        duty=wanted.duty,
        paragraph=wanted.paragraph,
        kind=wanted.kind,
        text=wanted.text,
        owes=wanted.owes,
        due=final,
        due_policy=policy,
        last_day=last,
        basis=wanted.basis,
        status=status,
        words=wanted.words,
        wordings=tuple(worded(each) for each in wanted.wordings),
        deadline=stream(deadline_of(wanted.duty)),
        steps=tuple(_state(step, done.get(step.step)) for step in wanted.steps),
        progress=progress,
        programme=wanted.programme,
        mandate=wanted.mandate,
        due_before=None if extended is None else wanted.due,
        extended_by=None if extended is None else extended.decision_id,
        closed_by=_closer(status, tuple(done.values()), dropped),
    )


def _state(step: Step, event: Recorded | None) -> StepState:
    return StepState(
        step=step.step,
        says=step.says,
        event_id=None if event is None else event.id,
        known_at=None if event is None else event.header.known_at,
    )


def _status(wanted: Expected, complete: bool, dropped: bool, late: bool) -> Status:
    if wanted.encouraged:
        return "dropped" if dropped else "encouraged"
    if complete and (wanted.closes or wanted.kind == "aim"):
        return "done"
    if dropped:
        return "dropped"
    match wanted.kind:
        case "aim":
            return "aim"
        case "voluntary":
            return "voluntary"
        case _ if not wanted.closes:
            return "standing"
        case _:
            return "overdue" if late else "open"


def _closer(status: Status, done: tuple[Recorded, ...], dropped: tuple[Recorded, ...]) -> str | None:
    closing = done if status == "done" else dropped if status == "dropped" else ()
    return max(closing, key=lambda event: (event.header.known_at, event.position)).id if closing else None
