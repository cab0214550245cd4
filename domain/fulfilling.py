"""How a deadline is met: a step of its duty is done, or an adopted decision moves, suspends, resumes or drops it."""

from datetime import date
from typing import cast

from domain import decision, suspending
from domain.audiences import COMMITTEE
from domain.deadline import (
    DeadlineDropped,
    DeadlineExtended,
    DeadlineResumed,
    DeadlineSuspended,
    DropDeadline,
    ExtendDeadline,
    Moved,
    RecordStep,
    ResumeDeadline,
    StepDone,
    SuspendDeadline,
    stream,
)
from domain.deciding import Command, Context, fold_of
from domain.document import registered
from domain.duty import YEARLY_STEPS, Step, deadline_of
from domain.mandate import STREAM as MANDATE
from domain.mandate import Decide, occurrence
from domain.programme import ProgrammeAdopted, adopted
from domain.programme import stream as programme_stream
from domain.recorded import Decided, Draft, Recorded
from domain.records import came_late
from domain.refusals import MalformedInput, NotFound, Refusal
from domain.times import new_york_date


class WrongDeadline(Refusal):
    """The duty belongs to another deadline."""


class UnknownStep(Refusal):
    """The duty has no such step."""


class AlreadyDone(Refusal):
    """What is done once a year is recorded once; a mistake is corrected or recorded in error."""


class NothingShowsIt(Refusal):
    """A step is done by a document or a decision, never on somebody's word."""


def _programmes(context: Context, duty: str) -> tuple[Recorded, ...]:
    """Return the programmes on record that name a duty, in the order of their numbers."""
    year = new_york_date(context.recorded_at).year
    naming = (
        each.programme for each in adopted(context.standing, year) if any(named.duty == duty for named in each.duties)
    )
    return tuple(e for number in naming for e in fold_of(context.standing(programme_stream(number)), ProgrammeAdopted))


def _check_named(context: Context, deadline: str, duty: str) -> tuple[Step, ...]:
    """Return the steps of a duty; refuse one that no programme names, or another deadline than its own."""
    if deadline != deadline_of(duty):
        raise WrongDeadline(f"{duty} is not {deadline!r}", where="deadline", remedy=f"use {deadline_of(duty)!r}")
    bodies = [event.body for event in _programmes(context, duty) if isinstance(event.body, ProgrammeAdopted)]
    named = [each for body in bodies for each in body.duties if each.duty == duty]
    if not named and occurrence(duty) is None:
        raise NotFound(
            f"no programme on record names the duty {duty}", where="duty", remedy="`ledger1540 due` names them"
        )
    return named[-1].steps if named else YEARLY_STEPS


def _check_decided(context: Context, duty: str, name: str) -> None:
    """Refuse a decision that is not adopted; an import needs none for a duty that came late too."""
    if decision.adopted(context, name) is not None:
        return
    laid_down = _programmes(context, duty) or context.standing(MANDATE)
    events = context.standing(decision.stream(name))
    if not context.importing or not came_late(context.record, (*laid_down, *events)):
        decision.require_adopted(context, name)


def check(event: StepDone | Moved, context: Context) -> None:
    """Refuse a step that is not as its duty has it or that nothing shows, and a move that nobody decided.

    Of late history, nothing need be left that shows a step.
    """
    match event:
        case StepDone():
            check_step(event, context)
            if event.decision_id is not None:
                _check_decided(context, event.duty, event.decision_id)
            elif event.document_id is None and not context.importing:
                raise NothingShowsIt(
                    f"nothing shows that {event.duty} is {event.step}",
                    where="document",
                    remedy="name the document that shows it, or the decision that did it; a note alone does not",
                )
        case DeadlineExtended():
            _check_moved(event, context)
            try:
                date.fromisoformat(event.due)
            except ValueError as error:
                raise MalformedInput(str(error), where="due", remedy="write a date as 2013-12-31") from None
        case DeadlineSuspended() | DeadlineResumed():
            _check_moved(event, context)
            suspending.check(event, context)
        case DeadlineDropped():
            _check_moved(event, context)


def check_step(event: StepDone, context: Context) -> None:
    """Refuse a step of an unknown duty, an unknown step, or one of a yearly duty that is done already."""
    steps = {each.step for each in _check_named(context, event.deadline, event.duty)}
    if event.step not in steps:
        raise UnknownStep(
            f"{event.duty} has no step {event.step!r}", where="step", remedy=f"one of {', '.join(sorted(steps))}"
        )
    for known in context.standing(stream(event.deadline)):
        if occurrence(event.duty) and isinstance(known.body, StepDone) and known.body.step == event.step:
            raise AlreadyDone(
                f"{event.duty} is {event.step} already, by event {known.id}",
                where="step",
                remedy="if that event is wrong, correct it or record it in error",
            )
    if event.document_id is not None:
        registered(context, event.document_id)


def _check_moved(event: Moved, context: Context) -> None:
    _check_named(context, event.deadline, event.duty)
    _check_decided(context, event.duty, event.decision_id)


def draft_of(event: StepDone | Moved) -> Draft:
    """Return the draft of what is said of a deadline."""
    return Draft(stream=stream(event.deadline), event=event, audience=COMMITTEE)


def _decided(event: StepDone | Moved, context: Context) -> Decided:
    check(event, context)
    return Decided((draft_of(event),))


def record_step(command: RecordStep, context: Context) -> Decided:
    """Record that a step of a duty is done."""
    event = StepDone(
        deadline=command.deadline,
        duty=command.duty,
        step=command.step,
        document_id=command.document,
        decision_id=command.decision,
        note=command.note,
    )
    return _decided(event, context)


def extend(command: ExtendDeadline, context: Context) -> Decided:
    """Move a deadline by an adopted decision."""
    event = DeadlineExtended(
        deadline=command.deadline,
        duty=command.duty,
        due=command.due,
        decision_id=command.decision,
        reason=command.reason,
    )
    return _decided(event, context)


def suspend(command: SuspendDeadline, context: Context) -> Decided:
    """Suspend a duty by an adopted decision."""
    event = DeadlineSuspended(
        deadline=command.deadline, duty=command.duty, decision_id=command.decision, reason=command.reason
    )
    return _decided(event, context)


def resume(command: ResumeDeadline, context: Context) -> Decided:
    """Resume a suspended duty by an adopted decision."""
    event = DeadlineResumed(
        deadline=command.deadline, duty=command.duty, decision_id=command.decision, reason=command.reason
    )
    return _decided(event, context)


def drop(command: DropDeadline, context: Context) -> Decided:
    """Give a duty up by an adopted decision."""
    event = DeadlineDropped(
        deadline=command.deadline, duty=command.duty, decision_id=command.decision, reason=command.reason
    )
    return _decided(event, context)


DECISIONS: dict[type[Command], Decide] = {
    RecordStep: cast("Decide", record_step),
    ExtendDeadline: cast("Decide", extend),
    SuspendDeadline: cast("Decide", suspend),
    ResumeDeadline: cast("Decide", resume),
    DropDeadline: cast("Decide", drop),
}
