"""The compilation of effective practices: each version drafted, approved, then listed and shared (6(a)(vi))."""

from typing import ClassVar

from domain import decision, document, state
from domain.activity import records as activity
from domain.audiences import COMMITTEE
from domain.content import name_of
from domain.deciding import Command, Context, fold_of
from domain.document import DocumentRegistered
from domain.practice import practices
from domain.recorded import Decided, Draft, Event, Recorded
from domain.refusals import Conflict, MalformedInput, NotFound, Refusal
from domain.values import Name, StateCode


class DraftCompilation(Command, frozen=True, kw_only=True, tag="draft-compilation"):
    """Record a draft version: its document, and the practices and lessons that it contains."""

    compilation: Name
    title: str
    document: Name
    practices: tuple[Name, ...] = ()
    lessons: tuple[Name, ...] = ()


class ApproveCompilation(Command, frozen=True, kw_only=True, tag="approve-compilation"):
    """Record that the Committee approved a version, by a decision on its document."""

    compilation: Name
    decision: Name


class ListCompilation(Command, frozen=True, kw_only=True, tag="list-compilation"):
    """Record where an approved version is listed, such as a page of the website."""

    compilation: Name
    place: str


class ShareCompilation(Command, frozen=True, kw_only=True, tag="share-compilation"):
    """Record with whom an approved version was shared, by which letter."""

    compilation: Name
    document: Name
    states: tuple[StateCode, ...] = ()
    organizations: tuple[Name, ...] = ()


class CompilationDrafted(Event, frozen=True, kw_only=True):
    """A version was drafted; `lessons` are activities."""

    TYPE: ClassVar[str] = "compilation.drafted"
    compilation: Name
    title: str
    document_id: Name
    practices: tuple[Name, ...]
    lessons: tuple[Name, ...]


class CompilationApproved(Event, frozen=True, kw_only=True):
    """A version was approved."""

    TYPE: ClassVar[str] = "compilation.approved"
    compilation: Name
    decision_id: Name


class CompilationListed(Event, frozen=True, kw_only=True):
    """An approved version was listed."""

    TYPE: ClassVar[str] = "compilation.listed"
    compilation: Name
    place: str


class CompilationShared(Event, frozen=True, kw_only=True):
    """An approved version was shared."""

    TYPE: ClassVar[str] = "compilation.shared"
    compilation: Name
    document_id: Name
    states: tuple[StateCode, ...]
    organizations: tuple[Name, ...]


class NotApprovedYet(Refusal):
    """Only an approved version of the compilation is listed and shared."""


def stream(compilation: str) -> str:
    """Return the stream of a version of the compilation."""
    return f"compilation/{compilation}"


AnyEvent = CompilationDrafted | CompilationApproved | CompilationListed | CompilationShared


def draft(command: DraftCompilation, context: Context) -> Decided:
    """Record a draft."""
    event = CompilationDrafted(
        compilation=command.compilation,
        title=command.title,
        document_id=command.document,
        practices=command.practices,
        lessons=command.lessons,
    )
    return _decided(event, context)


def approve(command: ApproveCompilation, context: Context) -> Decided:
    """Record an approval."""
    return _decided(CompilationApproved(compilation=command.compilation, decision_id=command.decision), context)


def list_it(command: ListCompilation, context: Context) -> Decided:
    """Record where a version is listed."""
    return _decided(CompilationListed(compilation=command.compilation, place=command.place), context)


def share(command: ShareCompilation, context: Context) -> Decided:
    """Record with whom a version was shared."""
    event = CompilationShared(
        compilation=command.compilation,
        document_id=command.document,
        states=command.states,
        organizations=command.organizations,
    )
    return _decided(event, context)


def _decided(event: AnyEvent, context: Context) -> Decided:
    check(event, context)
    return Decided((Draft(stream=stream(event.compilation), event=event, audience=COMMITTEE),))


def check(event: AnyEvent, context: Context) -> None:
    """Refuse a version drafted or approved twice, one approved otherwise than by its text, one shown before that."""
    match event:
        case CompilationDrafted():
            _check_draft(event, context)
        case CompilationApproved():
            _check_approval(event, context)
        case CompilationListed():
            _check_approved(context, event.compilation)
        case CompilationShared():
            _check_approved(context, event.compilation)
            document.registered(context, event.document_id)
            for code in event.states:
                state.registered(context, code, where="states")
            if not event.states and not event.organizations:
                raise MalformedInput("it is shared with somebody", where="states", remedy="name them")


def _check_draft(event: CompilationDrafted, context: Context) -> None:
    if fold_of(context.standing(stream(event.compilation)), CompilationDrafted):
        raise Conflict(f"compilation {event.compilation} is on record already", where="compilation")
    document.registered(context, event.document_id)
    for name in event.practices:
        practices.current(context, name, where="practices")
    for name in event.lessons:
        if not fold_of(context.standing(activity.stream(name)), activity.ActivityLogged):
            raise NotFound(f"activity {name} is not on record", where="lessons", remedy="log the lesson first")
    if not event.practices and not event.lessons and not context.importing:
        raise MalformedInput("the compilation contains nothing", where="practices", remedy="name what it contains")


def _drafted(context: Context, compilation: str) -> CompilationDrafted:
    for event in context.standing(stream(compilation)):
        if isinstance(event.body, CompilationDrafted):
            return event.body
    raise NotFound(f"compilation {compilation} is not on record", where="compilation", remedy="draft it first")


def _approvals(context: Context, compilation: str) -> tuple[Recorded, ...]:
    return fold_of(context.standing(stream(compilation)), CompilationApproved)


def _check_approval(event: CompilationApproved, context: Context) -> None:
    """Refuse a second approval, and a decision that did not adopt the text; late history may have lost the decision."""
    drafted = _drafted(context, event.compilation)
    for before in _approvals(context, event.compilation):
        raise Conflict(f"compilation {event.compilation} is approved already, by event {before.id}")
    if context.importing:
        return
    decision.require_adopted(context, event.decision_id)
    registered = document.registered(context, drafted.document_id).body
    assert isinstance(registered, DocumentRegistered)  # noqa: S101 - `registered` returns nothing else
    if decision.adopts(context, event.decision_id, name_of(registered.content)) is None:
        raise decision.NotDecided(
            f"decision {event.decision_id} did not adopt {drafted.document_id}",
            where="decision",
            remedy="propose an item that rests on the hash of that document",
        )


def _check_approved(context: Context, compilation: str) -> None:
    """Refuse a version that was not approved by then."""
    _drafted(context, compilation)
    if not any(each.header.known_at <= context.known_at for each in _approvals(context, compilation)):
        raise NotApprovedYet(
            f"compilation {compilation} is not approved by then", where="compilation", remedy="approve it first"
        )
