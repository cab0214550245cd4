"""Deadline: the steps of a duty that are done, and the decisions that move, suspend, resume or drop it.

What is due, and when, is not stored here: `domain.calendar` works it out from these events, programme and mandate. The
rules by which a step is done, and a deadline moved, suspended or dropped, are in `domain.fulfilling`.
"""

from typing import ClassVar

from domain.deciding import Command
from domain.recorded import Event, RecordedInError
from domain.values import Date, Name, StreamName


class RecordStep(Command, frozen=True, kw_only=True, tag="record-step"):
    """Record that a step of a duty is done, by which document or decision; one of the two is named."""

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


class SuspendDeadline(Command, frozen=True, kw_only=True, tag="suspend-deadline"):
    """Suspend a duty by a decision: it is not overdue and nobody is reminded of it until it is resumed."""

    deadline: StreamName
    duty: Name
    decision: Name
    reason: str


class ResumeDeadline(Command, frozen=True, kw_only=True, tag="resume-deadline"):
    """Resume a suspended duty by a decision, with the date that it has; another date is an extension."""

    deadline: StreamName
    duty: Name
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


class DeadlineSuspended(Event, frozen=True, kw_only=True):
    """A duty was suspended."""

    TYPE: ClassVar[str] = "deadline.suspended"
    deadline: StreamName
    duty: Name
    decision_id: Name
    reason: str


class DeadlineResumed(Event, frozen=True, kw_only=True):
    """A suspended duty was resumed."""

    TYPE: ClassVar[str] = "deadline.resumed"
    deadline: StreamName
    duty: Name
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


Moved = DeadlineExtended | DeadlineSuspended | DeadlineResumed | DeadlineDropped
"""What a decision does to a deadline."""

EVENTS: tuple[type[Event], ...] = (
    StepDone,
    DeadlineExtended,
    DeadlineSuspended,
    DeadlineResumed,
    DeadlineDropped,
    DeadlineRecordedInError,
)


def stream(deadline: str) -> str:
    """Return the stream of a deadline."""
    return f"deadline/{deadline}"
