"""Effective practices: reported by a State as it sees fit, recommended to a State that asks (6(a)(iv))."""

from typing import ClassVar

from domain import decision, document, state
from domain.audiences import with_state
from domain.deciding import Command, Context, fold_of
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.values import Name, StateCode

GUIDANCE = ("general", "specific")


class ReportPractice(Command, frozen=True, kw_only=True, tag="report-practice"):
    """Record an effective practice that a State reports, voluntarily, with the documents that describe it."""

    practice: Name
    state: StateCode
    topics: tuple[str, ...]
    title: str
    text: str
    documents: tuple[Name, ...]


class WithdrawPractice(Command, frozen=True, kw_only=True, tag="withdraw-practice"):
    """Record that the State takes back a practice that it reported."""

    practice: Name
    reason: str


class RecommendPractice(Command, frozen=True, kw_only=True, tag="recommend-practice"):
    """Record that the Committee recommended a practice to a State that asked; both letters are on record."""

    practice: Name
    asking_state: StateCode
    guidance: Name
    request_document: Name
    document: Name
    decision: Name | None = None


class PracticeReported(Event, frozen=True, kw_only=True):
    """A State reported an effective practice."""

    TYPE: ClassVar[str] = "practice.reported"
    practice: Name
    state: StateCode
    topics: tuple[str, ...]
    title: str
    text: str
    documents: tuple[Name, ...]


class PracticeWithdrawn(Event, frozen=True, kw_only=True):
    """A State took back a practice."""

    TYPE: ClassVar[str] = "practice.withdrawn"
    practice: Name
    reason: str


class PracticeRecommended(Event, frozen=True, kw_only=True):
    """A practice was recommended on request, as general or specific guidance."""

    TYPE: ClassVar[str] = "practice.recommended"
    practice: Name
    asking_state: StateCode
    guidance: Name
    request_document_id: Name
    document_id: Name
    decision_id: Name | None


class TakenBack(Refusal):
    """What a State took back is neither recommended nor compiled nor taken back again."""


def stream(practice: str) -> str:
    """Return the stream of a practice."""
    return f"practice/{practice}"


def report(command: ReportPractice, context: Context) -> Decided:
    """Record a practice that a State reports."""
    event = PracticeReported(
        practice=command.practice,
        state=command.state,
        topics=command.topics,
        title=command.title,
        text=command.text,
        documents=command.documents,
    )
    check(event, context)
    return Decided((Draft(stream=stream(event.practice), event=event, audience=with_state(event.state)),))


def withdraw(command: WithdrawPractice, context: Context) -> Decided:
    """Record that a practice was taken back."""
    event = PracticeWithdrawn(practice=command.practice, reason=command.reason)
    check(event, context)
    audience = reported(context, event.practice).header.audience
    return Decided((Draft(stream=stream(event.practice), event=event, audience=audience),))


def recommend(command: RecommendPractice, context: Context) -> Decided:
    """Record that a practice was recommended."""
    event = PracticeRecommended(
        practice=command.practice,
        asking_state=command.asking_state,
        guidance=command.guidance,
        request_document_id=command.request_document,
        document_id=command.document,
        decision_id=command.decision,
    )
    check(event, context)
    return Decided((Draft(stream=stream(event.practice), event=event, audience=with_state(event.asking_state)),))


def check(event: PracticeReported | PracticeWithdrawn | PracticeRecommended, context: Context) -> None:
    """Refuse a practice reported twice or without a document, and what becomes of one that was taken back."""
    match event:
        case PracticeReported():
            if fold_of(context.standing(stream(event.practice)), PracticeReported):
                raise Conflict(f"practice {event.practice} is on record already", where="practice")
            state.registered(context, event.state)
            if not event.documents:
                raise MalformedInput("a practice is reported in a document", where="documents", remedy="name it")
            for name in event.documents:
                document.registered(context, name, where="documents")
        case PracticeWithdrawn():
            current(context, event.practice)
        case PracticeRecommended():
            if event.guidance not in GUIDANCE:
                raise MalformedInput(
                    f"{event.guidance!r} is no kind of guidance", where="guidance", remedy=" or ".join(GUIDANCE)
                )
            current(context, event.practice)
            state.registered(context, event.asking_state, where="asking_state")
            document.registered(context, event.request_document_id, where="request_document")
            document.registered(context, event.document_id)
            if event.decision_id is not None and not context.importing:
                decision.require_adopted(context, event.decision_id)


def reported(context: Context, practice: str, *, where: str = "practice") -> Recorded:
    """Return the standing report of a practice.

    Raises:
        NotFound: none stands; `where` says which member named it.
    """
    found = fold_of(context.standing(stream(practice)), PracticeReported)
    if not found:
        raise NotFound(f"practice {practice} is not on record", where=where, remedy="record it first")
    return found[-1]


def current(context: Context, practice: str, *, where: str = "practice") -> None:
    """Refuse a practice that is not on record, or that was taken back as far as that was known by then."""
    reported(context, practice, where=where)
    for event in fold_of(context.standing(stream(practice)), PracticeWithdrawn):
        if event.header.known_at <= context.known_at:
            raise TakenBack(f"practice {practice} was taken back, by event {event.id}", where=where)
