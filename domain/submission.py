"""Submission of a State: received, withdrawn, without change since an earlier one, read with nothing new."""

from typing import ClassVar

from msgspec.structs import replace

from domain.audiences import with_state
from domain.deciding import Command, Context, fold_of
from domain.document import registered
from domain.recorded import Decided, Draft, Event, Recorded, RecordedInError
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.state import stream as state_stream
from domain.times import parse
from domain.values import Instant, Name, StateCode

KINDS = ("first-report", "additional-information", "comment", "action-plan", "other")


class ReceiveSubmission(Command, frozen=True, kw_only=True, tag="receive"):
    """Record what a State submitted; `received` is a date or instant and is when the Committee knew it."""

    submission: Name
    state: StateCode
    kind: str
    documents: tuple[Name, ...]
    received: str
    note: str = ""


class DeclareNoChange(Command, frozen=True, kw_only=True, tag="no-change"):
    """Record that a State says nothing has changed since a date or an earlier submission."""

    submission: Name
    state: StateCode
    since: str
    received: str
    documents: tuple[Name, ...] = ()


class ReadSubmission(Command, frozen=True, kw_only=True, tag="read-submission"):
    """Record that a submission was read and holds nothing new for the matrix."""

    submission: Name
    note: str = ""


class WithdrawSubmission(Command, frozen=True, kw_only=True, tag="withdraw-submission"):
    """Record that the State takes its submission back."""

    submission: Name
    reason: str


class SubmissionReceived(Event, frozen=True, kw_only=True):
    """A submission was received by the Secretariat for the Committee."""

    TYPE: ClassVar[str] = "submission.received"
    submission: Name
    state: StateCode
    kind: str
    documents: tuple[Name, ...]
    received_at: Instant
    note: str


class NoChangeDeclared(Event, frozen=True, kw_only=True):
    """A State says that nothing has changed since."""

    TYPE: ClassVar[str] = "submission.no-change-declared"
    submission: Name
    state: StateCode
    since: str
    received_at: Instant
    documents: tuple[Name, ...]


class SubmissionRead(Event, frozen=True, kw_only=True):
    """A submission was read; nothing new for the matrix."""

    TYPE: ClassVar[str] = "submission.read-nothing-new"
    submission: Name
    note: str


class SubmissionWithdrawn(Event, frozen=True, kw_only=True):
    """A submission was taken back."""

    TYPE: ClassVar[str] = "submission.withdrawn"
    submission: Name
    reason: str


class SubmissionRecordedInError(RecordedInError, frozen=True, kw_only=True):
    """An event of a submission should never have been recorded."""

    TYPE: ClassVar[str] = "submission.recorded-in-error"


EVENTS: tuple[type[Event], ...] = (
    SubmissionReceived,
    NoChangeDeclared,
    SubmissionRead,
    SubmissionWithdrawn,
    SubmissionRecordedInError,
)


class AlreadyRead(Refusal):
    """A submission is read with nothing new once."""


class AlreadyWithdrawn(Refusal):
    """What a State took back is neither read nor withdrawn again."""


def stream(submission: str) -> str:
    """Return the stream of a submission."""
    return f"submission/{submission}"


Received = SubmissionReceived | NoChangeDeclared


def check(event: Received | SubmissionRead | SubmissionWithdrawn, context: Context) -> None:
    """Refuse a submission received twice or with documents that are not on record, and one dealt with twice."""
    match event:
        case SubmissionReceived() | NoChangeDeclared():
            if isinstance(event, SubmissionReceived) and event.kind not in KINDS:
                raise MalformedInput(f"{event.kind!r} is no kind of submission", where="kind", remedy=", ".join(KINDS))
            _check_new(event, context)
        case SubmissionRead() | SubmissionWithdrawn():
            _check_follows(event, context)


def _check_new(event: Received, context: Context) -> None:
    submission, state = event.submission, event.state
    if fold_of(context.standing(stream(submission)), SubmissionReceived, NoChangeDeclared):
        raise Conflict(f"submission {submission} is on record already", where="submission", remedy="use another id")
    if not context.standing(state_stream(state)):
        raise NotFound(f"State {state} is not on record", where="state", remedy="States are keyed by ISO 3166 alpha-3")
    for document in event.documents:
        registered(context, document)


def _received(event: Received, context: Context) -> Decided:
    check(event, context)
    return Decided((Draft(stream=stream(event.submission), event=event, audience=with_state(event.state)),))


def receive(command: ReceiveSubmission, context: Context) -> Decided:
    """Record a submission."""
    event = SubmissionReceived(
        submission=command.submission,
        state=command.state,
        kind=command.kind,
        documents=command.documents,
        received_at=min(parse(command.received)[0], context.recorded_at),
        note=command.note,
    )
    return _received(event, context)


def declare_no_change(command: DeclareNoChange, context: Context) -> Decided:
    """Record a "no change since"."""
    event = NoChangeDeclared(
        submission=command.submission,
        state=command.state,
        since=command.since,
        received_at=min(parse(command.received)[0], context.recorded_at),
        documents=command.documents,
    )
    return _received(event, context)


def receipt(context: Context, submission: str) -> Recorded:
    """Return the standing receipt of a submission."""
    received = fold_of(context.standing(stream(submission)), SubmissionReceived, NoChangeDeclared)
    if not received:
        raise NotFound(f"submission {submission} is not on record", where="submission", remedy="receive it first")
    return received[-1]


def _check_follows(event: SubmissionRead | SubmissionWithdrawn, context: Context) -> None:
    """Refuse what becomes of a submission again or after its withdrawal, as far as that was known by then."""
    submission = event.submission
    receipt(context, submission)
    standing = context.standing(stream(submission))
    before = {type(each.body): each.id for each in standing if each.header.known_at <= context.known_at}
    if SubmissionWithdrawn in before:
        raise AlreadyWithdrawn(
            f"submission {submission} was withdrawn, by event {before[SubmissionWithdrawn]}",
            where="submission",
            remedy="if it came again, receive it under another id; if it was not withdrawn, record that event in error",
        )
    if type(event) in before:
        raise AlreadyRead(
            f"submission {submission} was read with nothing new, by event {before[type(event)]}",
            where="submission",
            remedy="if that event is wrong, correct it or record it in error",
        )


def _follow(event: SubmissionRead | SubmissionWithdrawn, context: Context) -> Decided:
    """Record what became of a submission; done now, it comes after all that stands, whatever date is stated."""
    check(event, context if context.importing else replace(context, known_at=context.recorded_at))
    audience = receipt(context, event.submission).header.audience
    return Decided((Draft(stream=stream(event.submission), event=event, audience=audience),))


def read(command: ReadSubmission, context: Context) -> Decided:
    """Record that a submission was read, nothing new."""
    return _follow(SubmissionRead(submission=command.submission, note=command.note), context)


def withdraw(command: WithdrawSubmission, context: Context) -> Decided:
    """Record that a submission was taken back, read or not."""
    return _follow(SubmissionWithdrawn(submission=command.submission, reason=command.reason), context)
