"""Deadline: the steps of a duty that are done, and the decisions that move or drop it.

What is due, and when, is not stored here: `domain.calendar` works it out from these events, programme and mandate.
"""

from datetime import date
from typing import ClassVar, cast

from domain.audiences import COMMITTEE
from domain.deciding import Command, Context
from domain.document import registered
from domain.duty import YEARLY_STEPS, Step, deadline_of
from domain.mandate import Decide, occurrence
from domain.programme import adopted
from domain.recorded import Decided, Draft, Event, RecordedInError
from domain.refusals import MalformedInput, NotFound, Refusal
from domain.standing import Cut
from domain.times import new_york_date
from domain.values import Date, Name, StreamName


class RecordStep(Command, frozen=True, kw_only=True, tag="record-step"):
    """Record that a step of a duty is done, by which document or decision."""

    deadline: StreamName
    duty: Name
    step: Name
    document: Name | None = None
    decision: Name | None = None
    note: str = ""


class ExtendDeadline(Command, frozen=True, kw_only=True, tag="extend-deadline"):
    """Move a deadline to another date, by a decision."""

    deadline: StreamName
    duty: Name
    due: Date
    decision: Name
    reason: str


class DropDeadline(Command, frozen=True, kw_only=True, tag="drop-deadline"):
    """Give a duty up, by a decision."""

    deadline: StreamName
    duty: Name
    decision: Name
    reason: str


class StepDone(Event, frozen=True, kw_only=True):
    """A step of a duty was done."""

    TYPE: ClassVar[str] = "deadline.step-done"
    deadline: StreamName
    duty: Name
    step: Name
    document_id: Name | None
    decision_id: Name | None
    note: str


class DeadlineExtended(Event, frozen=True, kw_only=True):
    """A deadline was moved."""

    TYPE: ClassVar[str] = "deadline.extended"
    deadline: StreamName
    duty: Name
    due: Date
    decision_id: Name
    reason: str


class DeadlineDropped(Event, frozen=True, kw_only=True):
    """A duty was given up."""

    TYPE: ClassVar[str] = "deadline.dropped"
    deadline: StreamName
    duty: Name
    decision_id: Name
    reason: str


class DeadlineRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a deadline should never have been recorded."""

    TYPE: ClassVar[str] = "deadline.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (StepDone, DeadlineExtended, DeadlineDropped, DeadlineRecordedInError)


class WrongDeadline(Refusal):
    """The duty belongs to another deadline."""


class UnknownStep(Refusal):
    """The duty has no such step."""


class AlreadyDone(Refusal):
    """What is done once a year is recorded once; a mistake is corrected or recorded in error."""


class NotDecided(Refusal):
    """Only an adopted decision moves or drops a deadline."""


def stream(deadline: str) -> str:
    """Return the stream of a deadline."""
    return f"deadline/{deadline}"


def _check_named(context: Context, deadline: str, duty: str) -> tuple[Step, ...]:
    """Return the steps of a duty; refuse one that no programme names, or another deadline than its own."""
    if deadline != deadline_of(duty):
        raise WrongDeadline(f"{duty} is not {deadline!r}", where="deadline", remedy=f"use {deadline_of(duty)!r}")
    year = new_york_date(context.recorded_at).year
    named = [
        each
        for programme in adopted(context.record, Cut(position=context.before), year)
        for each in programme.duties
        if each.duty == duty
    ]
    if not named and occurrence(duty) is None:
        raise NotFound(f"no programme on record names the duty {duty}", where="duty")
    return named[-1].steps if named else YEARLY_STEPS


def _check_decided(context: Context, decision: str) -> None:
    # Decisions fulfil deadlines and so import this module: their adoption is recognised by the name of its type.
    events = context.standing(f"decision/{decision}")
    if not context.importing and all(event.header.type != "decision.adopted" for event in events):
        raise NotDecided(f"decision {decision} is not adopted", where="decision", remedy="adopt it first")


def _check(context: Context, command: ExtendDeadline | DropDeadline) -> None:
    _check_named(context, command.deadline, command.duty)
    _check_decided(context, command.decision)


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
        raise UnknownStep(f"{duty} has no step {step!r}", where="step", remedy=f"one of {sorted(steps)}")
    for known in context.standing(stream(deadline)):
        if occurrence(duty) and isinstance(known.body, StepDone) and known.body.step == step:
            raise AlreadyDone(f"{duty} is {step} already, by event {known.id}")
    if document_id is not None:
        registered(context, document_id)
    event = StepDone(
        deadline=deadline, duty=duty, step=step, document_id=document_id, decision_id=decision_id, note=note
    )
    return Draft(stream=stream(deadline), event=event, audience=COMMITTEE)


def record_step(command: RecordStep, context: Context) -> Decided:
    """Record that a step of a duty is done."""
    if command.decision is not None:
        _check_decided(context, command.decision)
    draft = step_done_draft(
        context,
        command.deadline,
        duty=command.duty,
        step=command.step,
        document_id=command.document,
        decision_id=command.decision,
        note=command.note,
    )
    return Decided((draft,))


def extend(command: ExtendDeadline, context: Context) -> Decided:
    """Move a deadline by an adopted decision."""
    _check(context, command)
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
    _check(context, command)
    event = DeadlineDropped(
        deadline=command.deadline, duty=command.duty, decision_id=command.decision, reason=command.reason
    )
    return Decided((Draft(stream=stream(command.deadline), event=event, audience=COMMITTEE),))


DECISIONS: dict[type[Command], Decide] = {
    RecordStep: cast("Decide", record_step),
    ExtendDeadline: cast("Decide", extend),
    DropDeadline: cast("Decide", drop),
}
