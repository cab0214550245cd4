"""How a deadline is met: a step of its duty is done, or an adopted decision moves or drops it."""

from datetime import date
from typing import cast

from domain import decision
from domain.audiences import COMMITTEE
from domain.deadline import (
    DeadlineDropped,
    DeadlineExtended,
    DropDeadline,
    ExtendDeadline,
    RecordStep,
    StepDone,
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


def step_done_draft(
    context: Context,
    deadline: str,
    *,
    duty: str,
    step: str,
    document_id: str | None = None,
    decision_id: str | None = None,
    note: str = "",
) -> Draft:
    """Return the event that a step is done, for a decision that fulfils it in the same command too.

    Raises:
        Refusal: unknown duty, deadline or step, or a step of a yearly duty that is done already.
    """
    steps = {each.step for each in _check_named(context, deadline, duty)}
    if step not in steps:
        raise UnknownStep(f"{duty} has no step {step!r}", where="step", remedy=f"one of {', '.join(sorted(steps))}")
    for known in context.standing(stream(deadline)):
        if occurrence(duty) and isinstance(known.body, StepDone) and known.body.step == step:
            raise AlreadyDone(
                f"{duty} is {step} already, by event {known.id}",
                where="step",
                remedy="if that event is wrong, correct it or record it in error",
            )
    if document_id is not None:
        registered(context, document_id)
    event = StepDone(
        deadline=deadline, duty=duty, step=step, document_id=document_id, decision_id=decision_id, note=note
    )
    return Draft(stream=stream(deadline), event=event, audience=COMMITTEE)


def record_step(command: RecordStep, context: Context) -> Decided:
    """Record that a step of a duty is done; of late history, nothing need be left that shows it."""
    if command.decision is not None:
        _check_decided(context, command.duty, command.decision)
    draft = step_done_draft(
        context,
        command.deadline,
        duty=command.duty,
        step=command.step,
        document_id=command.document,
        decision_id=command.decision,
        note=command.note,
    )
    if command.document is None and command.decision is None and not context.importing:
        raise NothingShowsIt(
            f"nothing shows that {command.duty} is {command.step}",
            where="document",
            remedy="name the document that shows it, or the decision that did it; a note alone does not",
        )
    return Decided((draft,))


def extend(command: ExtendDeadline, context: Context) -> Decided:
    """Move a deadline by an adopted decision."""
    _check_named(context, command.deadline, command.duty)
    _check_decided(context, command.duty, command.decision)
    try:
        date.fromisoformat(command.due)
    except ValueError as error:
        raise MalformedInput(str(error), where="due", remedy="write a date as 2013-12-31") from None
    event = DeadlineExtended(
        deadline=command.deadline,
        duty=command.duty,
        due=command.due,
        decision_id=command.decision,
        reason=command.reason,
    )
    return Decided((Draft(stream=stream(command.deadline), event=event, audience=COMMITTEE),))


def drop(command: DropDeadline, context: Context) -> Decided:
    """Give a duty up by an adopted decision."""
    _check_named(context, command.deadline, command.duty)
    _check_decided(context, command.duty, command.decision)
    event = DeadlineDropped(
        deadline=command.deadline, duty=command.duty, decision_id=command.decision, reason=command.reason
    )
    return Decided((Draft(stream=stream(command.deadline), event=event, audience=COMMITTEE),))


DECISIONS: dict[type[Command], Decide] = {
    RecordStep: cast("Decide", record_step),
    ExtendDeadline: cast("Decide", extend),
    DropDeadline: cast("Decide", drop),
}
