"""How far each duty is at a cut: its steps, its status, and what moved or dropped it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from domain import mandate, programme
from domain.calendar.acts import Acts, acts_of, examined, stepped
from domain.calendar.entries import Due, Expected, Progress, Status, StepState, last_day, worded
from domain.calendar.expected import expected, expected_of
from domain.deadline import DeadlineDropped, DeadlineExtended, stream
from domain.deciding import RecordView, fold_of, stands_at
from domain.duty import Step, deadline_of
from domain.mandate import MandateAdopted
from domain.programme import ProgrammeAdopted
from domain.recorded import Recorded
from domain.refusals import MalformedInput
from domain.standing import Cut, Stands
from domain.times import new_york_date, period_of
from domain.values import Instant

MATRIX_ALL = "MATRIX-ALL"
"""The duty to examine every State's matrix (6(a)(iii)): what counts is the examination of each, not a report."""


def due(record: RecordView, cut: Cut, *, states: Sequence[str] = ()) -> tuple[Due, ...]:
    """Return what is due at a cut, dated duties by date, then the others in programme order.

    Everything comes from events that stand at the cut. `states` are the Members whose matrices the programme wants
    examined: with none named, that duty shows no progress. Overdue begins with the day after the last day, in New
    York.

    Raises:
        MalformedInput: the cut is not dated.
    """
    standing, day = stands_at(record, cut), _day_of(cut.known_at)
    entries = _entries(standing, expected(*_known(standing, day), day), states, day)
    return tuple(sorted(entries, key=lambda entry: (entry.due is None, entry.due or date.max)))


def due_of(standing: Stands, known_at: Instant, number: int, *, states: Sequence[str] = ()) -> tuple[Due, ...]:
    """Return how far the duties of one programme are, in its order, from what stands at a cut known by `known_at`.

    What a later programme names again is shown as it was when that began. Nothing where the programme is not known.

    Raises:
        MalformedInput: the cut is not dated.
    """
    day = _day_of(known_at)
    return tuple(_entries(standing, expected_of(number, *_known(standing, day), day), states, day))


def examinations(
    standing: Stands, known_at: Instant, states: Sequence[str]
) -> tuple[Expected, Sequence[Recorded]] | None:
    """Return the duty to examine all matrices that holds at a cut, and the first examination of each State's matrix.

    None where no programme that is known lays it down.

    Raises:
        MalformedInput: the cut is not dated.
    """
    day = _day_of(known_at)
    duty = next((each for each in expected(*_known(standing, day), day) if each.duty == MATRIX_ALL), None)
    return None if duty is None else (duty, examined(standing, duty, states))


def _day_of(known_at: Instant) -> date:
    """Return the day of a cut in New York.

    Raises:
        MalformedInput: it is not dated.
    """
    day = new_york_date(known_at)
    if day.year == date.max.year:
        raise MalformedInput("what is due depends on the date", remedy="give the date as of which you ask")
    return day


def _known(standing: Stands, day: date) -> tuple[Sequence[ProgrammeAdopted], Sequence[MandateAdopted]]:
    return programme.adopted(standing, day.year), mandate.mandates(standing(mandate.STREAM))


def _entries(standing: Stands, wanted: Sequence[Expected], states: Sequence[str], day: date) -> Iterator[Due]:
    for each in wanted:
        acts, progress = acts_of(standing, each), None
        done = stepped(each, acts)
        if each.duty == MATRIX_ALL and states:
            found = examined(standing, each, states)
            progress = Progress(done=len(found), of=len(states))
            done = {step.step: found[-1] for step in each.steps} if len(found) == len(states) else {}
        entry = _entry(each, acts, done, progress, day)
        if not each.if_missed or entry.status == "overdue":
            yield entry


def _entry(wanted: Expected, acts: Acts, done: Mapping[str, Recorded], progress: Progress | None, day: date) -> Due:
    moved = [(event.id, event.body) for event in acts if isinstance(event.body, DeadlineExtended)]
    dropped = fold_of(tuple(acts), DeadlineDropped)
    extension, extended = moved[-1] if moved else (None, None)
    final = wanted.due if extended is None else date.fromisoformat(extended.due)
    policy = wanted.due_policy if extended is None else "by"
    last = None if final is None else last_day(final, policy)
    complete = bool(wanted.steps) and all(step.step in done for step in wanted.steps)
    status = _status(wanted, complete, bool(dropped), last is not None and last < day)
    closer = _closer(status, tuple(done.values()), dropped)
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
        extension=extension,
        closed_by=None if closer is None else closer.id,
        closed_at=None if closer is None else closer.header.known_at,
        late=status == "done" and wanted.kind != "aim" and _after(closer, last),
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


def _closer(status: Status, done: tuple[Recorded, ...], dropped: tuple[Recorded, ...]) -> Recorded | None:
    closing = done if status == "done" else dropped if status == "dropped" else ()
    return max(closing, key=lambda event: (event.header.known_at, event.position), default=None)


def _after(closer: Recorded | None, last: date | None) -> bool:
    """True where something was known after a day for certain, however imprecisely that is dated."""
    if closer is None or last is None:
        return False
    at, precision = closer.header.known_at, closer.header.known_precision
    return new_york_date(at if precision == "instant" else period_of(at, precision)[0]) > last
